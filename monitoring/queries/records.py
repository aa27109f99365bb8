"""A road map as it is shown: plain values with the words that go with them.

Every format (page, DOCX, XLSX, CSV, JSON) is written from these records, so that a figure or a
word cannot differ between them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.charts import points, show_number
from monitoring.enums import SETTLED, MeasureStatus
from monitoring.models.measure import measure_anchor


@dataclass(frozen=True)
class Link:
    """A page of the site that everybody may open; ``url`` has no host."""

    title: str
    url: str
    role: str = ""


@dataclass(frozen=True)
class Direction:
    """A direction of work with its tasks as (code, wording)."""

    code: str
    title: str
    tasks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Plan:
    """A published road map in the words of one language."""

    pk: int
    key: str
    pks: frozenset[int]
    title: str
    slug: str
    start_year: int
    end_year: int
    goal: str
    purpose: str
    basis: str
    basis_link: Link | None
    directions: tuple[Direction, ...] = ()

    @property
    def period(self) -> str:
        """«2020–2024»."""
        if self.start_year == self.end_year:
            return str(self.start_year)
        return f"{self.start_year}–{self.end_year}"

    @property
    def years(self) -> range:
        return range(self.start_year, self.end_year + 1)


@dataclass(frozen=True)
class YearFigure:
    """Target and fact of one year. None is «not planned» or «no data»; 0 is zero."""

    year: int
    target: Decimal | None
    fact: Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    comment: str = ""
    evidence: Link | None = None
    confirmed_at: datetime | None = None

    @property
    def target_words(self) -> str:
        return _("not planned") if self.target is None else show_number(self.target)

    @property
    def fact_words(self) -> str:
        if self.fact is not None:
            return show_number(self.fact)
        return "—" if self.target is None else _("no data")

    @property
    def difference(self) -> Decimal | None:
        """Fact minus target; None where one of them is missing."""
        if self.target is None or self.fact is None:
            return None
        return self.fact - self.target

    @property
    def difference_words(self) -> str:
        """«на 2 пункта выше», «по плану», «не планируется», «нет данных»."""
        if self.target is None:
            return _("not planned")
        if self.difference is None:
            return _("no data")
        return points(self.difference)


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator with all its years."""

    pk: int
    number: int
    name: str
    heading: str
    short_name: str
    unit: str
    unit_sign: str
    unit_note: str
    method: str
    anchor: str
    years: tuple[YearFigure, ...]

    @property
    def series(self) -> list[dict[str, Any]]:
        """The years as the chart takes them."""
        return [{"year": y.year, "target": y.target, "fact": y.fact} for y in self.years]

    @property
    def latest(self) -> YearFigure | None:
        """The last year that has a fact."""
        return next((y for y in reversed(self.years) if y.fact is not None), None)

    @property
    def explained(self) -> tuple[YearFigure, ...]:
        """Years whose fact carries a calculation, a comment, evidence or a confirmation."""
        return tuple(
            y
            for y in self.years
            if y.numerator is not None or y.comment or y.evidence or y.confirmed_at
        )


@dataclass(frozen=True)
class MeasureLine:
    """A measure with what became of it."""

    pk: int
    number: str
    title: str
    start: date
    end: date
    responsible: tuple[str, ...]
    planned_result: str
    status: str
    status_comment: str
    overdue: bool
    evidence: tuple[Link, ...]
    see_also: tuple[str, ...]

    @property
    def anchor(self) -> str:
        return measure_anchor(self.number)

    @property
    def status_words(self) -> str:
        return str(MeasureStatus(self.status).label)

    @property
    def settled(self) -> bool:
        return self.status in SETTLED

    @property
    def responsible_words(self) -> str:
        """«не указан» where the document names nobody."""
        return "; ".join(self.responsible) or _("not named")

    @property
    def period_words(self) -> str:
        """Whole years as years («2020–2024», «2022»), otherwise both dates."""
        first, last = self.start, self.end
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
        return f"{short_date(first)} – {short_date(last)}"

    @property
    def dates_words(self) -> str:
        """Both dates in figures, as a report names them."""
        return f"{short_date(self.start)} – {short_date(self.end)}"

    @property
    def see_also_links(self) -> list[tuple[str, str]]:
        """Measures about the same: (number, anchor)."""
        return [(number, measure_anchor(number)) for number in self.see_also]


@dataclass(frozen=True)
class ExecutionReport:
    """A road map with its indicators and measures on one day."""

    plan: Plan
    on: date
    directions: tuple[Direction, ...]
    indicators: tuple[IndicatorLine, ...]
    measures: tuple[MeasureLine, ...]

    @property
    def overdue(self) -> tuple[MeasureLine, ...]:
        return tuple(measure for measure in self.measures if measure.overdue)

    @property
    def status_counts(self) -> list[tuple[str, str, int]]:
        """(code, words, how many) of every state that occurs, in the order of the list."""
        counts = Counter(measure.status for measure in self.measures)
        return [
            (status.value, str(status.label), counts[status])
            for status in MeasureStatus
            if counts[status]
        ]

    @property
    def finished(self) -> bool:
        """The period of the plan is over."""
        return self.on.year > self.plan.end_year


def short_date(day: date) -> str:
    """A date in figures: 31.12.2024."""
    return date_format(day, "SHORT_DATE_FORMAT")
