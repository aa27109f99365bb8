"""What a visitor has chosen in a list of cards, as it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from core.models import CardFacet, CardQuerySet, CardTopic

MAX_VALUES = 20
MAX_WORDS = 200
NEWEST = "newest"
TOPIC = "topic"
YEAR = "year"
PLACE = ("after", "before")


@dataclass(frozen=True)
class CardSelection:
    """Chosen values by facet, words, order and place in the list.

    A kind of cards says in a class of its own by what it is filtered (``facets``: the values are
    the names in the address), which of these stand in columns of the card (``columns``) and how it
    is ordered (``orders``: column and whether it falls). ``topic`` is the topic of the card; every
    other facet is a row of ``CardFacet``.
    """

    facets: ClassVar[type[models.TextChoices]]
    columns: ClassVar[Mapping[str, str]]
    orders: ClassVar[Mapping[str, tuple[str, bool]]]

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: str = ""
    sort: str = NEWEST
    after: str = ""
    before: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """Read the address; whatever makes no sense there is left out."""
        chosen = {}
        for name in cls.facets.values:
            values = [value[:80] for value in query.getlist(name) if value and "\0" not in value]
            if cls.columns.get(name) == YEAR:
                values = [value for value in values if value.isascii() and value.isdigit()]
                values = [value for value in values if len(value) <= 4]
            if values:
                chosen[name] = tuple(sorted(set(values))[:MAX_VALUES])
        sort = query.get("sort", "")
        return cls(
            chosen=chosen,
            words=" ".join(query.get("q", "").replace("\0", " ").split())[:MAX_WORDS],
            sort=sort if sort in cls.orders else NEWEST,
            after=query.get("after", "")[:80],
            before=query.get("before", "")[:80],
        )

    @classmethod
    def kept_parameters(cls) -> tuple[str, ...]:
        """Pages with these may be kept; words that visitors type are too many for that."""
        return (*cls.facets.values, "sort", *PLACE)

    @property
    def order(self) -> tuple[str, bool]:
        """The column by which the list is ordered, and whether it falls."""
        return self.orders[self.sort]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.chosen or self.words)

    @property
    def key(self) -> str:
        """The same for every address that filters the same cards."""
        parts = [f"{name}={'|'.join(values)}" for name, values in sorted(self.chosen.items())]
        return "&".join(parts)

    def address(self, **changes: Any) -> str:
        """The query of this selection with ``changes``, without the place in the list."""
        other = replace(self, **{"after": "", "before": "", **changes})
        query = QueryDict(mutable=True)
        if other.words:
            query["q"] = other.words
        for name in self.facets.values:
            if other.chosen.get(name):
                query.setlist(name, list(other.chosen[name]))
        if other.sort != NEWEST:
            query["sort"] = other.sort
        for name in PLACE:
            if value := getattr(other, name):
                query[name] = value
        return f"?{query.urlencode()}" if query else "?"

    def without(self, name: str, value: str) -> str:
        """The query without one chosen value."""
        rest = tuple(other for other in self.chosen.get(name, ()) if other != value)
        return self.address(chosen={**self.chosen, name: rest})

    def filter(self, cards: CardQuerySet, *, leave_out: str = "") -> CardQuerySet:
        """``cards`` with every chosen facet but ``leave_out``: values of one facet are "or"."""
        for name, values in self.chosen.items():
            if name != leave_out:
                cards = cards.filter(self._condition(name, values))
        return cards

    def _condition(self, name: str, values: tuple[str, ...]) -> Q | Exists:
        if column := self.columns.get(name):
            wanted = [int(value) for value in values] if column == YEAR else list(values)
            return Q(**{f"{column}__in": wanted})
        if name == TOPIC:
            return Exists(CardTopic.objects.filter(card=OuterRef("pk"), topic__slug__in=values))
        return Exists(CardFacet.objects.filter(card=OuterRef("pk"), name=name, value__in=values))
