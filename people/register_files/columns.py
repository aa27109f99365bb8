"""The columns of the file; their titles are Russian in every language, as of an office paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import translation
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
    FileColumn("level", _("Level of education"), "choice", 24, EducationLevel),
    FileColumn("institution", _("Educational institution"), width=30),
    FileColumn("speciality", _("Speciality"), width=24),
    FileColumn("year", _("Year of graduation"), "year", 12),
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
    FileColumn("support", _("Form of support"), "choice", 28, SupportKind),
    FileColumn("support_since", _("Supported since"), "day"),
    FileColumn("in_reserve", _("In the reserve of managers"), "yes", 12),
    FileColumn("another", _("Checked: another person"), "yes", 14),
)
BY_NAME = {column.name: column for column in COLUMNS}
LANGUAGE = "ru"


def titles() -> list[str]:
    """The head of the file."""
    with translation.override(LANGUAGE):
        return [str(column.title) for column in COLUMNS]


def words_of(choices: type[models.TextChoices]) -> dict[str, str]:
    """Values of a closed list with the words that stand for them in the file."""
    with translation.override(LANGUAGE):
        return {value: str(label) for value, label in choices.choices}


def plain(words: str) -> str:
    """Words without case, ё/е, marks and odd spaces, as they are compared."""
    return " ".join(words.casefold().replace("ё", "е").replace("*", " ").split())
