"""A row of the file put into a record. An empty cell changes nothing that the register knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations

from people.models import (
    Award,
    Education,
    StaffPosition,
    StaffRecord,
    SupportForm,
    TeachingLoad,
)
from people.register_files.columns import COLUMNS, plain

_OWN = [
    column
    for column in COLUMNS
    if not column.of_position and hasattr(StaffRecord, column.name) and column.kind != "subjects"
    if column.kind != "awards"
]


def fill(record: StaffRecord, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put the rows of one person (values of ``CellReader``) into ``record``; nothing is saved."""
    for values in rows:
        for column in _OWN:
            if column.name in values:
                value = values[column.name]
                setattr(record, column.name, _day(value) if column.kind == "day" else value)
        if "loads" in values:
            _fill_loads(record, values["loads"])
        if "level" in values:
            _fill_education(record, values)
        for name, year in values.get("awards", []):
            if plain(name) not in {plain(award.name) for award in record.awards.all()}:
                record.awards.add(Award(name=name, year=year))
        if "support" in values and "support_since" in values:
            since = _day(values["support_since"])
            known = {(item.kind, item.starts_on) for item in record.support_forms.all()}
            if (values["support"], since) not in known:
                record.support_forms.add(SupportForm(kind=values["support"], starts_on=since))
        if "organisation" in values and "title" in values:
            _fill_position(record, values)


def mistakes_of(record: StaffRecord) -> list[str]:
    """What the record and its lines contradict themselves in, as words; none when all is well."""
    found: list[str] = []
    try:
        record.full_clean(exclude=["name_key"], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        found += _words(StaffRecord, error)
    for relation in get_all_child_relations(StaffRecord):
        for line in getattr(record, relation.get_accessor_name()).all():
            try:
                line.full_clean(
                    exclude=["record"], validate_unique=False, validate_constraints=False
                )
            except ValidationError as error:
                found += _words(relation.related_model, error)
    return found


def _words(model: Any, error: ValidationError) -> list[str]:
    found = []
    for name, messages in error.message_dict.items():
        title = "" if name == "__all__" else capfirst(str(model._meta.get_field(name).verbose_name))
        found += [f"{title}: {message}" if title else message for message in messages]
    return found


def _day(value: Any) -> date:
    return date.fromisoformat(value)


def _fill_loads(record: StaffRecord, pairs: Sequence[tuple[int, str | None]]) -> None:
    """The list of the file is the whole list; what stays the same stays the same line."""
    known = {load.subject_id: load for load in record.loads.all()}
    wanted = {number: Decimal(hours) if hours else None for number, hours in pairs}
    record.loads.remove(*[load for pk, load in known.items() if pk not in wanted])
    for number, hours in wanted.items():
        load = known.get(number) or TeachingLoad(subject_id=number)
        if hours is not None or load.pk is None:
            load.hours = hours
        record.loads.add(load)


def _fill_education(record: StaffRecord, values: Mapping[str, Any]) -> None:
    institution = values.get("institution", "")
    for known in record.educations.all():
        same = not institution or not known.institution
        if known.level == values["level"] and (
            same or plain(known.institution) == plain(institution)
        ):
            line = known
            break
    else:
        line = Education(level=values["level"])
    for name in ("institution", "speciality", "year"):
        if name in values:
            setattr(line, name, values[name])
    record.educations.add(line)


def _fill_position(record: StaffRecord, values: Mapping[str, Any]) -> None:
    """The position at this organisation under this title, or a new one."""
    line = None
    for known in record.positions.all():
        if known.organisation_id == values["organisation"] and plain(known.title) == plain(
            values["title"]
        ):
            line = known
    if line is None:
        line = StaffPosition(organisation_id=values["organisation"], title=values["title"])
    for name in ("is_head", "employment"):
        if name in values:
            setattr(line, name, values[name])
    if "rate" in values:
        line.rate = Decimal(values["rate"])
    for name in ("starts_on", "ends_on"):
        if name in values:
            setattr(line, name, _day(values[name]))
    record.positions.add(line)
