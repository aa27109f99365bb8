"""The way to the newest hits.

PostgreSQL has two: back through the cards by date, looking into each, or through all hits of the
words, which are then sorted. Its planner takes looking into a card to be free, though the vector
stands out of line, and so walks by date where one card in twelve is a hit: twenty times slower.
The way is chosen here, by how many hits the planner itself expects (docs/adr/0008-search.md).
"""

from __future__ import annotations

import json
import math
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import DateField, F, Func

from core.models.card import Card, CardQuerySet
from core.search.expressions import Matches
from core.search.query import SearchTerms

# Looking into one card costs as much as fetching and sorting this many hits of the index.
_LOOK = 20
_WANTED = 300
# PostgreSQL's index of words does not know places: a phrase is looked for in the cards themselves,
# in the newest of those that hold all its words.
_PHRASE_CARDS = 1_000
_COUNT_KEPT = 600


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
        holding = _newest(cards.filter(Matches(terms.loosened())))
        few = list(holding.values_list("pk", flat=True)[:_PHRASE_CARDS])
        return cards.filter(Matches(terms, by_index=False), pk__in=few).newest_first()
    return _newest(cards.filter(Matches(terms)))


def by_words(matching: CardQuerySet) -> CardQuerySet:
    """The newest first, all hits fetched through the index of words and then sorted."""
    return matching.order_by(_AwayFromIndex(F("date")).desc(), "-pk")


def _newest(matching: CardQuerySet) -> CardQuerySet:
    return matching.newest_first() if _is_common(matching) else by_words(matching)


def _is_common(matching: CardQuerySet) -> bool:
    """Whether hits are so frequent that a walk by date soon meets enough of them.

    The walk looks into ``_WANTED × all / hits`` cards, the other way sorts all hits.
    """
    everything = cache.get_or_set("search:cards", _estimate, _COUNT_KEPT) or 0
    least = math.sqrt(_WANTED * _LOOK * max(everything, 0))
    if least > everything:
        return False
    plan = json.loads(matching.order_by().values("pk").explain(format="json"))
    return plan[0]["Plan"]["Plan Rows"] > least


def _estimate() -> int:
    """How many cards there are, to the database's best knowledge."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Card._meta.db_table])
        return int(cursor.fetchone()[0])
