"""Keeps what the search reads of the road-map page in step with the records it shows."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.signals import published, unpublished

from core.services.cards import follow_page
from monitoring.models import Indicator, Measure, RoadMap, RoadMapPage


def connect() -> None:
    """Follow every way in which the published wording of a road map changes."""
    for model in (RoadMap, Indicator, Measure):
        for signal in (published, unpublished, post_delete):
            signal.connect(_on_change, sender=model, dispatch_uid="road_map_card")


def _on_change(sender: Any, **kwargs: Any) -> None:
    transaction.on_commit(refresh_road_map_cards)


def refresh_road_map_cards() -> None:
    """Renew the cards of the road-map pages in all languages."""
    for page in RoadMapPage.objects.live().select_related("locale"):
        follow_page(page=page)
