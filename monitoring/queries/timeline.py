"""Measures gathered by equal period, for the line of years."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import ngettext

from monitoring.queries.records import ExecutionReport, MeasureLine

COLUMNS = 12


@dataclass(frozen=True)
class TimelineItem:
    """A measure on the line: leads to its row."""

    number: str
    url: str
    state: str
    state_words: str


@dataclass(frozen=True)
class TimelineGroup:
    """All measures with the same dates; ``first`` counts years of the plan from 1."""

    title: str
    count_words: str
    first: int
    span: int
    items: tuple[TimelineItem, ...]


def timeline(
    report: ExecutionReport, *, shown: tuple[MeasureLine, ...] | None = None, url: str = ""
) -> list[TimelineGroup]:
    """Groups by start, the longest first. A measure that the table does not show now (see
    ``shown``) is led to by the full address ``url``."""
    rows = {m.number for m in (report.measures if shown is None else shown)}
    periods: dict[tuple, list[MeasureLine]] = {}
    for measure in report.measures:
        periods.setdefault((measure.start, measure.end), []).append(measure)
    plan = report.plan
    groups = []
    for start, end in sorted(periods, key=lambda dates: (dates[0], -dates[1].toordinal())):
        measures = periods[start, end]
        first = min(max(start.year - plan.start_year, 0), COLUMNS - 1)
        last = min(max(end.year - plan.start_year, first), COLUMNS - 1)
        count = len(measures)
        groups.append(
            TimelineGroup(
                title=measures[0].period_words,
                count_words=ngettext("%(n)s measure", "%(n)s measures", count) % {"n": count},
                first=first + 1,
                span=last - first + 1,
                items=tuple(
                    TimelineItem(
                        measure.number,
                        f"{'' if measure.number in rows else url}#{measure.anchor}",
                        measure.status,
                        measure.status_words,
                    )
                    for measure in measures
                ),
            )
        )
    return groups
