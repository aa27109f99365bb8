"""Which measures a reader asked to see: status, year, responsible, words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from monitoring.enums import MeasureStatus
from monitoring.queries.records import ExecutionReport, MeasureLine

OVERDUE = "overdue"
NOBODY = "none"
WORD_LIMIT = 100
# How many measures at most one part of the list on a phone holds.
PART = 10


@dataclass(frozen=True)
class Option:
    """A choice of a field with the number of measures it would leave of all."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class MeasurePart:
    """Neighbours in the list, which a phone shows or hides together."""

    measures: tuple[MeasureLine, ...]

    @property
    def numbers(self) -> str:
        """«4.1–4.8»."""
        first, last = self.measures[0].number, self.measures[-1].number
        return first if first == last else f"{first}–{last}"

    @property
    def overdue(self) -> int:
        return sum(measure.overdue for measure in self.measures)


@dataclass(frozen=True)
class Selection:
    """What was asked, what there is to ask, and the measures that answer."""

    words: str
    statuses: tuple[Option, ...]
    years: tuple[Option, ...]
    responsible: tuple[Option, ...]
    measures: tuple[MeasureLine, ...]
    total: int

    @property
    def active(self) -> bool:
        """Anything was asked at all."""
        fields = (*self.statuses, *self.years, *self.responsible)
        return bool(self.words) or any(option.chosen for option in fields)

    @property
    def parts(self) -> tuple[MeasurePart, ...]:
        """The measures by section of the plan («4» of «4.12»), a long section in equal pieces."""
        parts: list[MeasurePart] = []
        for _section, found in groupby(self.measures, lambda m: m.number.rpartition(".")[0]):
            section = tuple(found)
            size = ceil(len(section) / ceil(len(section) / PART))
            parts += [
                MeasurePart(section[start : start + size]) for start in range(0, len(section), size)
            ]
        return tuple(parts)


def select_measures(report: ExecutionReport, query: Mapping[str, Any]) -> Selection:
    """The measures that ``query`` (status, year, who, q) asks for; unknown values ask nothing."""
    measures = report.measures
    words = " ".join(str(query.get("q", ""))[:WORD_LIMIT].replace("\x00", " ").split())
    statuses = _status_options(measures, query.get("status"))
    years = tuple(
        Option(
            str(year),
            str(year),
            sum(_runs_in(measure, year) for measure in measures),
            str(year) == query.get("year"),
        )
        for year in report.plan.years
    )
    responsible = _responsible_options(measures, query.get("who"))
    kept = measures
    for options, test in (
        (statuses, _has_status),
        (years, lambda measure, value: _runs_in(measure, int(value))),
        (responsible, _is_responsible),
    ):
        chosen = next((option.value for option in options if option.chosen), None)
        if chosen is not None:
            kept = tuple(measure for measure in kept if test(measure, chosen))
    if words:
        wanted = _fold(words).split()
        kept = tuple(m for m in kept if all(word in _text(m) for word in wanted))
    return Selection(words, statuses, years, responsible, kept, len(measures))


def _status_options(measures: tuple[MeasureLine, ...], asked: Any) -> tuple[Option, ...]:
    counts = Counter(measure.status for measure in measures)
    options = [
        Option(status.value, str(status.label), counts[status], status.value == asked)
        for status in MeasureStatus
        if counts[status] or status.value == asked
    ]
    late = sum(measure.overdue for measure in measures)
    if late or asked == OVERDUE:
        options.append(Option(OVERDUE, _("Overdue"), late, asked == OVERDUE))
    return tuple(options)


def _responsible_options(measures: tuple[MeasureLine, ...], asked: Any) -> tuple[Option, ...]:
    counts = Counter(name for measure in measures for name in set(measure.responsible))
    options = [
        Option(name, name, count, name == asked)
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    unnamed = sum(not measure.responsible for measure in measures)
    if unnamed:
        options.append(Option(NOBODY, _("not named"), unnamed, asked == NOBODY))
    return tuple(options)


def _has_status(measure: MeasureLine, value: str) -> bool:
    return measure.overdue if value == OVERDUE else measure.status == value


def _runs_in(measure: MeasureLine, year: int) -> bool:
    return measure.start.year <= year <= measure.end.year


def _is_responsible(measure: MeasureLine, name: str) -> bool:
    return not measure.responsible if name == NOBODY else name in measure.responsible


def _fold(text: str) -> str:
    """Letters without case; ё and е are one letter."""
    return text.casefold().replace("ё", "е")


def _text(measure: MeasureLine) -> str:
    parts = (measure.number, measure.title, measure.planned_result, *measure.responsible)
    return _fold(" ".join(parts))
