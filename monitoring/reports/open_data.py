"""The road map as open data: JSON and CSV (fields are described in docs/open-data.md)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from monitoring.queries import ExecutionReport, Link, MeasureLine, YearFigure

SCHEMA = "road-map-execution/1"


def open_data(report: ExecutionReport, *, base_url: str, language: str = "ru") -> dict[str, Any]:
    """Everything published of the road map as plain values for JSON."""
    plan = report.plan
    return {
        "schema": SCHEMA,
        "language": language,
        "as_of": report.on.isoformat(),
        "road_map": {
            "slug": plan.slug,
            "title": plan.title,
            "start_year": plan.start_year,
            "end_year": plan.end_year,
            "basis": plan.basis,
            "goal": plan.goal,
        },
        "directions": [
            {
                "code": direction.code,
                "title": direction.title,
                "tasks": [{"code": code, "text": text} for code, text in direction.tasks],
            }
            for direction in report.directions
        ],
        "indicators": [
            {
                "number": line.number,
                "name": line.name,
                "unit": line.unit,
                "unit_note": line.unit_note,
                "years": [_year(figure, base_url) for figure in line.years],
            }
            for line in report.indicators
        ],
        "measures": [_measure(measure, base_url) for measure in report.measures],
    }


def _number(value: Decimal | None) -> int | float | None:
    """A JSON number; None stays null, so that «not planned» is never 0."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _link(link: Link | None, base_url: str) -> dict[str, str] | None:
    return None if link is None else {"title": link.title, "url": f"{base_url}{link.url}"}


def _year(figure: YearFigure, base_url: str) -> dict[str, Any]:
    return {
        "year": figure.year,
        "target": _number(figure.target),
        "fact": _number(figure.fact),
        "difference": _number(figure.difference),
        "difference_words": figure.difference_words,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "comment": figure.comment,
        "evidence": _link(figure.evidence, base_url),
        "confirmed_at": figure.confirmed_at.date().isoformat() if figure.confirmed_at else None,
    }


def _measure(measure: MeasureLine, base_url: str) -> dict[str, Any]:
    return {
        "number": measure.number,
        "title": measure.title,
        "start": measure.start.isoformat(),
        "end": measure.end.isoformat(),
        "responsible": list(measure.responsible),
        "planned_result": measure.planned_result,
        "status": measure.status,
        "status_words": measure.status_words,
        "status_comment": measure.status_comment,
        "overdue": measure.overdue,
        "evidence": [_link(link, base_url) for link in measure.evidence],
        "see_also": list(measure.see_also),
    }


INDICATOR_HEAD = [
    *("number", "name", "unit", "year", "target", "fact", "difference", "difference_words"),
    *("numerator", "denominator", "comment"),
]
MEASURE_HEAD = [
    *("number", "title", "start", "end", "responsible", "planned_result"),
    *("status", "status_words", "status_comment", "overdue", "evidence"),
]


def indicator_rows(report: ExecutionReport) -> list[list[Any]]:
    """A row for each indicator and year; an empty target is «not planned»."""
    return [
        [
            *(line.number, line.name, line.unit, figure.year, figure.target, figure.fact),
            *(figure.difference, figure.difference_words, figure.numerator, figure.denominator),
            figure.comment,
        ]
        for line in report.indicators
        for figure in line.years
    ]


def measure_rows(report: ExecutionReport, *, base_url: str) -> list[list[Any]]:
    """A row for each measure."""
    return [
        [
            *(measure.number, measure.title, measure.start, measure.end),
            *("; ".join(measure.responsible), measure.planned_result, measure.status),
            *(measure.status_words, measure.status_comment, measure.overdue),
            " ".join(f"{base_url}{link.url}" for link in measure.evidence),
        ]
        for measure in report.measures
    ]
