"""The admin search on SQLite."""

from modelsearch.backends.database.sqlite import sqlite

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


class _AutocompleteCompiler(ReadingQuery, sqlite.SQLiteAutocompleteQueryCompiler):
    pass


class RussianSQLiteBackend(ForgivingSearch, sqlite.SQLiteSearchBackend):
    """modelsearch's backend with dictionary forms and forgiven slips."""

    index_class = _Index
    query_compiler_class = _Compiler
    autocomplete_query_compiler_class = _AutocompleteCompiler
