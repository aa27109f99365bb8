"""Reads a road-map file (schema ``roadmap/1``, see docs/road-map-file.md) without touching data.

Every mistake of the file is collected with the row that has it, so that whoever prepared the file
corrects all of them at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from monitoring.enums import ResponsibleKind
from monitoring.models.indicator import PERCENT
from monitoring.services.road_map_rows import (
    IndicatorRow,
    MeasureRow,
    Problem,
    ResponsibleRow,
    RoadMapFile,
    RoadMapFileError,
    RoadMapRow,
    WorkItemRow,
)

SCHEMA = "roadmap/1"
NUMBER = re.compile(r"\d+(\.\d+)*")
# Signs that steer a machine: PostgreSQL keeps no zero byte, Word opens no report with the rest.
# Half of a pair, which JSON may name, is no character: no database holds it.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass
class Reader:
    """Takes values out of one row and notes what is wrong with them."""

    row: str
    data: dict[str, Any]
    problems: list[Problem] = field(repr=False)

    def fail(self, reason: str) -> None:
        self.problems.append(Problem(self.row, reason))

    def text(self, key: str, *, required: bool = False, limit: int = 10_000) -> str:
        value = self.data.get(key)
        if value is None or value == "":
            if required:
                self.fail(_("“%(key)s” is missing") % {"key": key})
            return ""
        if not isinstance(value, str):
            self.fail(_("“%(key)s” must be text") % {"key": key})
            return ""
        if len(value) > limit:
            self.fail(
                _("“%(key)s” is longer than %(limit)s characters") % {"key": key, "limit": limit}
            )
        if _NO_TEXT.search(value):
            self.fail(_("“%(key)s” holds a character that is no part of a text") % {"key": key})
        return value.strip()

    def integer(self, key: str, *, low: int, high: int) -> int:
        value = self.data.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fail(
                _("“%(key)s” must be a whole number from %(low)s to %(high)s")
                % {"key": key, "low": low, "high": high}
            )
            return low
        return value

    def day(self, key: str) -> date | None:
        value = self.data.get(key)
        try:
            return date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            self.fail(_("“%(key)s” must be a date like 2024-12-31") % {"key": key})
            return None

    def rows(self, key: str) -> list[dict[str, Any]]:
        value = self.data.get(key)
        if not isinstance(value, list):
            self.fail(_("“%(key)s” must be a list") % {"key": key})
            return []
        if any(not isinstance(item, dict) for item in value):
            self.fail(_("“%(key)s” must be a list of objects") % {"key": key})
        return [item for item in value if isinstance(item, dict)]


def read_road_map(data: Any) -> RoadMapFile:
    """Check everything in ``data``; raises RoadMapFileError with all mistakes together."""
    problems: list[Problem] = []
    top = Reader(_("file"), data if isinstance(data, dict) else {}, problems)
    if not isinstance(data, dict):
        top.fail(_("must be a JSON object"))
    elif data.get("schema") != SCHEMA:
        top.fail(_("“schema” must be “%(schema)s”") % {"schema": SCHEMA})
    plan = top.data.get("roadmap")
    if not isinstance(plan, dict):
        top.fail(_("“roadmap” is missing"))
        raise RoadMapFileError(problems)
    road_map = _read_plan(Reader(_("road map"), plan, problems), top)
    indicators = [
        _read_indicator(_reader(_("indicator"), row, place, problems), road_map)
        for place, row in enumerate(top.rows("indicators"), start=1)
    ]
    measures = [
        _read_measure(_reader(_("measure"), row, place, problems), road_map, place)
        for place, row in enumerate(top.rows("measures"), start=1)
    ]
    _find_repeats(problems, _("indicator"), [str(row.number) for row in indicators])
    _find_repeats(problems, _("measure"), [row.number for row in measures if row.number])
    _find_repeats(problems, _("task"), [item.code for item in road_map.work_items if item.code])
    known = {row.number for row in measures}
    for row in measures:
        for number in row.see_also.split(", "):
            if number and number not in known:
                where = f"{_('measure')} {row.number}"
                reason = _("“see_also” names %(number)s, which is not in the file")
                problems.append(Problem(where, reason % {"number": number}))
    if problems:
        raise RoadMapFileError(problems)
    return RoadMapFile(road_map, tuple(indicators), tuple(measures))


def _reader(kind: str, row: dict[str, Any], place: int, problems: list[Problem]) -> Reader:
    """A reader that names the row by its number, or by its place where it has none."""
    number = row.get("number")
    named = isinstance(number, str | int) and not isinstance(number, bool) and number != ""
    name = (
        f"{kind} {number}"
        if named
        else _("%(kind)s in row %(place)s")
        % {
            "kind": kind,
            "place": place,
        }
    )
    return Reader(name, row, problems)


def _find_repeats(problems: list[Problem], kind: str, numbers: list[str]) -> None:
    repeated = sorted({number for number in numbers if numbers.count(number) > 1})
    said = _("the number is used more than once")
    problems += [Problem(f"{kind} {number}", said) for number in repeated]


def _read_plan(plan: Reader, top: Reader) -> RoadMapRow:
    start = plan.integer("start_year", low=1990, high=2100)
    end = plan.integer("end_year", low=1990, high=2100)
    if end < start:
        plan.fail(_("“end_year” is before “start_year”"))
    elif end - start > 11:
        plan.fail(_("a plan for more than 12 years cannot be shown"))
    slug = plan.text("slug", limit=80) or f"{start}-{end}"
    if not SLUG.fullmatch(slug):
        plan.fail(_("“slug” may hold small Latin letters, digits and hyphens only"))
    source = top.data.get("source")
    basis = (
        Reader(top.row, source, plan.problems).text("document") if isinstance(source, dict) else ""
    )
    items: list[WorkItemRow] = []
    if "directions" in top.data:
        for place, direction in enumerate(top.rows("directions"), start=1):
            code = direction.get("code")
            name = f"{_('direction')} {code or place}"
            reader = Reader(name, direction, plan.problems)
            title = reader.text("title", required=True, limit=120)
            for number, bullet in enumerate(reader.rows("bullets"), start=1):
                task = Reader(
                    f"{_('task')} {bullet.get('id') or f'{code}.{number}'}", bullet, plan.problems
                )
                items.append(
                    WorkItemRow(
                        code=task.text("id", required=True, limit=10),
                        direction=title,
                        text=task.text("text", required=True),
                    )
                )
    return RoadMapRow(
        title=plan.text("title", required=True, limit=500),
        slug=slug,
        start_year=start,
        end_year=end,
        goal=plan.text("goal"),
        purpose=plan.text("purpose"),
        basis=basis,
        work_items=tuple(items),
    )


def _read_indicator(row: Reader, plan: RoadMapRow) -> IndicatorRow:
    unit = row.text("unit", limit=40) or PERCENT
    return IndicatorRow(
        number=row.integer("number", low=1, high=999),
        name=row.text("name", required=True),
        short_name=row.text("short_name", limit=120),
        unit=unit,
        unit_note=row.text("unit_note", limit=255),
        method=row.text("suggested_calculation"),
        note=row.text("note"),
        targets=_read_targets(row, plan, unit),
    )


def _read_targets(
    row: Reader, plan: RoadMapRow, unit: str
) -> tuple[tuple[int, Decimal | None], ...]:
    """A target for each year of the plan; null is «not planned», 0 is zero."""
    targets = row.data.get("targets")
    if not isinstance(targets, dict):
        row.fail(_("“targets” must be an object with a target for each year"))
        return ()
    years = [str(year) for year in range(plan.start_year, plan.end_year + 1)]
    for year in sorted(set(targets) - set(years)):
        row.fail(_("the year %(year)s is outside the plan") % {"year": year})
    found: list[tuple[int, Decimal | None]] = []
    for year in years:
        if year not in targets:
            row.fail(_("no target for %(year)s; “not planned” is written as null") % {"year": year})
            continue
        value = targets[year]
        if value is None:
            found.append((int(year), None))
            continue
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            row.fail(
                _("the target for %(year)s must be a number, or null for “not planned”")
                % {"year": year}
            )
            continue
        number = Decimal(str(value))
        high = 100 if unit == PERCENT else 99_999
        if not number.is_finite() or not 0 <= number <= high:
            row.fail(
                _("the target for %(year)s must be from 0 to %(high)s")
                % {"year": year, "high": high}
            )
        elif number != round(number, 2):
            row.fail(_("the target for %(year)s has more than two decimals") % {"year": year})
        else:
            found.append((int(year), number.normalize() + 0))
    return tuple(found)


def _read_measure(row: Reader, plan: RoadMapRow, place: int) -> MeasureRow:
    number = row.text("number", required=True, limit=10)
    if number and not NUMBER.fullmatch(number):
        row.fail(_("a number looks like 4.12"))
    start, end = row.day("start"), row.day("end")
    if start and end:
        if end < start:
            row.fail(_("the measure ends before it begins"))
        elif start.year < plan.start_year or end.year > plan.end_year:
            row.fail(
                _("the dates are outside the years %(start)s–%(end)s")
                % {"start": plan.start_year, "end": plan.end_year}
            )
    see_also = row.data.get("see_also") or []
    if not isinstance(see_also, list) or any(not isinstance(item, str) for item in see_also):
        row.fail(_("“%(key)s” must be a list") % {"key": "see_also"})
        see_also = []
    return MeasureRow(
        number=number,
        order=row.integer("order", low=1, high=9999) if "order" in row.data else place,
        title=row.text("title", required=True),
        start=start or date.min,
        end=end or date.min,
        planned_result=row.text("planned_result"),
        note=row.text("note"),
        see_also=", ".join(see_also),
        responsible=tuple(_read_responsible(row)),
    )


def _read_responsible(row: Reader) -> list[ResponsibleRow]:
    """People and offices; an empty list where the document names none."""
    found = []
    for person in row.rows("responsible"):
        reader = Reader(row.row, person, row.problems)
        kind = person.get("kind") or ResponsibleKind.ORGANISATION
        if kind not in ResponsibleKind.values:
            row.fail(
                _("the kind of a responsible must be one of: %(kinds)s")
                % {"kinds": ", ".join(ResponsibleKind.values)}
            )
        found.append(
            ResponsibleRow(
                name=reader.text("name", required=True, limit=255),
                position=reader.text("position", limit=255),
                kind=str(kind),
            )
        )
    return found
