"""Puts a checked road-map file into the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.models import Locale

from core.bulk import writing_much
from monitoring.models import (
    ImportRecord,
    Indicator,
    IndicatorYear,
    Measure,
    MeasureResponsible,
    RoadMap,
    WorkItem,
)
from monitoring.services.revising import Record, amend, create_and_publish
from monitoring.services.road_map_file import read_road_map
from monitoring.services.road_map_rows import IndicatorRow, MeasureRow, RoadMapRow, digest

if TYPE_CHECKING:
    from people.models import User

Row = RoadMapRow | IndicatorRow | MeasureRow


@dataclass
class ImportResult:
    """What an import did, by row."""

    road_map: RoadMap | None = None
    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


@writing_much()
@transaction.atomic
def import_road_map(*, data: Any, user: User | None = None, dry_run: bool = False) -> ImportResult:
    """Import a road-map file: all of it or, when any row is wrong, nothing.

    Raises RoadMapFileError, which names every wrong row. What the file says about a row is written
    once: a second import of the same file changes nothing, and a corrected file changes only the
    rows that were corrected in it. States, facts, evidence and whatever else officials edited or
    deleted stay as they are.
    """
    file = read_road_map(data)
    result = ImportResult()
    locale = Locale.get_default()
    road_map = RoadMap.objects.filter(slug=file.road_map.slug, locale=locale).first()
    if road_map is None:
        ImportRecord.objects.filter(road_map_key=file.road_map.slug).delete()
    seen = dict(
        ImportRecord.objects.filter(road_map_key=file.road_map.slug).values_list("row", "digest")
    )

    def write(
        row: Row, found: Record | None, build: Callable[[], Record], fill: Callable[[Record], bool]
    ) -> Record | None:
        mark = digest(row)
        if seen.get(row.key) == mark:
            result.unchanged.append(row.key)
            return found
        ImportRecord.objects.update_or_create(
            road_map_key=file.road_map.slug, row=row.key, defaults={"digest": mark}
        )
        if found is None:
            made = build()
            fill(made)
            result.created.append(row.key)
            return create_and_publish(made, user=user)
        if _would_change(found, fill):
            amend(found, change=fill, user=user)
            result.updated.append(row.key)
        else:
            result.unchanged.append(row.key)
        return found

    road_map = write(
        file.road_map,
        road_map,
        lambda: RoadMap(slug=file.road_map.slug, locale=locale),
        lambda record: _fill_road_map(record, file.road_map),
    )
    assert road_map is not None
    result.road_map = road_map
    indicators = {item.number: item for item in road_map.indicators.filter(locale=locale)}
    for row in file.indicators:
        write(
            row,
            indicators.get(row.number),
            lambda number=row.number: Indicator(  # type: ignore[misc]
                road_map=road_map, number=number, locale=locale
            ),
            lambda record, row=row: _fill_indicator(record, row),  # type: ignore[misc]
        )
    measures = {item.number: item for item in road_map.measures.filter(locale=locale)}
    for measure_row in file.measures:
        write(
            measure_row,
            measures.get(measure_row.number),
            lambda number=measure_row.number: Measure(  # type: ignore[misc]
                road_map=road_map, number=number, locale=locale
            ),
            lambda record, row=measure_row: _fill_measure(record, row),  # type: ignore[misc]
        )
    if dry_run:
        transaction.set_rollback(True)
    return result


def _would_change(record: Record, fill: Callable[[Record], bool]) -> bool:
    """Try ``fill`` on a copy of the published record."""
    return fill(type(record)._default_manager.get(pk=record.pk))


def _set(record: Any, values: dict[str, Any]) -> bool:
    """Set the attributes that differ; True when any did."""
    different = {name: value for name, value in values.items() if getattr(record, name) != value}
    for name, value in different.items():
        setattr(record, name, value)
    return bool(different)


def _fill_road_map(record: RoadMap, row: RoadMapRow) -> bool:
    changed = _set(
        record,
        {
            "title": row.title,
            "start_year": row.start_year,
            "end_year": row.end_year,
            "goal": row.goal,
            "purpose": row.purpose,
            "basis": row.basis,
        },
    )
    wanted = [(item.code, item.direction, item.text) for item in row.work_items]
    current = [(item.code, item.direction, item.text) for item in record.work_items.all()]
    if current != wanted:
        record.work_items = [
            WorkItem(code=code, direction=direction, text=text, sort_order=order)
            for order, (code, direction, text) in enumerate(wanted)
        ]
        changed = True
    return changed


def _fill_indicator(record: Indicator, row: IndicatorRow) -> bool:
    changed = _set(
        record,
        {
            "name": row.name,
            "short_name": row.short_name,
            "unit": row.unit,
            "unit_note": row.unit_note,
            "method": row.method,
            "note": row.note,
        },
    )
    years = {item.year: item for item in record.years.get_object_list()}
    for year, target in row.targets:
        item = years.get(year)
        if item is None:
            record.years.add(IndicatorYear(year=year, target=target, sort_order=year))
            changed = True
        elif item.target != target:
            item.target = target
            changed = True
    return changed


def _fill_measure(record: Measure, row: MeasureRow) -> bool:
    changed = _set(
        record,
        {
            "order": row.order,
            "title": row.title,
            "start": row.start,
            "end": row.end,
            "planned_result": row.planned_result,
            "note": row.note,
            "see_also": row.see_also,
        },
    )
    wanted = [(item.name, item.position, item.kind) for item in row.responsible]
    current = [(item.name, item.position, item.kind) for item in record.responsible.all()]
    if current != wanted:
        record.responsible = [
            MeasureResponsible(name=name, position=position, kind=kind, sort_order=order)
            for order, (name, position, kind) in enumerate(wanted)
        ]
        changed = True
    return changed
