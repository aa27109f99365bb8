"""Carries a renamed rubric or document type into the catalogue."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save
from wagtail.models import Page

from core.models import Card
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


def _on_rubric_saved(sender: Any, instance: Rubric, **kwargs: Any) -> None:
    pages: QuerySet[Page] = NewsPage.objects.filter(rubric=instance)
    relabel_cards(pages=pages, slug=instance.slug, name=instance.name)


def _on_type_saved(sender: Any, instance: DocumentType, **kwargs: Any) -> None:
    pages: QuerySet[Page] = DocumentPage.objects.filter(document_type=instance)
    relabel_cards(pages=pages, slug=instance.slug, name=instance.name)


def connect_signals() -> None:
    """Follow every way in which a label is renamed."""
    post_save.connect(_on_rubric_saved, sender=Rubric, dispatch_uid="rubric_label")
    post_save.connect(_on_type_saved, sender=DocumentType, dispatch_uid="document_type_label")
