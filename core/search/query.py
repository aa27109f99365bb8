"""What a visitor typed, as terms; and the terms as each database writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations

from core.search.abbreviations import abbreviated, meanings_of
from core.search.lemmas import is_cyrillic, is_function_word, readings, words

# More says no more about what is sought, and costs.
MAX_LENGTH = 300
MAX_TERMS = 12
# Of so many words, the longest, some are enough when no page holds all.
_SOME_OF = 6

_QUOTED = re.compile(r"[«“\"]([^«»“”\"]*)[»”\"]")


@dataclass(frozen=True)
class Term:
    """One word by all its readings, or a phrase by the likeliest reading of each of its words."""

    forms: tuple[str, ...]
    is_phrase: bool = False
    is_prefix: bool = False
    # Other ways to say the same, each a set of words that must all stand in a text.
    meanings: tuple[tuple[str, ...], ...] = ()

    @property
    def lemmas(self) -> tuple[str, ...]:
        """Every word that counts as found, for highlighting and for the order."""
        return (*self.forms, *(word for meaning in self.meanings for word in meaning))

    def as_tsquery(self) -> str:
        """For PostgreSQL."""
        star = ":*" if self.is_prefix else ""
        quoted = [f"'{form}'{star}" for form in self.forms]
        if self.is_phrase:
            return f"({' <-> '.join(quoted)})"
        spoken = [" & ".join(f"'{word}'" for word in meaning) for meaning in self.meanings]
        return f"({' | '.join([*quoted, *(f'({words})' for words in spoken)])})"

    def as_fts5(self) -> str:
        """For SQLite."""
        if self.is_phrase:
            return '("' + " ".join(self.forms) + '")'
        star = "*" if self.is_prefix else ""
        quoted = [f'"{form}"{star}' for form in self.forms]
        spoken = [" AND ".join(f'"{word}"' for word in meaning) for meaning in self.meanings]
        return f"({' OR '.join([*quoted, *(f'({words})' for words in spoken)])})"


@dataclass(frozen=True)
class SearchTerms:
    """Terms that must be found; nothing to search for when there is none.

    ``needed`` says how many of them are enough; without it all are needed.
    """

    terms: tuple[Term, ...]
    needed: int | None = None

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def lemmas(self) -> frozenset[str]:
        """Every form that counts as found, for highlighting."""
        return frozenset(lemma for term in self.terms for lemma in term.lemmas)

    @property
    def is_russian(self) -> bool:
        """Whether any word is written in Cyrillic letters."""
        return any(is_cyrillic(form) for term in self.terms for form in term.forms)

    @property
    def has_phrases(self) -> bool:
        """Whether some words must stand side by side."""
        return any(term.is_phrase for term in self.terms)

    def loosened(self) -> SearchTerms:
        """The same words wherever they stand: what a phrase is first looked up by."""
        terms: list[Term] = []
        for term in self.terms:
            terms += [Term((form,)) for form in term.forms] if term.is_phrase else [term]
        return SearchTerms(tuple(dict.fromkeys(terms)), self.needed)

    def some(self) -> SearchTerms:
        """At least half of the words, for when no text holds all; no terms if there is one word."""
        loose = self.loosened().terms
        if len(loose) < 2:
            return SearchTerms(())
        telling = sorted(loose, key=lambda term: len(term.forms[0]), reverse=True)[:_SOME_OF]
        kept = tuple(term for term in loose if term in telling)
        return SearchTerms(kept, (len(kept) + 1) // 2)

    def as_tsquery(self) -> str:
        """For PostgreSQL's ``to_tsquery('simple', …)``. Forms hold letters and digits alone."""
        return self._joined([term.as_tsquery() for term in self.terms], " & ", " | ")

    def as_fts5(self) -> str:
        """For SQLite's FTS5."""
        return self._joined([term.as_fts5() for term in self.terms], " AND ", " OR ")

    def _joined(self, parts: list[str], every: str, any_of: str) -> str:
        if self.needed is None:
            return every.join(parts)
        groups = combinations(parts, self.needed)
        return any_of.join(f"({every.join(group)})" for group in groups)


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
    terms += _terms_of(telling)
    return SearchTerms(tuple(dict.fromkeys(terms))[:MAX_TERMS])


def _terms_of(telling: list[str]) -> list[Term]:
    """A term for each word, and one for an expression that has an abbreviation."""
    terms: list[Term] = []
    likeliest = [readings(word)[0] for word in telling]
    at = 0
    while at < len(telling):
        if known := abbreviated(likeliest, at):
            expression, shorts = known
            said = [meaning for short in shorts for meaning in meanings_of(short)]
            terms.append(Term(shorts, meanings=tuple(dict.fromkeys([expression, *said]))))
            at += len(expression)
            continue
        terms.append(Term(readings(telling[at]), meanings=meanings_of(likeliest[at])))
        at += 1
    return terms
