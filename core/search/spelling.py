"""Corrects misspelt words: for visitors from the words of the public texts alone.

The admin knows the titles of drafts, files and pictures besides.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from hashlib import blake2b
from typing import Any

from django.core.cache import cache
from django.db.models import Q

from core.models.search_word import DeskWord, SearchWord
from core.search.lemmas import is_function_word, words

WordStore = type[SearchWord] | type[DeskWord]

# Shorter words have too many neighbours; numbers are right as they stand.
_SHORTEST = 4
# «настаничество» and «наставничество» are 0.96 alike, «план» and «клан» 0.75.
_LIKENESS = 0.78
_AT_ONCE = 500
# A word that is published meanwhile waits so long to be offered.
_KEPT_SECONDS = 60


def remember_words(text: str, *, store: WordStore = SearchWord) -> None:
    """Add the words of a text to those that corrections are made from. One query.

    Only of a public text, unless ``store`` is that of the desk.
    """
    rows: list[Any] = [
        store(word=word, length=len(word), start=word[0], ending=word[-3:])
        for word in sorted(_worth_keeping(text))
    ]
    store.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2_000)


def forget_words(texts: Iterable[str], *, store: WordStore = SearchWord) -> int:
    """Drop the words that stand in none of all ``texts`` any more; returns how many."""
    # Read first: what is written meanwhile stays.
    known = list(store.objects.values_list("pk", flat=True))
    held: set[str] = set()
    for text in texts:
        held |= _worth_keeping(text)
    gone = [word for word in known if word not in held]
    for start in range(0, len(gone), _AT_ONCE):
        store.objects.filter(pk__in=gone[start : start + _AT_ONCE]).delete()
    return len(gone)


def _worth_keeping(text: str) -> set[str]:
    return {
        word
        for word in set(words(text))
        if len(word) >= _SHORTEST and word.isalpha() and not is_function_word(word)
    }


def correct(typed: str, *, at_desk: bool = False) -> str | None:
    """The query with unknown words replaced by similar known ones; None if nothing was found.

    One query, whatever the length; none when the same was asked a moment ago: whoever narrows the
    hits of a corrected question asks it again and again. ``at_desk`` also corrects from the
    titles of drafts: never for a visitor.
    """
    typed_words = words(typed)[:8]
    place = "desk" if at_desk else "site"
    key = blake2b(" ".join(typed_words).encode(), digest_size=12).hexdigest()
    key = f"search:correct:{place}:{key}"
    found: str | None = cache.get(key)
    if found is None:
        found = _correct(typed_words, at_desk=at_desk) or ""
        cache.set(key, found, _KEPT_SECONDS)
    return found or None


def _correct(typed_words: list[str], *, at_desk: bool) -> str | None:
    # The known words are among the neighbours of all.
    unsure = {word for word in typed_words if len(word) >= _SHORTEST and word.isalpha()}
    if not unsure:
        return None
    condition = Q()
    for word in unsure:
        close = Q(length__range=(len(word) - 2, len(word) + 2))
        condition |= close & (Q(start=word[0]) | Q(ending=word[-3:]))
        # A word that was only begun.
        condition |= Q(word__startswith=word)
    known = SearchWord.objects.filter(condition).values_list("pk", flat=True)
    if at_desk:
        known = known.union(DeskWord.objects.filter(condition).values_list("pk", flat=True))
    candidates = list(known)
    unknown = unsure.difference(candidates)
    if not unknown:
        return None
    replaced = {word: _closest(word, candidates) for word in unknown}
    if not any(replaced.values()):
        return None
    return " ".join(replaced.get(word) or word for word in typed_words)


def _closest(word: str, candidates: list[str]) -> str | None:
    begun = [candidate for candidate in candidates if candidate.startswith(word)]
    if begun:
        return min(begun, key=lambda candidate: (len(candidate), candidate))
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(word)
    best: tuple[float, int, str] | None = None
    for candidate in candidates:
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() < _LIKENESS or matcher.quick_ratio() < _LIKENESS:
            continue
        ratio = matcher.ratio()
        if ratio < _LIKENESS:
            continue
        # Among equally similar words the one of the same length, then the first by letters.
        rank = (ratio, -abs(len(candidate) - len(word)), candidate)
        if best is None or rank[:2] > best[:2]:
            best = rank
    return best[2] if best else None
