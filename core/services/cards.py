"""Keeps the catalogue in step with the published pages."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.models import Page, PageViewRestriction, get_page_models
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.bulk import put_off
from core.enums import Access
from core.languages import open_to
from core.models import Card, CardPageMixin
from core.services.card_writing import Listed, write_card
from core.services.record_cards import refresh_record_cards


@transaction.atomic
def refresh_card(*, page: Page) -> Card | None:
    """Make, renew or drop the card of ``page``; returns the card of a published page.

    A page behind a password or for chosen groups has no card: lists and search never name it.
    """
    page = page.specific_deferred if not isinstance(page, CardPageMixin) else page
    if not isinstance(page, CardPageMixin):
        return None
    access = open_to(page)
    # An alias repeats its source; listing it would show the same thing twice.
    if not page.live or page.alias_of_id or access is None:
        Card.objects.filter(page_id=page.pk).delete()
        return None
    data = page.get_card_data()
    listed = Listed(
        kind=page.card_kind,
        language=page.locale.language_code,
        translation_key=page.translation_key,
        access=Access.SIGNED_IN if access == Access.SIGNED_IN else data.access,
        title=page.title,
        summary=page.summary,
        url=page.url or "",
    )
    return write_card(listed=listed, data=data, page_id=page.pk)


def rebuild_cards() -> int:
    """Make every card anew and drop those of nothing published; returns how many stand."""
    kept = refresh_record_cards()
    for page in _pages_with_cards({"live": True}):
        card = refresh_card(page=page)
        if card is not None:
            kept.add(card.pk)
    Card.objects.exclude(pk__in=kept).delete()
    return len(kept)


def refresh_cards(numbers: list[int]) -> None:
    """Renew the cards of many pages; one that is deleted meanwhile has none."""
    kinds = Page.objects.filter(pk__in=numbers).order_by().values_list("content_type", flat=True)
    models = {ContentType.objects.get_for_id(kind).model_class() for kind in kinds.distinct()}
    for page in _pages_with_cards({"pk__in": numbers}, among=models):
        refresh_card(page=page)


def _pages_with_cards(
    condition: dict[str, Any], *, among: Container[Any] | None = None
) -> Iterator[Page]:
    for model in get_page_models():
        if issubclass(model, CardPageMixin) and (among is None or model in among):
            pages = model.objects.filter(**condition).select_related("locale")
            yield from pages.iterator(chunk_size=200)


def refresh_branch(*, page: Page) -> None:
    """Renew the cards of ``page`` and of all below it (a move, a new address, privacy)."""
    for descendant in page.get_descendants(inclusive=True).specific().iterator(chunk_size=200):
        refresh_card(page=descendant)


def follow_page(*, page: Page) -> None:
    """Renew the card of ``page``: now, or once at the end where much is written."""
    if not put_off(refresh_cards, page.pk):
        refresh_card(page=page)


def _on_published(sender: Any, instance: Page, **kwargs: Any) -> None:
    follow_page(page=instance)


def _on_unpublished(sender: Any, instance: Page, **kwargs: Any) -> None:
    Card.objects.filter(page_id=instance.pk).delete()


def _on_moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    refresh_branch(page=instance)


def _on_restriction_deleted(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    refresh_branch(page=instance.page)


def connect_signals() -> None:
    """Follow every way in which a public page appears, moves or goes."""
    from django.db.models.signals import post_save

    page_published.connect(_on_published, dispatch_uid="cards_published")
    page_unpublished.connect(_on_unpublished, dispatch_uid="cards_unpublished")
    post_page_move.connect(_on_moved, dispatch_uid="cards_moved")
    page_slug_changed.connect(_on_moved, dispatch_uid="cards_slug")
    post_save.connect(
        _on_restriction_deleted, sender=PageViewRestriction, dispatch_uid="cards_privacy_set"
    )
    post_delete.connect(
        _on_restriction_deleted, sender=PageViewRestriction, dispatch_uid="cards_privacy_gone"
    )
