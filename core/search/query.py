"""What a visitor typed, as terms; and the terms as each database writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.search.lemmas import is_cyrillic, is_function_word, readings, words

# More says no more about what is sought, and costs.
MAX_LENGTH = 300
MAX_TERMS = 12

_QUOTED = re.compile(r"[«“\"]([^«»“”\"]*)[»”\"]")


@dataclass(frozen=True)
class Term:
    """One word by all its readings, or a phrase by the likeliest reading of each of its words."""

    forms: tuple[str, ...]
    is_phrase: bool = False
    is_prefix: bool = False


@dataclass(frozen=True)
class SearchTerms:
    """Terms that must all be found; nothing to search for when there is none."""

    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def lemmas(self) -> frozenset[str]:
        """Every form that counts as found, for highlighting."""
        return frozenset(form for term in self.terms for form in term.forms)

    @property
    def is_russian(self) -> bool:
        """Whether any word is written in Cyrillic letters."""
        return any(is_cyrillic(form) for form in self.lemmas)

    @property
    def has_phrases(self) -> bool:
        """Whether some words must stand side by side."""
        return any(term.is_phrase for term in self.terms)

    def loosened(self) -> SearchTerms:
        """The same words wherever they stand: what a phrase is first looked up by."""
        terms: list[Term] = []
        for term in self.terms:
            terms += [Term((form,)) for form in term.forms] if term.is_phrase else [term]
        return SearchTerms(tuple(dict.fromkeys(terms)))

    def as_tsquery(self) -> str:
        """For PostgreSQL's ``to_tsquery('simple', …)``. Forms hold letters and digits alone."""
        parts = []
        for term in self.terms:
            star = ":*" if term.is_prefix else ""
            quoted = [f"'{form}'{star}" for form in term.forms]
            joined = (" <-> " if term.is_phrase else " | ").join(quoted)
            parts.append(f"({joined})")
        return " & ".join(parts)

    def as_fts5(self) -> str:
        """For SQLite's FTS5."""
        parts = []
        for term in self.terms:
            if term.is_phrase:
                parts.append('("' + " ".join(term.forms) + '")')
            else:
                star = "*" if term.is_prefix else ""
                parts.append("(" + " OR ".join(f'"{form}"{star}' for form in term.forms) + ")")
        return " AND ".join(parts)


def parse_beginning(typed: str) -> SearchTerms:
    """Read a query that is still being typed: its last word may be only begun."""
    typed_words = words(typed[:MAX_LENGTH])[-MAX_TERMS:]
    if not typed_words:
        return SearchTerms(())
    *whole, begun = typed_words
    terms = [Term(readings(word)) for word in whole if not is_function_word(word)]
    begun_forms = tuple(dict.fromkeys([begun, *readings(begun)]))
    return SearchTerms((*terms, Term(begun_forms, is_prefix=True)))


def parse(typed: str) -> SearchTerms:
    """Read a query: «quoted words» are a phrase, joining words are dropped unless alone.

    Any text is a query; one without a letter or digit has no terms.
    """
    typed = typed[:MAX_LENGTH]
    terms: list[Term] = []
    for quoted in _QUOTED.findall(typed):
        phrase = words(quoted)
        if len(phrase) > 1:
            terms.append(Term(tuple(readings(word)[0] for word in phrase), is_phrase=True))
        else:
            terms += [Term(readings(word)) for word in phrase]
    loose = words(_QUOTED.sub(" ", typed))
    telling = [word for word in loose if not is_function_word(word)]
    if not telling and not terms:
        telling = loose
    terms += [Term(readings(word)) for word in telling]
    return SearchTerms(tuple(dict.fromkeys(terms))[:MAX_TERMS])
