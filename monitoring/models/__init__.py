"""Road maps with their indicators and measures."""

from monitoring.models.indicator import Indicator, IndicatorYear
from monitoring.models.measure import Measure, MeasureEvidence, MeasureResponsible
from monitoring.models.pages import RoadMapPage
from monitoring.models.road_map import RoadMap, WorkItem

__all__ = [
    "Indicator",
    "IndicatorYear",
    "Measure",
    "MeasureEvidence",
    "MeasureResponsible",
    "RoadMap",
    "RoadMapPage",
    "WorkItem",
]
