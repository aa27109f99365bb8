"""The columns of the file; their titles are Russian in every language, as of an office paper.

A person may have several educations and forms of support. Each further one is a group of the same
columns with a number: «Уровень образования 2».
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from people.enums import Category, EducationLevel, Employment, Sex, SupportKind


@dataclass(frozen=True)
class FileColumn:
    """A column: the name of its value, how its cell is read, which words it knows."""

    name: str
    title: Any
    # text, day, number, year, yes, choice, organisation, subjects, awards
    kind: str = "text"
    width: float = 16
    choices: type[models.TextChoices] | None = None
    # Without it nobody can be entered.
    needed: bool = False
    # About a position and not about the person: it may differ in the rows of one person.
    of_position: bool = False
    # What the column describes a part of, and which of several it is.
    group: str = ""
    number: int = 1

    @property
    def base(self) -> str:
        """The name of the same column in the first group."""
        return self.name.removesuffix(f"_{self.number}") if self.number > 1 else self.name


EDUCATION, SUPPORT = "education", "support"
# Nobody has more; the file of a list has as many as somebody in the list.
MOST_OF_A_GROUP = 9
COLUMNS = (
    FileColumn("last_name", _("Surname"), needed=True, width=20),
    FileColumn("first_name", _("First name"), needed=True),
    FileColumn("patronymic", _("Patronymic"), width=18),
    FileColumn("birth_date", _("Date of birth"), "day", needed=True),
    FileColumn("sex", _("Sex"), "choice", 10, Sex),
    FileColumn(
        "organisation", _("Organisation"), "organisation", 32, needed=True, of_position=True
    ),
    FileColumn("title", _("Position"), width=24, needed=True, of_position=True),
    FileColumn("is_head", _("Head or deputy"), "yes", 14, of_position=True),
    FileColumn("employment", _("Employment"), "choice", 24, Employment, of_position=True),
    FileColumn("rate", _("Share of a full post"), "number", 12, of_position=True),
    FileColumn("starts_on", _("Works since"), "day", needed=True, of_position=True),
    FileColumn("ends_on", _("Works until"), "day", of_position=True),
    FileColumn("loads", _("Subjects and hours"), "subjects", 32),
    FileColumn("level", _("Level of education"), "choice", 24, EducationLevel, group=EDUCATION),
    FileColumn("institution", _("Educational institution"), width=30, group=EDUCATION),
    FileColumn("speciality", _("Speciality"), width=24, group=EDUCATION),
    FileColumn("year", _("Year of graduation"), "year", 12, group=EDUCATION),
    FileColumn("degree", _("Academic degree or title"), width=22),
    FileColumn("total_since", _("Total service counts from"), "day"),
    FileColumn("teaching_since", _("Teaching service counts from"), "day"),
    FileColumn("category", _("Category"), "choice", 22, Category),
    FileColumn("category_date", _("Category given on"), "day"),
    FileColumn("category_order", _("Order on the category"), width=22),
    FileColumn("next_attestation", _("Next attestation planned for"), "day"),
    FileColumn("assessed_on", _("Independent assessment passed on"), "day"),
    FileColumn("assessment_result", _("Result of the independent assessment"), width=24),
    FileColumn("awards", _("Awards and years"), "awards", 32),
    FileColumn("support", _("Form of support"), "choice", 28, SupportKind, group=SUPPORT),
    FileColumn("support_since", _("Supported since"), "day", group=SUPPORT),
    FileColumn("support_until", _("Supported until"), "day", group=SUPPORT),
    FileColumn("in_reserve", _("In the reserve of managers"), "yes", 12),
    FileColumn("another", _("Checked: another person"), "yes", 14),
)
LANGUAGE = "ru"


def columns(*, educations: int = 1, supports: int = 1) -> tuple[FileColumn, ...]:
    """The columns of a file with so many groups for education and for support."""
    return tuple(_with_groups({EDUCATION: educations, SUPPORT: supports}))


def _with_groups(counts: dict[str, int]) -> Iterator[FileColumn]:
    for group, found in groupby(COLUMNS, key=lambda column: column.group):
        together = list(found)
        yield from together
        for number in range(2, min(counts.get(group, 1), MOST_OF_A_GROUP) + 1):
            for column in together:
                title = format_lazy("{title} {number}", title=column.title, number=number)
                yield replace(
                    column, name=numbered(column.name, number), title=title, number=number
                )


def numbered(name: str, number: int) -> str:
    """The name of a column in the group with this number."""
    return name if number == 1 else f"{name}_{number}"


# Everything that a file may hold.
ALL_COLUMNS = columns(educations=MOST_OF_A_GROUP, supports=MOST_OF_A_GROUP)
BY_NAME = {column.name: column for column in ALL_COLUMNS}


def titles(shown: tuple[FileColumn, ...] = COLUMNS) -> list[str]:
    """The head of a file with the columns ``shown``."""
    with translation.override(LANGUAGE):
        return [str(column.title) for column in shown]


def words_of(choices: type[models.TextChoices]) -> dict[str, str]:
    """Values of a closed list with the words that stand for them in the file."""
    with translation.override(LANGUAGE):
        return {value: str(label) for value, label in choices.choices}


def plain(words: str) -> str:
    """Words without case, ё/е, marks and odd spaces, as they are compared."""
    return " ".join(words.casefold().replace("ё", "е").replace("*", " ").split())
