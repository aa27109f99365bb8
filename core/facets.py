"""What the components ``facets.html`` and ``chosen.html`` show of a selection.

``select`` makes one of things that are all at hand: some dozens or hundreds of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.db import models
from django.http import QueryDict


@dataclass(frozen=True)
class Option:
    """One value of a facet, with how many things choosing it alone would leave."""

    value: str
    label: str
    count: int | None
    checked: bool = False


@dataclass(frozen=True)
class FacetGroup:
    """A facet as the component ``facets.html`` shows it."""

    name: str
    title: str
    options: list[Option]
    kind: str = "checkbox"


@dataclass(frozen=True)
class Chosen:
    """One chosen value and the address without it."""

    label: str
    url: str


class Entry(Protocol):
    """A thing with its values by the names of the facets."""

    @property
    def values(self) -> Mapping[str, frozenset[str]]: ...


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Selection(Generic[E]):
    """What a page of a filtered list shows."""

    entries: list[E]
    groups: list[FacetGroup]
    chosen: list[Chosen]


def select(
    entries: Iterable[E],
    *,
    names: type[models.TextChoices],
    labels: Mapping[str, Mapping[str, str]],
    query: QueryDict,
) -> Selection[E]:
    """The entries that ``query`` chooses, and what another choice would leave.

    Values of one facet are "or", facets are "and"; whatever makes no sense is left out. ``labels``
    are the words of every value by facet, in the order in which they are shown.
    """
    everything = list(entries)
    chosen = {
        name: [value for value in dict.fromkeys(query.getlist(name)) if value in labels[name]]
        for name in names.values
    }
    return Selection(
        entries=[entry for entry in everything if _fits(entry, chosen)],
        groups=[
            _group(name, str(title), everything, chosen, labels[name])
            for name, title in names.choices
        ],
        chosen=[
            Chosen(labels[name][value], _without(chosen, name, value))
            for name in names.values
            for value in chosen[name]
        ],
    )


def _fits(entry: Entry, chosen: Mapping[str, list[str]], leave_out: str = "") -> bool:
    return all(
        name == leave_out or not values or not entry.values[name].isdisjoint(values)
        for name, values in chosen.items()
    )


def _group(
    name: str,
    title: str,
    entries: Iterable[Entry],
    chosen: Mapping[str, list[str]],
    labels: Mapping[str, str],
) -> FacetGroup:
    counts = Counter(
        value
        for entry in entries
        if _fits(entry, chosen, leave_out=name)
        for value in entry.values[name]
    )
    options = [
        Option(value, label, counts[value], value in chosen[name])
        for value, label in labels.items()
    ]
    return FacetGroup(name, title, options)


def _without(chosen: Mapping[str, list[str]], name: str, value: str) -> str:
    query = QueryDict(mutable=True)
    for facet, values in chosen.items():
        query.setlist(facet, [other for other in values if (facet, other) != (name, value)])
    return f"?{query.urlencode()}"
