"""Writes one card: its columns, its words for the search, its topics and facets."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from core.enums import Access
from core.models import Card, CardFacet, CardTopic
from core.models.page import CardData
from core.page_cache import purge, tags
from core.search.lemmas import index_text, title_text
from core.search.spelling import remember_words


@dataclass(frozen=True)
class Listed:
    """What every listed thing has, a page or a record."""

    kind: str
    language: str
    translation_key: UUID
    access: str
    title: str
    summary: str
    url: str


@transaction.atomic
def write_card(*, listed: Listed, data: CardData, **source: Any) -> Card:
    """Make or renew the card of what ``source`` names: ``page_id`` or ``record``."""
    values = {
        **asdict(listed),
        "date": data.date,
        "year": data.date.year if data.is_dated else 0,
        "group": data.group,
        "group_label": data.group_label,
        "status": data.status,
        "direction": data.direction,
        "number": data.number,
        "number_key": number_key(data.number),
        "details": data.details,
        "text": data.text,
        "title_lemmas": title_text(listed.title),
        "lemmas": index_text(
            "\n".join(
                [
                    *(listed.title, data.number, data.group_label, listed.summary),
                    *(data.found_by, data.text),
                ]
            )
        ),
    }
    # What has no date of its own keeps the day on which it came into the catalogue.
    kept = values if data.is_dated else {k: v for k, v in values.items() if k != "date"}
    card, _created = Card.objects.update_or_create(**source, defaults=kept, create_defaults=values)
    if card.access == Access.PUBLIC and data.teaches_words:
        # Corrections are offered to everybody, so they come from public texts alone.
        remember_words(f"{listed.title} {listed.summary} {data.text}")
    card.card_topics.all().delete()
    CardTopic.objects.bulk_create(
        CardTopic(card=card, topic_id=topic_id, kind=card.kind, date=card.date)
        for topic_id in data.topic_ids
    )
    card.facets.all().delete()
    CardFacet.objects.bulk_create(
        CardFacet(card=card, name=name, value=value)
        for name, given in data.facets.items()
        for value in given
    )
    purge(*(tags.topic(topic_id) for topic_id in data.topic_ids))
    return card


def number_key(number: str) -> str:
    """A form of an official number that sorts by value: «9» before «10», none at all last.

    The first character alone decides between the three kinds, in every collation.
    """
    padded = re.sub(r"\d+", lambda digits: digits[0].zfill(8), number.strip().lower())[:118]
    if not padded:
        return "2"
    return f"0{padded}" if padded[0].isdigit() else f"1{padded}"
