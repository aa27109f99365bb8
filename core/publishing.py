"""Publications: a refused one is said in words, a scheduled one leaves what is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision


class RefusedPublicationError(ValidationError):
    """``record`` is not published; the text is for whoever wanted it."""

    def __init__(self, record: Any, words: str) -> None:
        self.record = record
        super().__init__({NON_FIELD_ERRORS: [words]})


class RefusedPublicationMiddleware:
    """Leads back to the record with the reason; what was typed waits there as a draft."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, RefusedPublicationError):
            return None
        messages.error(request, " ".join(error.messages))
        if isinstance(error.record, Page):
            return redirect("wagtailadmin_pages:edit", error.record.pk)
        name = error.record.snippet_viewset.get_url_name("edit")
        return redirect(reverse(name, args=[error.record.pk]))


def keep_what_is_shown(record: Any, revision: Revision) -> None:
    """Give what the set-up made, and nobody has saved since, a revision of what visitors see.

    Wagtail takes a live record without one off the site as soon as its next revision is scheduled.
    """
    ahead = record.go_live_at and record.go_live_at > timezone.now()
    if not (ahead and record.live and not record.live_revision_id):
        return
    shown = type(record)._base_manager.get(pk=record.pk)
    kept = Revision.objects.create(
        content_object=shown,
        base_content_type=shown.get_base_content_type(),
        object_str=str(shown),
        content=shown.serializable_data(),
        # Older than the one that is scheduled, which stays the newest.
        created_at=revision.created_at - timedelta(seconds=1),
    )
    type(record)._base_manager.filter(pk=record.pk).update(live_revision=kept)
    record.live_revision = kept
