"""Cards of things that are no pages: organisations, pages that people keep of themselves.

An app says of its model once what the public may see of it (``register_card_source``); from then on
saving or deleting a record renews or drops its card.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.utils import translation

from core.bulk import put_off
from core.enums import Access
from core.models import Card
from core.models.page import CardData
from core.services.card_writing import Listed, write_card


@dataclass(frozen=True)
class CardSource:
    """A model whose records stand in the catalogue and in the site search.

    ``shown`` gives the records that every visitor may see today, and nothing else decides it;
    ``describe`` gives title, lead and the rest of the card. ``parts`` are models whose change
    renews the card, each with its column that names the record.
    """

    model: type[models.Model]
    kind: str
    shown: Callable[[], models.QuerySet[Any]]
    describe: Callable[[Any], tuple[str, str, CardData]]
    parts: Mapping[type[models.Model], str] = field(default_factory=dict)


_sources: dict[type[models.Model], CardSource] = {}


def register_card_source(source: CardSource) -> None:
    """Have the records of a model in the catalogue; called once, when the app is ready."""
    _sources[source.model] = source
    label = source.model._meta.label_lower
    for signal in (post_save, post_delete):
        signal.connect(_on_change, sender=source.model, dispatch_uid=f"card_of_{label}")
        for model in source.parts:
            uid = f"card_of_{label}_{model._meta.label_lower}"
            signal.connect(_on_part, sender=model, dispatch_uid=uid)


def refresh_record_card(*, thing: models.Model) -> Card | None:
    """Make, renew or drop the card of ``thing``; returns the card of what the public may see.

    Call it where a change that does not save ``thing`` itself decides what is public of it: a
    consent that is withdrawn takes the card away in the same transaction.
    """
    return _refresh(_sources[type(thing)], thing.pk)


def refresh_record_cards() -> set[int]:
    """Make the cards of all records anew, drop the others; returns the numbers of those that stand.

    Also run daily: what is public of a record may end with a date.
    """
    kept: set[int] = set()
    for source in _sources.values():
        for thing in source.shown().iterator(chunk_size=200):
            kept.add(_write(source, thing).pk)
    Card.objects.filter(record__isnull=False).exclude(pk__in=kept).delete()
    return kept


def drop_record_cards(*, model: type[models.Model]) -> int:
    """Drop the cards of records of ``model`` that are not shown any more; returns how many."""
    source = _sources[model]
    shown = [_key(source, pk) for pk in source.shown().values_list("pk", flat=True)]
    cards = Card.objects.filter(record__startswith=_key(source, ""))
    gone = cards.exclude(record__in=shown)
    return gone.delete()[1].get(Card._meta.label, 0)


def _key(source: CardSource, pk: Any) -> str:
    return f"{source.model._meta.label_lower}:{pk}"


@transaction.atomic
def _refresh(source: CardSource, pk: Any) -> Card | None:
    thing = source.shown().filter(pk=pk).first()
    if thing is not None:
        return _write(source, thing)
    Card.objects.filter(record=_key(source, pk)).delete()
    return None


def _write(source: CardSource, thing: Any) -> Card:
    key = _key(source, thing.pk)
    # Not in the language of whoever changed the record.
    with translation.override(settings.LANGUAGE_CODE):
        title, summary, data = source.describe(thing)
    listed = Listed(
        kind=source.kind,
        # Their addresses carry no language: one page of each, in the language of the portal.
        language=settings.LANGUAGE_CODE,
        translation_key=uuid5(NAMESPACE_URL, key),
        access=Access.PUBLIC,
        title=title,
        summary=summary,
        url=thing.get_absolute_url(),
    )
    return write_card(listed=listed, data=data, record=key)


def _follow(source: CardSource, pk: Any) -> None:
    """Renew the card now, or once at the end where much is written."""
    if not put_off(_refresh_many, (source.model, pk)):
        _refresh(source, pk)


def _refresh_many(things: list[tuple[type[models.Model], Any]]) -> None:
    for model, pk in things:
        _refresh(_sources[model], pk)


def _on_change(sender: Any, instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _follow(_sources[sender], instance.pk)


def _on_part(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    for source in _sources.values():
        if sender in source.parts:
            _follow(source, getattr(instance, source.parts[sender]))
