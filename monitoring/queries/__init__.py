"""What the site, the reports and the open data read of road maps: one source for all of them."""

from monitoring.queries.execution import execution_report, plans
from monitoring.queries.overview import indicator_overview
from monitoring.queries.records import (
    Direction,
    ExecutionReport,
    IndicatorLine,
    Link,
    MeasureLine,
    Plan,
    YearFigure,
)
from monitoring.queries.selection import Selection, select_measures

__all__ = [
    "Direction",
    "ExecutionReport",
    "IndicatorLine",
    "Link",
    "MeasureLine",
    "Plan",
    "Selection",
    "YearFigure",
    "execution_report",
    "indicator_overview",
    "plans",
    "select_measures",
]
