"""Pages of a list by key: the thousandth page costs as much as the first.

A link to the next page names the last card that was shown; the database goes to that place in the
index instead of counting over everything before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from core.lists.selection import CardSelection
from core.models import Card, CardQuerySet


@dataclass(frozen=True)
class KeysetPage:
    """The cards of a page and the queries of its neighbours ("": there is none)."""

    cards: list[Card]
    previous: str = ""
    following: str = ""


def page_of(cards: CardQuerySet, selection: CardSelection, size: int) -> KeysetPage:
    """The page of ``cards`` that ``selection`` asks for; three queries at most.

    The number of the card decides between equals in the same direction.
    """
    field, falls = selection.order
    backwards = bool(selection.before)
    everything = cards
    place = _place(field, selection.before or selection.after)
    down = falls != backwards
    if place is not None:
        cards = cards.filter(_beyond(field, place, down))
    sign = "-" if down else ""
    found = list(cards.order_by(f"{sign}{field}", f"{sign}pk").defer("text")[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards and not more:
        # The way back has reached the beginning: the first page is shown in full.
        return page_of(everything, replace(selection, before="", after=""), size)
    if backwards:
        found.reverse()
    if not found:
        return KeysetPage(found)
    has_previous = backwards or place is not None
    has_following = backwards or more
    return KeysetPage(
        found,
        previous=selection.address(before=_key(found[0], field)) if has_previous else "",
        following=selection.address(after=_key(found[-1], field)) if has_following else "",
    )


def _key(card: Card, field: str) -> str:
    """The place of a card as it stands in an address."""
    return f"{card.date:%Y-%m-%d}.{card.pk}" if field == "date" else str(card.pk)


def _place(field: str, key: str) -> tuple[object, int] | None:
    """Value and number of the card a key names; None for a key that makes no sense."""
    day, _dot, number = key.rpartition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    if field == "date":
        try:
            return date.fromisoformat(day), int(number)
        except ValueError:
            return None
    value = Card.objects.filter(pk=int(number)).values_list(field, flat=True).first()
    return None if value is None else (value, int(number))


def _beyond(field: str, place: tuple[object, int], down: bool) -> Q:
    value, number = place
    way = "lt" if down else "gt"
    # The first condition alone lets the index begin at the place; the second settles equals.
    return Q(**{f"{field}__{way}e": value}) & (
        Q(**{f"{field}__{way}": value}) | Q(**{f"pk__{way}": number})
    )
