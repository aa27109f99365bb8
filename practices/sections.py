"""The seven sections in which a practice is written, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# The title of a page may not be empty; nobody reads these words as a title.
NAMELESS = "Практика без названия"
# A name, or several names that stand beside each other.
Row = str | tuple[str, ...]


@dataclass(frozen=True)
class WritingSection:
    """One page of the form: ``rows`` are the fields of the practice that are asked there."""

    number: int
    slug: str
    title: Any
    rows: tuple[Row, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of all its fields."""
        return tuple(_flat(self.rows))


def _flat(rows: tuple[Row, ...]) -> Iterator[str]:
    for row in rows:
        yield from (row,) if isinstance(row, str) else row


AUTHORS = WritingSection(1, "authors", _("Author and organisation"), ("organisation",))
ABOUT = WritingSection(
    2,
    "about",
    _("About the practice"),
    (
        *("title", "summary", "kind", "level"),
        ("grade_from", "grade_to"),
        *("audience", "subjects", "topics", "keywords", "generalisation", "standards"),
    ),
)
DESCRIPTION = WritingSection(
    3,
    "description",
    _("Description"),
    (
        *("relevance", "goal", "tasks", "novelty", "technology"),
        *("conditions", "risks", "effort"),
    ),
)
RESULTS = WritingSection(
    4,
    "results",
    _("Results"),
    ("measured", ("before", "after", "unit"), "results", "small_school"),
)
MATERIALS = WritingSection(
    5,
    "materials",
    _("Materials and photographs"),
    ("materials", "no_children", "borrowings", "licence", "age_mark"),
)
CONSENTS = WritingSection(6, "consents", _("Consents"), ("is_own_work",))
CHECK = WritingSection(7, "check", _("Check and send"))

SECTIONS = (AUTHORS, ABOUT, DESCRIPTION, RESULTS, MATERIALS, CONSENTS, CHECK)
BY_SLUG = {section.slug: section for section in SECTIONS}
# In which section a remark to a field is shown.
SECTION_OF = {name: section for section in SECTIONS for name in section.fields} | {
    "authors": AUTHORS,
    # The centre names the measures; what is said of them stands beside the topics.
    "measures": ABOUT,
}
