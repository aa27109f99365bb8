"""The way to the newest hits.

PostgreSQL has two: back through the cards by date, looking into each, or through all hits of the
words, which are then sorted. Its planner takes looking into a card to be free, though the vector
stands out of line, and so walks by date where one card in twelve is a hit: twenty times slower.
The way is chosen here, by how common the words are (docs/adr/0008-search.md).
"""

from __future__ import annotations

import math
from typing import Any

from django.db import connection
from django.db.models import DateField, F, Func

from core.models.card import CardQuerySet
from core.search.expressions import Matches
from core.search.frequencies import frequencies
from core.search.query import SearchTerms

# Looking into one card costs as much as fetching and sorting this many hits of the index.
_LOOK = 20
_WANTED = 300
# PostgreSQL's index of words does not know places: a phrase is looked for in the cards themselves,
# in the newest of those that hold all its words.
_PHRASE_CARDS = 1_000


class _AwayFromIndex(Func):
    """The same date, which no index of dates is found for."""

    output_field = DateField()
    template = "%(expressions)s"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        return self.as_sql(compiler, connection, template="(%(expressions)s + 0)", **extra)


def newest_hits(cards: CardQuerySet, terms: SearchTerms) -> CardQuerySet:
    """The cards that hold ``terms``, the newest first; slice it."""
    if connection.vendor != "postgresql":
        return cards.filter(Matches(terms)).newest_first()
    if terms.has_phrases:
        loosened = terms.loosened()
        holding = _newest(cards.filter(Matches(loosened)), loosened)
        few = list(holding.values_list("pk", flat=True)[:_PHRASE_CARDS])
        return cards.filter(Matches(terms, by_index=False), pk__in=few).newest_first()
    return _newest(cards.filter(Matches(terms)), terms)


def by_words(matching: CardQuerySet) -> CardQuerySet:
    """The newest first, all hits fetched through the index of words and then sorted."""
    return matching.order_by(_AwayFromIndex(F("date")).desc(), "-pk")


def _newest(matching: CardQuerySet, terms: SearchTerms) -> CardQuerySet:
    return matching.newest_first() if _is_common(terms) else by_words(matching)


def _is_common(terms: SearchTerms) -> bool:
    """Whether hits are so frequent that a walk by date soon meets enough of them.

    The walk looks into ``_WANTED × all / hits`` cards, the other way sorts all hits.
    """
    known = frequencies()
    return known.hits(terms) > math.sqrt(_WANTED * _LOOK * known.cards)
