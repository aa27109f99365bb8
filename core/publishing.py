"""A publication that is refused: said in the admin in words, whichever button was pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.models import Page


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
