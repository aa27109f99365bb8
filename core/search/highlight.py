"""Marks found words in a text, whatever form they stand in."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.search.lemmas import places

# Letters of a fragment under a search result: about two lines on a wide screen.
FRAGMENT = 240


def highlight(text: str, lemmas: frozenset[str]) -> SafeString:
    """The escaped text with ``<mark>`` around each word that has one of ``lemmas``."""
    parts: list[str] = []
    position = 0
    for begin, end, _found in places(text, lemmas):
        parts += [escape(text[position:begin]), "<mark>", escape(text[begin:end]), "</mark>"]
        position = end
    parts.append(escape(text[position:]))
    # Every piece of the source went through escape().
    return mark_safe("".join(parts))  # noqa: S308


def fragment(text: str, lemmas: frozenset[str], *, length: int = FRAGMENT) -> str:
    """The piece of a text that holds most of ``lemmas``; empty when it holds none."""
    hits = list(places(text, lemmas))
    if not hits:
        return ""
    best, best_count = 0, 0
    for number, (begin, _end, _found) in enumerate(hits):
        seen: set[str] = set()
        for _begin, end, found in hits[number:]:
            if end > begin + length:
                break
            seen |= found
        if len(seen) > best_count:
            best, best_count = begin, len(seen)
    return _cut(text, best, length)


def _cut(text: str, around: int, length: int) -> str:
    """A piece of the text from shortly before ``around``, cut between words."""
    start = max(0, around - length // 4)
    if start:
        space = text.find(" ", start, around)
        start = space + 1 if space != -1 else around
    stop = min(len(text), start + length)
    if stop < len(text):
        space = text.rfind(" ", around, stop)
        stop = space if space > around else stop
    piece = " ".join(text[start:stop].split())
    return f"{'…' if start else ''}{piece}{'…' if stop < len(text) else ''}"
