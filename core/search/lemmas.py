"""Words and their dictionary forms (lemmas).

A word may be read in several ways («стали» is «сталь» and «стать»): the index keeps all readings,
the likeliest in its place and the others at the end, so that phrases still stand together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice

import pymorphy3

# Longer «words» are not words; PostgreSQL refuses lexemes above 2,046 bytes.
MAX_WORD = 60
# About forty pages of close print; what stands behind them is not searched.
MAX_WORDS = 20_000
MAX_READINGS = 3

_WORD = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile(r"[а-я]")
# Prepositions, conjunctions, particles, pronouns: they say nothing of the subject of a text.
_FUNCTION_WORDS = {"PREP", "CONJ", "PRCL", "NPRO", "INTJ"}


@cache
def _morphology() -> pymorphy3.MorphAnalyzer:
    # 0.2 s and 40 MB, paid by the first word that is looked up.
    return pymorphy3.MorphAnalyzer(lang="ru")


def fold(text: str) -> str:
    """Small letters, and е for ё, as Russians type."""
    return text.lower().replace("ё", "е")


def words(text: str) -> list[str]:
    """All words of a text in their order, folded."""
    return [match.group()[:MAX_WORD] for match in _WORD.finditer(fold(text))]


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Begin, end and folded form of each word in a text."""
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), fold(match.group())[:MAX_WORD]


@lru_cache(maxsize=100_000)
def readings(word: str) -> tuple[str, ...]:
    """Dictionary forms of a folded word, the likeliest first; the word itself if it has none."""
    if not _CYRILLIC.search(word):
        return (word,)
    forms = dict.fromkeys(fold(parse.normal_form) for parse in _morphology().parse(word))
    return tuple(islice(forms, MAX_READINGS))


def is_cyrillic(word: str) -> bool:
    """Whether a folded word has a Russian letter."""
    return bool(_CYRILLIC.search(word))


@lru_cache(maxsize=20_000)
def is_function_word(word: str) -> bool:
    """Whether a folded word by its likeliest reading only joins others («и», «для», «что»)."""
    if not _CYRILLIC.search(word):
        return False
    return _morphology().parse(word)[0].tag.POS in _FUNCTION_WORDS


@lru_cache(maxsize=20_000)
def is_known(word: str) -> bool:
    """Whether a folded word stands in the dictionary or is no Russian word at all."""
    return not _CYRILLIC.search(word) or _morphology().word_is_known(word)


def index_text(text: str) -> str:
    """What the index holds of a text: likeliest readings in order, then the others."""
    found = words(text)[:MAX_WORDS]
    best = [readings(word)[0] for word in found]
    others = dict.fromkeys(form for word in found for form in readings(word)[1:])
    return " ".join([*best, *others])


def title_text(title: str) -> str:
    """The same for a title, and its words as they stand: what is being typed begins like them."""
    return " ".join([index_text(title), *dict.fromkeys(words(title))])
