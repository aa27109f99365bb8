"""How common words are in the catalogue, to PostgreSQL's best knowledge."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from math import prod

from django.core.cache import cache
from django.db import connection

from core.search.query import SearchTerms, Term

_KEPT_SECONDS = 600
_SQL = """
    SELECT c.reltuples, s.most_common_elems::text::text[], s.most_common_elem_freqs
    FROM pg_class c LEFT JOIN pg_stats s
      ON s.schemaname = current_schema() AND s.tablename = c.relname AND s.attname = 'vector'
    WHERE c.oid = 'core_card'::regclass
"""


@dataclass(frozen=True)
class Frequencies:
    """The number of cards, and the share of them that holds each of the most common words.

    A word that is not among these is rarer than all of them: its share is taken to be nought.
    """

    cards: int = 0
    of_words: dict[str, float] = field(default_factory=dict)

    def hits(self, terms: SearchTerms) -> float:
        """How many cards may hold ``terms``, as if words stood in texts independently."""
        shares = [self._share(term) for term in terms.terms]
        if terms.needed is None:
            return self.cards * prod(shares)
        groups = combinations(shares, terms.needed)
        return self.cards * min(1.0, sum(prod(group) for group in groups))

    def _share(self, term: Term) -> float:
        """Share of the cards with any reading of a word, or with all words of a phrase."""
        known = self.of_words
        if term.is_phrase:
            return prod(known.get(form, 0.0) for form in term.forms)
        said = (prod(known.get(word, 0.0) for word in meaning) for meaning in term.meanings)
        return min(1.0, sum(known.get(form, 0.0) for form in term.forms) + sum(said))


def frequencies() -> Frequencies:
    """What the last ANALYZE found; one query in ten minutes."""
    found: Frequencies = cache.get_or_set("search:frequencies", _read, _KEPT_SECONDS) or _read()
    return found


def _read() -> Frequencies:
    with connection.cursor() as cursor:
        cursor.execute(_SQL)
        cards, elements, shares = cursor.fetchone()
    # The list of shares ends with the smallest and the greatest.
    return Frequencies(max(int(cards), 0), dict(zip(elements or [], shares or [], strict=False)))
