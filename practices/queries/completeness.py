"""What a draft still lacks before it can be sent for review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from practices.sections import (
    ABOUT,
    AUTHORS,
    CONSENTS,
    DESCRIPTION,
    MATERIALS,
    NAMELESS,
    RESULTS,
    WritingSection,
)

if TYPE_CHECKING:
    from practices.models import PracticeAuthor, PracticePage


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: where it is written, and what to do, in words."""

    section: WritingSection
    field: str
    words: Any


def _technology_is_told(version: PracticePage) -> bool:
    return any(has_words(block) for block in version.technology.get_prep_value())


def has_words(value: Any) -> bool:
    """Whether anything stands in a block: words, or something that was put into it."""
    if isinstance(value, dict):
        kept = {key: part for key, part in value.items() if key not in ("id", "type", "anchor")}
        return any(has_words(part) for part in kept.values())
    if isinstance(value, list):
        return any(has_words(part) for part in value)
    return bool(value.strip()) if isinstance(value, str) else value not in (None, False)


def _has(name: str) -> Callable[[PracticePage], bool]:
    return lambda version: bool(getattr(version, name))


_NEEDED: tuple[tuple[WritingSection, str, Callable[[PracticePage], bool], Any], ...] = (
    (ABOUT, "title", lambda version: bool(title_of(version)), _("Name the practice")),
    (ABOUT, "summary", _has("summary"), _("Say in one or two sentences what it is about")),
    (ABOUT, "kind", lambda version: version.kind_id is not None, _("Choose the kind")),
    (ABOUT, "level", _has("level"), _("Choose the level of education")),
    (ABOUT, "grade_from", _has("grades"), _("Name the classes or for whom it is")),
    (ABOUT, "generalisation", _has("generalisation"), _("Choose the level of generalisation")),
    (DESCRIPTION, "relevance", _has("relevance"), _("Say why it is needed")),
    (DESCRIPTION, "goal", _has("goal"), _("Name the goal")),
    (DESCRIPTION, "technology", _technology_is_told, _("Tell how it is done, step by step")),
    (RESULTS, "results", _has("results"), _("Tell what has become better and how it is proved")),
    (
        MATERIALS,
        "no_children",
        _has("no_children"),
        _("Confirm that nobody recognises a child in the text and in the files"),
    ),
    (
        CONSENTS,
        "is_own_work",
        _has("is_own_work"),
        _("Confirm that the work is yours and what is borrowed is named"),
    ),
)


def gaps(version: PracticePage, *, author: PracticeAuthor | None, may_process: bool) -> list[Gap]:
    """Everything that is missing, in the order of the sections; costs no query of its own.

    ``may_process``: whether the author has agreed to the processing of personal data.
    """
    found = []
    if author is None or author.organisation_id is None:
        found.append(Gap(AUTHORS, "organisation", _("Choose where the experience was made")))
    found += [
        Gap(section, name, words)
        for section, name, is_there, words in _NEEDED
        if not is_there(version)
    ]
    if not may_process:
        words = _("Give the consent to the processing of personal data")
        found.append(Gap(CONSENTS, "processing", words))
    return found


def title_of(version: PracticePage) -> str:
    """The title that the author gave; empty while there is none."""
    return "" if version.title in ("", NAMELESS) else str(version.title)
