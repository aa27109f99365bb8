"""Keeps addresses of translations in step with their source."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail.signals import page_slug_changed
from wagtail_localize.models import TranslationSource

from core.translation_drafts import publishing_as_before


@transaction.atomic
def carry_slug(*, page: Page, old_slug: str) -> None:
    """Give the new address part of ``page`` to those translations that shared the old one.

    A translation whose address a translator chose keeps it. wagtail-localize itself leaves the old
    address in place until somebody synchronises the page.
    """
    source = TranslationSource.objects.get_for_instance_or_none(page)
    if source is not None:
        content = json.loads(source.content_json)
        content["slug"] = page.slug
        source.content_json = json.dumps(content)
        source.save(update_fields=["content_json"])
    same = page.get_translations().filter(slug=old_slug, alias_of__isnull=True)
    for pk in list(same.values_list("pk", flat=True)):
        # Publishing one translation may have carried the address on to the next one.
        translation = Page.objects.filter(pk=pk, slug=old_slug).first()
        if translation is None:
            continue
        draft = translation.get_latest_revision_as_object()
        draft.slug = find_available_slug(
            translation.get_parent(), page.slug, ignore_page_id=translation.pk
        )
        revision = draft.save_revision(changed=False, clean=False)
        if translation.live and not translation.has_unpublished_changes:
            with publishing_as_before():
                revision.publish()


def _on_slug_changed(sender: Any, instance: Page, instance_before: Page, **kwargs: Any) -> None:
    carry_slug(page=instance, old_slug=instance_before.slug)


def connect_signals() -> None:
    """Follow every change of an address."""
    page_slug_changed.connect(_on_slug_changed, dispatch_uid="translations_slug")
