"""What a visitor has chosen in the bank of practices, as it stands in the address."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.lists.selection import NEWEST, TOPIC, YEAR, CardSelection


class Sort(models.TextChoices):
    """Orders of the list."""

    NEWEST = NEWEST, _("Newest first")
    OLDEST = "oldest", _("Oldest first")
    TITLE = "title", _("By title")


class FacetName(models.TextChoices):
    """By what practices are filtered; the value is the name in the address."""

    SUBJECT = "subject", _("Subject")
    LEVEL = "level", _("Level of education")
    GRADE = "class", _("Class")
    KIND = "kind", _("Kind of practice")
    SECTION = "section", _("Section of the bank")
    GENERALISATION = "generalised", _("Experience is generalised")
    SMALL_SCHOOL = "small", _("Small school")
    WITH = "with", _("With it")
    ORGANISATION = "school", _("Organisation")
    TOPIC = TOPIC, _("Topic")
    YEAR = YEAR, _("Year")


class Enclosed(models.TextChoices):
    """What comes with a practice."""

    FILES = "files", _("files to download")
    VIDEO = "video", _("a film")


@dataclass(frozen=True)
class PracticeSelection(CardSelection):
    """A choice of practices."""

    facets = FacetName
    # The column of the state holds the section: a published practice has no other state.
    columns = {
        FacetName.KIND: "group",
        FacetName.SECTION: "status",
        FacetName.YEAR: YEAR,
    }
    orders = {
        Sort.NEWEST: ("date", True),
        Sort.OLDEST: ("date", False),
        Sort.TITLE: ("title", False),
    }
