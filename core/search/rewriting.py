"""What both backends of the admin search share: values into lemmas, queries into readings."""

from __future__ import annotations

from typing import Any

from modelsearch.index import AutocompleteField
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from core.models.search_word import DeskWord
from core.search.desk_texts import desk_text
from core.search.guesses import is_doubtful, likely_guesses
from core.search.lemmas import index_text, readings, title_text, words
from core.search.query import MAX_LENGTH, MAX_TERMS, Term, parse
from core.search.spelling import remember_words


class LemmaIndexer:
    """Mixed into modelsearch's ``ObjectIndexer``: dictionary forms, and words for prefixes."""

    def prepare_field(self, obj: Any, field: Any) -> Any:
        """Each value of a field; made once for the three columns that pick from all fields."""
        if obj is not self.obj:  # type: ignore[attr-defined]
            return self._in_lemmas(obj, field)
        made = self.__dict__.setdefault("_made", {})
        if id(field) not in made:
            made[id(field)] = list(self._in_lemmas(obj, field))
        return iter(made[id(field)])

    def _in_lemmas(self, obj: Any, field: Any) -> Any:
        """The values of a field, their text replaced by what the index holds of it."""
        for current, *weight, value in super().prepare_field(obj, field):  # type: ignore[misc]
            if isinstance(current, AutocompleteField):
                # What a thing is called comes before what is said in it; all others weigh nothing.
                heavy = weight and current.field_name != "desk_words"
                yield (current, *(["A"] if heavy else weight), title_text(value))
            else:
                yield (current, *weight, index_text(value))


class TimedNorms:
    """Mixed into modelsearch's index: title norms are refreshed by the timed job alone.

    They only shift the rank of short against long titles, and reckoning them reads the whole table.
    """

    def _refresh_title_norms(self, full: bool = False) -> None:
        if full:
            super()._refresh_title_norms(full=True)  # type: ignore[misc]


class TeachingIndex:
    """Mixed into modelsearch's index: what becomes findable teaches the corrections its words."""

    def add_items(self, model: Any, objs: Any) -> None:
        """Index the objects and remember their words, for the desk alone; one query more."""
        objs = list(objs)
        super().add_items(model, objs)  # type: ignore[misc]
        remember_words(" ".join(desk_text(obj) for obj in objs), store=DeskWord)


class ForgivingSearch:
    """Mixed into modelsearch's backends: slips and the wrong keyboard layout are forgiven.

    Only where the question holds a word that no dictionary knows is it asked whether there is any
    hit at all; a guess is taken only if it has one.
    """

    def _search(self, compiler: Any, query: Any, model_or_queryset: Any, **options: Any) -> Any:
        def search(text: Any) -> Any:
            return super(ForgivingSearch, self)._search(  # type: ignore[misc]
                compiler, text, model_or_queryset, **options
            )

        found = search(query)
        typed = query.query_string if isinstance(query, PlainText) else query
        if not isinstance(typed, str) or not is_doubtful(typed) or list(found[:1]):
            return found
        for guess in likely_guesses(typed[:MAX_LENGTH], in_russian=True, at_desk=True):
            meant = search(guess)
            if list(meant[:1]):
                return meant
        return found


class ReadingQuery:
    """Mixed into modelsearch's query compilers: the words typed become all their readings."""

    def __init__(self, queryset: Any, query: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(queryset, query, *args, **kwargs)
        # SQLite fails on a search in chosen fields; all fields hold them too.
        self.fields = None
        prefix = self.LAST_TERM_IS_PREFIX  # type: ignore[attr-defined]
        self.query = rewrite(self.query, prefix=prefix) or Not(MatchAll())

    def check(self) -> None:
        """Nothing is refused: the databases filter and sort by any column, indexed or not.

        modelsearch refuses what other engines could not do, and the list would answer an editor
        who searches and then sorts by a column with an error.
        """


def rewrite(query: SearchQuery, *, prefix: bool = False) -> SearchQuery | None:
    """A query of the same meaning over the index; None when nothing is left to search for."""
    if isinstance(query, PlainText):
        return _rewrite_words(query, prefix=prefix)
    if isinstance(query, Phrase):
        forms = [readings(word)[0] for word in words(query.query_string[:MAX_LENGTH])]
        return Phrase(" ".join(forms)) if forms else None
    if isinstance(query, Boost):
        return rewrite(query.subquery, prefix=prefix)
    if isinstance(query, Not):
        inner = rewrite(query.subquery, prefix=prefix)
        return Not(inner) if inner else MatchAll()
    if isinstance(query, And | Or):
        parts = [rewrite(part, prefix=prefix) for part in query.subqueries]
        kept = [part for part in parts if part is not None]
        return type(query)(kept) if kept else None
    return query


def _rewrite_words(query: PlainText, *, prefix: bool) -> SearchQuery | None:
    if prefix:
        # The compiler takes each as a beginning: of the word as it stands or of its lemma.
        typed = words(query.query_string[:MAX_LENGTH])[:MAX_TERMS]
        terms = [Term(tuple(dict.fromkeys([word, *readings(word)]))) for word in typed]
    else:
        terms = list(parse(query.query_string.replace('"', " ")).terms)
    if not terms:
        return None
    alternatives = [_any_way(term) for term in terms]
    if len(alternatives) == 1:
        return alternatives[0]
    return Or(alternatives) if query.operator.lower() == "or" else And(alternatives)


def _any_way(term: Term) -> SearchQuery:
    """Any reading of a word, or all words of what it stands for."""
    meanings = [And([PlainText(word) for word in meaning]) for meaning in term.meanings]
    return Or([*(PlainText(form) for form in term.forms), *meanings])
