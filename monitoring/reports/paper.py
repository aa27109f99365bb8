"""The report of execution that an official sends."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.office import Cell, Column, Paper, Table
from core.office.paper import Value
from monitoring.queries import ExecutionReport, IndicatorLine, Link, MeasureLine, YearFigure


def execution_paper(
    report: ExecutionReport,
    *,
    base_url: str,
    organisation: str = "",
    warning: str = "",
    language: str = "ru",
    created: datetime | None = None,
) -> Paper:
    """The paper of ``report``; ``base_url`` (without a last slash) makes links work anywhere."""
    plan = report.plan
    subtitle = [
        _("on the execution of: %(title)s") % {"title": plan.title},
        _("for %(period)s, as of %(day)s")
        % {"period": plan.period, "day": date_format(report.on, "DATE_FORMAT")},
    ]
    if plan.basis:
        subtitle.append(_("Basis: %(basis)s") % {"basis": plan.basis})
    return Paper(
        title=_("REPORT"),
        subtitle=subtitle,
        organisation=organisation,
        warning=warning,
        paragraphs=_summary(report),
        tables=[_indicators(report, base_url), _measures(report, base_url)],
        lists=_evidence(report, base_url),
        signatures=[
            _("Head of the body in charge  ____________________  /____________________/"),
            _("Date  ____________________"),
        ],
        language=language,
        created=created,
        keywords=(plan.title, plan.period),
    )


def _summary(report: ExecutionReport) -> list[str]:
    """What a reader must know before the tables."""
    total = len(report.measures)
    states = ", ".join(
        _("%(status)s: %(n)s") % {"status": words.lower(), "n": count}
        for _code, words, count in report.status_counts
    )
    lines = [
        ngettext(
            "The road map holds %(n)s measure; by status: %(states)s.",
            "The road map holds %(n)s measures; by status: %(states)s.",
            total,
        )
        % {"n": total, "states": states}
    ]
    if report.overdue:
        numbers = ", ".join(measure.number for measure in report.overdue)
        lines.append(
            _("The end date has passed and the measure is not done: %(numbers)s.")
            % {"numbers": numbers}
        )
    else:
        lines.append(pgettext("report", "No measure is overdue."))
    year = report.plan.end_year
    reached = [
        figure for figure in _figures(report.indicators, year) if figure.difference is not None
    ]
    if reached:
        good = sum(figure.difference >= 0 for figure in reached if figure.difference is not None)
        lines.append(
            _("Targets of %(year)s reached: %(good)s of %(all)s indicators with data.")
            % {"year": year, "good": good, "all": len(reached)}
        )
    return lines


def _figures(indicators: tuple[IndicatorLine, ...], year: int) -> list[YearFigure]:
    return [figure for line in indicators for figure in line.years if figure.year == year]


def _indicators(report: ExecutionReport, base_url: str) -> Table:
    """A row for each year; columns that would stay empty are left out."""
    figures = [figure for line in report.indicators for figure in line.years]
    calculated = any(_calculation(figure) for figure in figures)
    proved = any(figure.evidence for figure in figures)
    rows: list[list[Value | Cell]] = []
    for line in report.indicators:
        for figure in line.years:
            row: list[Value | Cell] = [
                line.number,
                f"{line.heading},\N{NO-BREAK SPACE}{line.unit_sign}",
                # A year is a name, not an amount: no spaces between its digits.
                str(figure.year),
                _amount(figure.target, figure.target_words),
                _amount(figure.fact, figure.fact_words),
                figure.difference_words,
            ]
            if calculated:
                row.append(_calculation(figure))
            if proved:
                row.append(_links([figure.evidence], base_url) if figure.evidence else "")
            rows.append(row)
    notes = [_("“Not planned”: the road map sets no target for the year; 0 is a target of zero.")]
    notes += [
        _("Indicator %(number)s: %(note)s") % {"number": line.number, "note": line.unit_note}
        for line in report.indicators
        if line.unit_note
    ]
    columns = [
        Column("№", 10, "center", merge=True),
        Column(_("Indicator"), 157 - 35 * calculated - 30 * proved, merge=True),
        Column(_("Year"), 14, "center"),
        Column(pgettext("of an indicator", "Target"), 26, "center"),
        Column(_("Fact"), 26, "center"),
        Column(_("Fact against target"), 34),
    ]
    if calculated:
        columns.append(Column(_("Calculation and comment"), 35))
    if proved:
        columns.append(Column(_("Evidence"), 30))
    return Table(
        title=_("Indicators: target and fact"),
        sheet=_("Indicators"),
        columns=columns,
        rows=rows,
        notes=notes,
    )


def _amount(value: Decimal | None, words: str) -> Value:
    """A number where there is one, otherwise what its absence means."""
    return words if value is None else value


def _calculation(figure: YearFigure) -> str:
    parts = []
    if figure.numerator is not None:
        parts.append(
            _("%(numerator)s of %(denominator)s")
            % {"numerator": figure.numerator, "denominator": figure.denominator}
        )
    if figure.comment:
        parts.append(figure.comment)
    if figure.confirmed_at:
        day = date_format(figure.confirmed_at, "SHORT_DATE_FORMAT")
        parts.append(_("confirmed on %(day)s") % {"day": day})
    return "; ".join(parts)


def _measures(report: ExecutionReport, base_url: str) -> Table:
    return Table(
        title=pgettext("report", "Measures: execution"),
        sheet=pgettext("report", "Measures"),
        columns=[
            Column("№", 12, "center"),
            Column(pgettext("report", "Measure"), 65),
            Column(_("Period"), 24, "center"),
            Column(_("Responsible"), 44),
            Column(_("Planned result"), 51),
            Column(_("Execution"), 33),
            Column(_("Evidence"), 38),
        ],
        rows=[
            [
                measure.number,
                _measure_words(measure),
                f"{measure.start:%d.%m.%Y} –\n{measure.end:%d.%m.%Y}",
                measure.responsible_words,
                measure.planned_result,
                _execution(measure),
                _links(measure.evidence, base_url),
            ]
            for measure in report.measures
        ],
    )


def _measure_words(measure: MeasureLine) -> str:
    if not measure.see_also:
        return measure.title
    return _("%(title)s (see also %(numbers)s)") % {
        "title": measure.title,
        "numbers": ", ".join(measure.see_also),
    }


def _execution(measure: MeasureLine) -> str:
    parts = [measure.status_words]
    if measure.overdue:
        parts.append(_("overdue"))
    words = ", ".join(parts)
    return f"{words}. {measure.status_comment}" if measure.status_comment else words


def _evidence(report: ExecutionReport, base_url: str) -> list[Table]:
    """A row for each evidence, so that every one can be opened; no table where there is none."""
    found = [
        (f"{_('Indicator')} {line.number}, {figure.year}", line.heading, figure.evidence)
        for line in report.indicators
        for figure in line.years
        if figure.evidence
    ]
    found += [
        (f"{pgettext('report', 'Measure')} {measure.number}", measure.title, link)
        for measure in report.measures
        for link in measure.evidence
    ]
    if not found:
        return []
    table = Table(
        title=pgettext("list", "Evidence"),
        sheet=pgettext("list", "Evidence"),
        columns=[
            Column(pgettext("report", "What it confirms"), 45),
            Column(pgettext("report", "Wording"), 100),
            Column(_("Evidence"), 60),
            Column(_("Address"), 62),
        ],
        rows=[
            [what, wording, _links([link], base_url), Cell(url, ((url, url),))]
            for what, wording, link in found
            for url in (f"{base_url}{link.url}",)
        ],
    )
    return [table]


def _links(links: tuple[Link, ...] | list[Link], base_url: str) -> Cell:
    if not links:
        return Cell(_("none"))
    return Cell(
        "; ".join(link.title for link in links),
        tuple((link.title, f"{base_url}{link.url}") for link in links),
    )
