"""Keeps the catalogue in step with the published pages."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.models import Page, PageViewRestriction, get_page_models
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.enums import Access
from core.models import Card, CardFacet, CardPageMixin, CardTopic
from core.page_cache import purge, tags
from core.search.lemmas import index_text, title_text
from core.search.spelling import remember_words


@transaction.atomic
def refresh_card(*, page: Page) -> Card | None:
    """Make, renew or drop the card of ``page``; returns the card of a published page.

    A page behind a password or for chosen groups has no card: lists and search never name it.
    """
    page = page.specific_deferred if not isinstance(page, CardPageMixin) else page
    if not isinstance(page, CardPageMixin):
        return None
    access = _restricted_access(page)
    # An alias repeats its source; listing it would show the same thing twice.
    if not page.live or page.alias_of_id or access is None:
        Card.objects.filter(page_id=page.pk).delete()
        return None
    data = page.get_card_data()
    card, _created = Card.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "kind": page.card_kind,
            "language": page.locale.language_code,
            "translation_key": page.translation_key,
            "access": Access.SIGNED_IN if access == Access.SIGNED_IN else data.access,
            "title": page.title,
            "summary": page.summary,
            "url": page.url or "",
            "date": data.date,
            "year": data.date.year,
            "group": data.group,
            "group_label": data.group_label,
            "status": data.status,
            "direction": data.direction,
            "number": data.number,
            "number_key": number_key(data.number),
            "details": data.details,
            "text": data.text,
            "title_lemmas": title_text(page.title),
            "lemmas": index_text(
                "\n".join(
                    [
                        *(page.title, data.number, data.group_label, page.summary),
                        *(data.found_by, data.text),
                    ]
                )
            ),
        },
    )
    if card.access == Access.PUBLIC:
        # Corrections are offered to everybody, so they come from public texts alone.
        remember_words(f"{page.title} {page.summary} {data.text}")
    card.card_topics.all().delete()
    CardTopic.objects.bulk_create(
        CardTopic(card=card, topic_id=topic_id, kind=card.kind, date=card.date)
        for topic_id in data.topic_ids
    )
    card.facets.all().delete()
    CardFacet.objects.bulk_create(
        CardFacet(card=card, name=name, value=value)
        for name, values in data.facets.items()
        for value in values
    )
    purge(*(tags.topic(topic_id) for topic_id in data.topic_ids))
    return card


def rebuild_cards() -> int:
    """Make every card anew and drop those without a published page; returns how many stand."""
    kept: set[int] = set()
    models = [model for model in get_page_models() if issubclass(model, CardPageMixin)]
    for model in models:
        for page in model.objects.live().select_related("locale").iterator(chunk_size=200):
            card = refresh_card(page=page)
            if card is not None:
                kept.add(card.pk)
    Card.objects.exclude(pk__in=kept).delete()
    return len(kept)


def number_key(number: str) -> str:
    """A form of an official number that sorts by value: «9» before «10», none at all last.

    The first character alone decides between the three kinds, in every collation.
    """
    padded = re.sub(r"\d+", lambda digits: digits[0].zfill(8), number.strip().lower())[:118]
    if not padded:
        return "2"
    return f"0{padded}" if padded[0].isdigit() else f"1{padded}"


def refresh_branch(*, page: Page) -> None:
    """Renew the cards of ``page`` and of all below it (a move, a new address, privacy)."""
    for descendant in page.get_descendants(inclusive=True).specific().iterator(chunk_size=200):
        refresh_card(page=descendant)


def _restricted_access(page: Page) -> str | None:
    """Access that page privacy grants: public, signed in, or None for narrower circles."""
    kinds = {restriction.restriction_type for restriction in page.get_view_restrictions()}
    if not kinds:
        return Access.PUBLIC
    if kinds == {PageViewRestriction.LOGIN}:
        return Access.SIGNED_IN
    return None


def _on_published(sender: Any, instance: Page, **kwargs: Any) -> None:
    refresh_card(page=instance)


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
