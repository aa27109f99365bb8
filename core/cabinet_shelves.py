"""Shelves of the cabinet's first page: what is the person's own, gathered from all apps.

A shelf («my drafts») is declared once; any app lays its things on it. An app that brings a kind of
its own (practices, applications to contests, registrations for events) declares a shelf of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.chrome import Link

if TYPE_CHECKING:
    from people.models import User

DRAFTS = "drafts"
REQUESTS = "requests"
DOCUMENTS = "documents"

Source = Callable[["User", int], Iterable["ShelfItem"]]


@dataclass(frozen=True)
class ShelfItem:
    """One thing of the person: a draft, a request, a paper."""

    title: str
    url: str
    # When it came or was changed: the newest stand first, what has no day before them.
    day: date | datetime | None = None
    note: str = ""
    # Code and words of a state as the tag ``state`` shows it.
    state: str = "waiting"
    state_words: str = ""


@dataclass(frozen=True)
class CabinetShelf:
    """A part of the first page; ``empty`` says what will lie here and how it comes there."""

    name: str
    order: int
    title: Any
    empty: Any
    shown_to: Callable[[User], bool]


@dataclass(frozen=True)
class FilledShelf:
    """A shelf with the newest things of one person, and the rooms that hold all of them."""

    shelf: CabinetShelf
    items: list[ShelfItem]
    rooms: list[Link]


@dataclass(frozen=True)
class _Registered:
    shelf: str
    source: Source
    room: tuple[Any, str] | None
    shown_to: Callable[[User], bool]


_shelves: dict[str, CabinetShelf] = {}
_sources: list[_Registered] = []


def register_cabinet_shelf(
    name: str,
    *,
    order: int,
    title: Any,
    empty: Any,
    shown_to: Callable[[User], bool] = bool,
) -> None:
    """Add a shelf to the first page of those to whom ``shown_to`` says yes.

    Raises ValueError for a name that another app has taken.
    """
    if name in _shelves:
        raise ValueError(f"There is a shelf “{name}” already.")
    _shelves[name] = CabinetShelf(name, order, title, empty, shown_to)


def register_shelf_items(
    shelf: str,
    *,
    room: tuple[Any, str] | None = None,
    shown_to: Callable[[User], bool] = bool,
) -> Callable[[Source], Source]:
    """Decorate a function from a person and a limit to things of that person, the newest first.

    It costs the same number of queries however much the person has. ``room`` is title and name of
    the address where all of them stand. A shelf may be declared after the things that lie on it.
    """

    def register(source: Source) -> Source:
        _sources.append(_Registered(shelf, source, room, shown_to))
        return source

    return register


def cabinet_shelves(user: User, *, limit: int) -> list[FilledShelf]:
    """The shelves of ``user`` in their order, each with its newest ``limit`` things."""
    shown = sorted(_shelves.values(), key=lambda shelf: shelf.order)
    return [_filled(shelf, user, limit) for shelf in shown if shelf.shown_to(user)]


# What requests and records of all apps may have become, and how the tag ``state`` draws it.
_DRAWN = {
    "done": "done",
    "confirmed": "done",
    "refused": "returned",
    "returned": "returned",
    "withdrawn": "closed",
}


def drawn(state: str) -> str:
    """The code by which the tag ``state`` draws what a request has become."""
    return _DRAWN.get(state, "waiting")


def _filled(shelf: CabinetShelf, user: User, limit: int) -> FilledShelf:
    items: list[ShelfItem] = []
    rooms: list[Link] = []
    for entry in _sources:
        if entry.shelf != shelf.name or not entry.shown_to(user):
            continue
        found = list(entry.source(user, limit))
        items += found
        if found and entry.room is not None:
            title, url_name = entry.room
            rooms.append(Link(str(title), reverse(url_name)))
    items.sort(key=_moment, reverse=True)
    return FilledShelf(shelf, items[:limit], rooms)


def _moment(item: ShelfItem) -> datetime:
    if item.day is None:
        return datetime.max.replace(tzinfo=UTC)
    if isinstance(item.day, datetime):
        return item.day
    return timezone.make_aware(datetime.combine(item.day, time.min))


register_cabinet_shelf(
    DRAFTS,
    order=10,
    title=_("My drafts"),
    empty=_("What you have begun and not sent yet waits for you here."),
)
register_cabinet_shelf(
    REQUESTS,
    order=30,
    title=_("My requests"),
    empty=_("Here you see what you have asked for and how far it has come."),
)
register_cabinet_shelf(
    DOCUMENTS,
    order=50,
    title=_("My documents"),
    empty=_("Your consents, documents on training and copies of your data will lie here."),
)
