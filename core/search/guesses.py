"""What may have been meant by a question that nothing answers."""

from __future__ import annotations

from collections.abc import Iterator

from core.search.layout import other_layout
from core.search.lemmas import is_known, words
from core.search.query import SearchTerms, parse
from core.search.spelling import correct

# A shorter word may be anything on the other layout.
SHORTEST_GUESS = 3


def is_doubtful(typed: str) -> bool:
    """Whether any word is not in the dictionary, and so may be a slip or another layout."""
    return any(_is_latin(word) or not is_known(word) for word in words(typed))


def guesses(
    typed: str, terms: SearchTerms, *, in_russian: bool, at_desk: bool = False
) -> Iterator[str]:
    """What may have been meant, the likeliest first; each is only made when it is asked for.

    One guess for most questions, so that the search keeps to its queries. ``in_russian`` says that
    Russian is what people write here: Latin letters may then be the other layout.
    ``at_desk`` corrects from the titles of drafts too.
    """
    if all(len(form) < SHORTEST_GUESS for term in terms.terms for form in term.forms):
        return
    turned = other_layout(typed)
    if in_russian and any(_is_latin(word) for word in words(typed)):
        # «ytcnfdybxtcndj» is both: the wrong layout, and a slip on the right one.
        is_spelt = all(is_known(word) for word in words(turned))
        if is_spelt or not terms.is_russian:
            yield turned if is_spelt else correct(turned, at_desk=at_desk) or turned
            return
    if corrected := correct(typed, at_desk=at_desk):
        yield corrected
    elif len(terms.terms) == 1 and is_doubtful(typed):
        # Latin words typed with Russian letters stand alone; no Russian word looks like one.
        yield turned


def likely_guesses(typed: str, *, in_russian: bool, at_desk: bool = False) -> Iterator[str]:
    """The guesses that ask for something else than ``typed`` does."""
    terms = parse(typed)
    for guess in guesses(typed, terms, in_russian=in_russian, at_desk=at_desk):
        if (other := parse(guess)) and other != terms:
            yield guess


def _is_latin(word: str) -> bool:
    return word.isascii() and word.isalpha()
