"""The admin search on SQLite."""

from __future__ import annotations

from typing import Any

from modelsearch.backends.database.sqlite import sqlite
from modelsearch.backends.database.sqlite.query import BM25, SQLiteFTSIndexEntry

from core.search.rewriting import (
    ForgivingSearch,
    LemmaIndexer,
    ReadingQuery,
    TeachingIndex,
    TimedNorms,
)


class _Indexer(LemmaIndexer, sqlite.ObjectIndexer):
    pass


# The index makes its indexers by this name.
sqlite.ObjectIndexer = _Indexer


class _Index(TeachingIndex, TimedNorms, sqlite.SQLiteIndex):
    pass


class _Compiler(ReadingQuery, sqlite.SQLiteSearchQueryCompiler):
    pass


class _TitleFirst(BM25):
    """The rank by which a word of the title comes before any number of words in the text."""

    def as_sql(self, *_args: Any, **_options: Any) -> tuple[str, list[Any]]:
        # The columns of the index in their order: autocomplete, body, title.
        return f"bm25({SQLiteFTSIndexEntry._meta.db_table}, 1.0, 1.0, 1000.0)", []


class _AutocompleteCompiler(ReadingQuery, sqlite.SQLiteAutocompleteQueryCompiler):
    # Every word of a title stands among the others too: the second column only lends weight.
    FTS_TABLE_FIELDS = ["autocomplete", "title"]

    def build_tsrank(self, *_args: Any, **_options: Any) -> BM25:
        return _TitleFirst()


class RussianSQLiteBackend(ForgivingSearch, sqlite.SQLiteSearchBackend):
    """modelsearch's backend with dictionary forms and forgiven slips."""

    index_class = _Index
    query_compiler_class = _Compiler
    autocomplete_query_compiler_class = _AutocompleteCompiler
