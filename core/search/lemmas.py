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
# Latin letters that look like Russian ones, as they come from a forgotten keyboard or from a PDF;
# small forms of the capitals, since letters are made small first.
_LOOK_ALIKE = str.maketrans("abcehkmoptxy", "авсенкмортху")
_LATIN = re.compile(r"[a-z]")


@cache
def _morphology() -> pymorphy3.MorphAnalyzer:
    # 0.2 s and 40 MB, paid by the first word that is looked up.
    return pymorphy3.MorphAnalyzer(lang="ru")


def fold(text: str) -> str:
    """Small letters, and е for ё, as Russians type."""
    return text.lower().replace("ё", "е")


def _in_one_script(word: str) -> str:
    """A folded word of both alphabets with its Latin letters made Russian, if all have a twin."""
    if not (_CYRILLIC.search(word) and _LATIN.search(word)):
        return word
    russian = word.translate(_LOOK_ALIKE)
    return word if _LATIN.search(russian) else russian


def words(text: str) -> list[str]:
    """All words of a text in their order, folded."""
    folded = fold(text)
    found = [word[:MAX_WORD] for word in _WORD.findall(folded)]
    return [_in_one_script(word) for word in found] if _LATIN.search(folded) else found


def places(text: str, lemmas: frozenset[str]) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Begin and end of each word of a text that has one of ``lemmas``, and which of them.

    Each word is judged once, however often it stands in the text.
    """
    judged: dict[str, frozenset[str]] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        found = judged.get(word)
        if found is None:
            folded = _in_one_script(fold(word)[:MAX_WORD])
            found = judged[word] = lemmas.intersection(readings(folded))
        if found:
            yield match.start(), match.end(), found


@lru_cache(maxsize=100_000)
def readings(word: str) -> tuple[str, ...]:
    """Dictionary forms of a folded word, the likeliest first; the word itself if it has none."""
    if not _CYRILLIC.search(word):
        return (_singular(word),)
    forms = dict.fromkeys(fold(parse.normal_form) for parse in _morphology().parse(word))
    return tuple(islice(forms, MAX_READINGS))


def _singular(word: str) -> str:
    """An English word without its plural ending; the same rule stands on both sides."""
    if len(word) < 4 or not word.isascii() or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word.removesuffix("s")


@lru_cache(maxsize=10_000)
def telling_words(text: str) -> tuple[frozenset[str], ...]:
    """All readings of each word of a short text, joining words left out."""
    return tuple(frozenset(readings(word)) for word in words(text) if not is_function_word(word))


def is_cyrillic(word: str) -> bool:
    """Whether a folded word has a Russian letter."""
    return bool(_CYRILLIC.search(word))


@lru_cache(maxsize=20_000)
def is_function_word(word: str) -> bool:
    """Whether a folded word by its likeliest reading joins others or asks («для», «где»)."""
    if not _CYRILLIC.search(word):
        return False
    tag = _morphology().parse(word)[0].tag
    return tag.POS in _FUNCTION_WORDS or "Ques" in tag


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
    return " ".join([index_text(title), *dict.fromkeys(words(title)[:MAX_WORDS])])
