"""Filters of the lists of road maps in the admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from monitoring.enums import MeasureStatus
from monitoring.models import Indicator, Measure, RoadMap
from monitoring.models.measure import MeasureQuerySet


class Publication(models.TextChoices):
    """Whether visitors see a record."""

    LIVE = "live", _("Published")
    CHANGED = "changed", _("Published, with unpublished changes")
    DRAFT = "draft", _("Not published")


class Facts(models.TextChoices):
    """What is still to be done with the facts of an indicator."""

    MISSING = "missing", _("A fact is missing")
    UNCONFIRMED = "unconfirmed", _("A fact is not confirmed")


def _by_publication(records: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
    if state == Publication.CHANGED:
        return records.filter(live=True, has_unpublished_changes=True)
    return records.filter(live=state == Publication.LIVE)


class SnippetFilterSet(WagtailFilterSet):
    """Road map and state of publication."""

    road_map = django_filters.ModelChoiceFilter(
        label=_("road map"), queryset=RoadMap.objects.in_source_language()
    )
    publication = django_filters.ChoiceFilter(
        label=_("On the site"), choices=Publication.choices, method=_by_publication
    )


class MeasureFilterSet(SnippetFilterSet):
    """Measures by road map, status and whether their end has passed."""

    status = django_filters.MultipleChoiceFilter(label=_("status"), choices=MeasureStatus.choices)
    overdue = django_filters.ChoiceFilter(
        label=_("End date"), choices=[("yes", _("Overdue"))], method="only_overdue"
    )

    class Meta:
        model = Measure
        fields: list[str] = ["road_map", "status", "overdue", "publication"]

    def only_overdue(self, measures: MeasureQuerySet, _name: str, value: str) -> MeasureQuerySet:
        """Only measures whose end has passed and that are not settled."""
        return measures.overdue() if value == "yes" else measures


class IndicatorFilterSet(SnippetFilterSet):
    """Indicators by road map and by what their facts still lack."""

    facts = django_filters.ChoiceFilter(label=_("Facts"), choices=Facts.choices, method="by_facts")

    class Meta:
        model = Indicator
        fields: list[str] = ["road_map", "facts", "publication"]

    def by_facts(self, indicators: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Indicators with a planned year that has no fact, or with a fact nobody confirmed."""
        if value == Facts.MISSING:
            lacking = models.Q(years__target__isnull=False, years__fact__isnull=True)
        else:
            lacking = models.Q(years__fact__isnull=False) & (
                models.Q(years__confirmed_at__isnull=True)
                | ~models.Q(years__confirmed_value=models.F("years__fact"))
            )
        return indicators.filter(lacking).distinct()
