"""How the two databases match a card against terms.

``core/migrations/0002_card_search.py`` makes what is asked here: on PostgreSQL two generated
columns, on SQLite a full-text table that triggers fill. Either is kept by the database itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import NotSupportedError, connection
from django.db.models import BooleanField, F, Func

from core.search.query import SearchTerms

# Ranks of the databases that count as half: they only order texts of equal titles.
_MIDDLE_TS_RANK = 0.1
_MIDDLE_BM25 = 4.0


class Matches(Func):
    """True for the cards that hold all ``terms``, in the title alone if asked.

    ``by_index=False`` is for cards that are already few: PostgreSQL then looks into just these.
    """

    output_field = BooleanField()
    conditional = True

    def __init__(
        self, terms: SearchTerms, *, title_only: bool = False, by_index: bool = True
    ) -> None:
        super().__init__(F("pk"))
        self.terms = terms
        self.title_only = title_only
        self.by_index = by_index

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        raise NotSupportedError("The search knows PostgreSQL and SQLite.")

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        column, params = compiler.compile(self.source_expressions[0])
        table = column.rpartition(".")[0]
        vector = "title_vector" if self.title_only else "vector"
        # The index knows the column, not this expression of the same value.
        held = f"{table}.{vector}" if self.by_index else f"({table}.{vector} || '')"
        return f"{held} @@ to_tsquery('simple', %s)", [*params, self.terms.as_tsquery()]

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        column, params = compiler.compile(self.source_expressions[0])
        match = self.terms.as_fts5()
        if self.title_only:
            match = f"{{title_lemmas}} : ({match})"
        sql = f"{column} IN (SELECT rowid FROM core_card_fts WHERE core_card_fts MATCH %s)"  # noqa: S608
        return sql, [*params, match]


@dataclass(frozen=True)
class Score:
    """How well the text of one card answers: how many of the terms it holds, and a rank to 1."""

    held: int
    rank: float


def scores(*, ids: list[int], terms: SearchTerms) -> dict[int, Score]:
    """How well the texts of these cards answer. One query, for some hundreds."""
    if not ids:
        return {}
    marks = ", ".join(["%s"] * len(ids))
    # Where all terms are needed there is nothing to count.
    counted = list(terms.terms) if terms.needed else []
    if connection.vendor == "postgresql":
        held = "".join(" + (vector @@ to_tsquery('simple', %s))::int" for _ in counted)
        sql = (
            f"SELECT id, 0{held}, ts_rank(vector, q, 1) "  # noqa: S608
            f"FROM core_card, to_tsquery('simple', %s) AS q WHERE id IN ({marks})"
        )
        params: list[Any] = [*(term.as_tsquery() for term in counted), terms.as_tsquery(), *ids]
        middle = _MIDDLE_TS_RANK
    else:
        one = "rowid IN (SELECT rowid FROM core_card_fts WHERE core_card_fts MATCH %s)"
        sql = (
            f"SELECT rowid, 0{f' + ({one})' * len(counted)}, -bm25(core_card_fts) "  # noqa: S608
            f"FROM core_card_fts WHERE core_card_fts MATCH %s AND rowid IN ({marks})"
        )
        params = [*(term.as_fts5() for term in counted), terms.as_fts5(), *ids]
        middle = _MIDDLE_BM25
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return {
            pk: Score(held, max(rank, 0.0) / (max(rank, 0.0) + middle))
            for pk, held, rank in cursor.fetchall()
        }
