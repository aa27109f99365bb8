"""The admin search on PostgreSQL."""

from modelsearch.backends.database.postgres import postgres

from core.search.rewriting import (
    ForgivingSearch,
    LemmaIndexer,
    ReadingQuery,
    TeachingIndex,
    TimedNorms,
)


class _Indexer(LemmaIndexer, postgres.ObjectIndexer):
    pass


# The index makes its indexers by this name.
postgres.ObjectIndexer = _Indexer


class _Index(TeachingIndex, TimedNorms, postgres.PostgresIndex):
    pass


class _Compiler(ReadingQuery, postgres.PostgresSearchQueryCompiler):
    pass


class _AutocompleteCompiler(ReadingQuery, postgres.PostgresAutocompleteQueryCompiler):
    pass


class RussianPostgresBackend(ForgivingSearch, postgres.PostgresSearchBackend):
    """modelsearch's backend with dictionary forms and forgiven slips."""

    index_class = _Index
    query_compiler_class = _Compiler
    autocomplete_query_compiler_class = _AutocompleteCompiler
