"""Words in which the pages of practices tell codes and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from practices.enums import Generalisation

if TYPE_CHECKING:
    from practices.models import PracticePage

LAST_GRADE = 11


def grades_in_words(practice: PracticePage) -> str:
    """The classes as people say them: «7–9 классы», «5 класс»; or the audience, «5–7 лет»."""
    if practice.grade_from is None:
        return practice.audience
    if "–" in practice.grades:
        return pgettext("classes", "classes %(range)s") % {"range": practice.grades}
    return grade_in_words(practice.grades)


def grade_in_words(number: str) -> str:
    """One class: «7 класс»."""
    return pgettext("classes", "class %(number)s") % {"number": number}


def generalised_in_words(level: str) -> str:
    """Where the experience has been generalised: «на муниципальном уровне»."""
    words = {
        Generalisation.SCHOOL: _("at the level of the school"),
        Generalisation.MUNICIPAL: _("at the level of the district"),
        Generalisation.REGIONAL: _("at the level of the region"),
    }
    return words.get(Generalisation(level), "") if level else ""
