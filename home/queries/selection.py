"""What a visitor has chosen in the document library, as it stands in the address."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.lists.selection import NEWEST, TOPIC, YEAR, CardSelection


class Sort(models.TextChoices):
    """Orders of the list."""

    NEWEST = NEWEST, _("Newest first")
    OLDEST = "oldest", _("Oldest first")
    NUMBER = "number", _("By number")
    TITLE = "title", _("By title")


class FacetName(models.TextChoices):
    """By what the documents are filtered; the value is the name in the address."""

    TYPE = "type", _("Kind of document")
    STATUS = "status", _("Status")
    DIRECTION = "direction", _("Direction of work")
    TOPIC = TOPIC, _("Topic")
    MEASURE = "measure", _("Measure of the road map")
    YEAR = YEAR, _("Year")


@dataclass(frozen=True)
class Selection(CardSelection):
    """A choice of documents."""

    facets = FacetName
    columns = {
        FacetName.TYPE: "group",
        FacetName.STATUS: "status",
        FacetName.DIRECTION: "direction",
        FacetName.YEAR: YEAR,
    }
    orders = {
        Sort.NEWEST: ("date", True),
        Sort.OLDEST: ("date", False),
        Sort.NUMBER: ("number_key", False),
        Sort.TITLE: ("title", False),
    }
