"""Carries a renamed rubric or document type into the catalogue."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save
from wagtail.models import Page

from core.models import Card, CardTopic, ListEntry
from core.page_cache import purge, tags
from core.page_cache.changes import card_tags
from home.models import DocumentPage, DocumentType, NewsPage, Rubric


@transaction.atomic
def relabel_cards(*, pages: QuerySet[Any], slug: str, name: str) -> int:
    """Write the new name of a rubric or type on the cards of ``pages``; returns how many changed.

    The public search text does not hold the label, so no page needs to be indexed again.
    """
    return (
        Card.objects.filter(page_id__in=pages.values("pk"))
        .exclude(group=slug, group_label=name)
        .update(group=slug, group_label=name)
    )


def _follow(pages: QuerySet[Any], entry: ListEntry, update_fields: Any) -> None:
    """Write what is published of ``entry`` on the cards; a draft over it changes none."""
    if update_fields is None:
        own = pages.filter(locale_id=entry.locale_id)
        if relabel_cards(pages=own, slug=entry.slug, name=entry.name if entry.live else ""):
            _purge_lists(own, entry)


def _purge_lists(pages: QuerySet[Any], entry: ListEntry) -> None:
    """The cards were written in bulk and do not tell by themselves: every list that names them."""
    card = Card(kind=pages.model.card_kind, language=entry.locale.language_code)
    topics = CardTopic.objects.filter(card__page_id__in=pages.values("pk"))
    found = topics.order_by().values_list("topic_id", flat=True).distinct()
    purge(*card_tags(card), *(tags.topic(topic) for topic in found))


def _on_rubric_saved(sender: Any, instance: Rubric, **kwargs: Any) -> None:
    pages: QuerySet[Page] = NewsPage.objects.filter(rubric=instance)
    _follow(pages, instance, kwargs["update_fields"])


def _on_type_saved(sender: Any, instance: DocumentType, **kwargs: Any) -> None:
    pages: QuerySet[Page] = DocumentPage.objects.filter(document_type=instance)
    _follow(pages, instance, kwargs["update_fields"])


def connect_signals() -> None:
    """Follow every way in which a label is renamed."""
    post_save.connect(_on_rubric_saved, sender=Rubric, dispatch_uid="rubric_label")
    post_save.connect(_on_type_saved, sender=DocumentType, dispatch_uid="document_type_label")
