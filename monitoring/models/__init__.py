"""Road maps with their indicators and measures."""

from monitoring.models.indicator import Indicator, IndicatorYear
from monitoring.models.measure import Measure, MeasureEvidence, MeasureResponsible
from monitoring.models.pages import RoadMapPage
from monitoring.models.road_map import ImportRecord, RoadMap, WorkItem
from monitoring.models.snapshot import IndicatorSnapshot

__all__ = [
    "ImportRecord",
    "Indicator",
    "IndicatorSnapshot",
    "IndicatorYear",
    "Measure",
    "MeasureEvidence",
    "MeasureResponsible",
    "RoadMap",
    "RoadMapPage",
    "WorkItem",
]
