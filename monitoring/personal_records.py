"""What the road map holds of people (see core.rights)."""

from django.utils.translation import gettext_lazy as _

from core.rights import Fate, register_impersonal, register_personal_data
from monitoring.models import (
    ImportRecord,
    Indicator,
    IndicatorSnapshot,
    IndicatorYear,
    Measure,
    MeasureEvidence,
    MeasureResponsible,
    RoadMap,
    RoadMapPage,
    WorkItem,
)

register_personal_data(
    IndicatorSnapshot,
    fate=Fate.NAMELESS,
    why=_("The figures of a year stay; who took them has no name any more."),
    found=lambda subject: IndicatorSnapshot.objects.filter(taken_by=subject.user),
    fields=("indicator", "year", "taken_at"),
)
register_impersonal(
    *(RoadMap, RoadMapPage, WorkItem, Indicator, IndicatorYear, Measure, MeasureEvidence),
    *(MeasureResponsible, ImportRecord),
    why="The road map as the order prints it: offices are responsible, not people.",
)
