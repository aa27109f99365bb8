"""What a visitor has chosen in the document library, as it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.models import CardFacet, CardQuerySet, CardTopic

MAX_VALUES = 20
MAX_WORDS = 200


class Sort(models.TextChoices):
    """Orders of the list."""

    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")
    NUMBER = "number", _("By number")
    TITLE = "title", _("By title")


class FacetName(models.TextChoices):
    """By what the documents are filtered; the value is the name in the address."""

    TYPE = "type", _("Kind of document")
    STATUS = "status", _("Status")
    DIRECTION = "direction", _("Direction of work")
    TOPIC = "topic", _("Topic")
    MEASURE = "measure", _("Measure of the road map")
    YEAR = "year", _("Year")


# Pages with these parameters may be kept; words that visitors type are too many for that.
KEPT_PARAMETERS = (*FacetName.values, "sort", "after", "before")


@dataclass(frozen=True)
class Selection:
    """Chosen values by facet, words, order and place in the list."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: str = ""
    sort: str = Sort.NEWEST
    after: str = ""
    before: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> Selection:
        """Read the address; whatever makes no sense there is left out."""
        chosen = {}
        for name in FacetName.values:
            values = [value[:80] for value in query.getlist(name) if value and "\0" not in value]
            if name == FacetName.YEAR:
                values = [value for value in values if value.isascii() and value.isdigit()]
                values = [value for value in values if len(value) <= 4]
            if values:
                chosen[name] = tuple(sorted(set(values))[:MAX_VALUES])
        sort = query.get("sort", "")
        return cls(
            chosen=chosen,
            words=" ".join(query.get("q", "").replace("\0", " ").split())[:MAX_WORDS],
            sort=sort if sort in Sort.values else Sort.NEWEST,
            after=query.get("after", "")[:80],
            before=query.get("before", "")[:80],
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.chosen or self.words)

    @property
    def key(self) -> str:
        """The same for every address that filters the same documents."""
        parts = [f"{name}={'|'.join(values)}" for name, values in sorted(self.chosen.items())]
        return "&".join(parts)

    def address(self, **changes: Any) -> str:
        """The query of this selection with ``changes``, without the place in the list."""
        other = replace(self, **{"after": "", "before": "", **changes})
        query = QueryDict(mutable=True)
        if other.words:
            query["q"] = other.words
        for name in FacetName.values:
            if other.chosen.get(name):
                query.setlist(name, list(other.chosen[name]))
        if other.sort != Sort.NEWEST:
            query["sort"] = other.sort
        for name in ("after", "before"):
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
                cards = cards.filter(_condition(name, values))
        return cards


def _condition(name: str, values: tuple[str, ...]) -> Q | Exists:
    match name:
        case FacetName.TYPE:
            return Q(group__in=values)
        case FacetName.STATUS:
            return Q(status__in=values)
        case FacetName.DIRECTION:
            return Q(direction__in=values)
        case FacetName.YEAR:
            return Q(year__in=[int(value) for value in values])
        case FacetName.TOPIC:
            return Exists(CardTopic.objects.filter(card=OuterRef("pk"), topic__slug__in=values))
    return Exists(CardFacet.objects.filter(card=OuterRef("pk"), name=name, value__in=values))
