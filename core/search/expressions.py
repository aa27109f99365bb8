"""How the two databases match a card against terms.

``core/migrations/0002_card_search.py`` makes what is asked here: on PostgreSQL two generated
columns, on SQLite a full-text table that triggers fill. Either is kept by the database itself.
"""

from __future__ import annotations

from typing import Any

from django.db import NotSupportedError, connection
from django.db.models import BooleanField, F, Func

from core.search.query import SearchTerms

# A word of the title says more of a text than a word inside it.
_TITLE_WEIGHT = 8.0


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


def scores(*, ids: list[int], terms: SearchTerms) -> dict[int, float]:
    """How well each of these cards answers; higher is better. One query, for some hundreds."""
    if not ids:
        return {}
    marks = ", ".join(["%s"] * len(ids))
    if connection.vendor == "postgresql":
        sql = (
            "SELECT id, ts_rank(title_vector, q, 1) * %s + ts_rank(vector, q, 1) "  # noqa: S608
            f"FROM core_card, to_tsquery('simple', %s) AS q WHERE id IN ({marks})"
        )
        params: list[Any] = [_TITLE_WEIGHT, terms.as_tsquery(), *ids]
    else:
        sql = (
            "SELECT rowid, -bm25(core_card_fts, %s, 1.0) FROM core_card_fts "  # noqa: S608
            f"WHERE core_card_fts MATCH %s AND rowid IN ({marks})"
        )
        params = [_TITLE_WEIGHT, terms.as_fts5(), *ids]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return dict(cursor.fetchall())
