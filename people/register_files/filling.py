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
from people.register_files.columns import (
    COLUMNS,
    EDUCATION,
    MOST_OF_A_GROUP,
    SUPPORT,
    numbered,
    plain,
)

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
        _fill_educations(record, values)
        for name, year in values.get("awards", []):
            if plain(name) not in {plain(award.name) for award in record.awards.all()}:
                record.awards.add(Award(name=name, year=year))
        _fill_support(record, values)
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


def _groups(values: Mapping[str, Any], group: str) -> list[dict[str, Any]]:
    """What the file says of each part of ``group``, under the names of the first one."""
    names = [column.name for column in COLUMNS if column.group == group]
    found = []
    for number in range(1, MOST_OF_A_GROUP + 1):
        said = {name: numbered(name, number) for name in names if numbered(name, number) in values}
        if said:
            found.append({name: values[key] for name, key in said.items()})
    return found


def unfinished(values: Mapping[str, Any]) -> list[str]:
    """Columns without which others of their group say nothing: an institution without a level."""
    missing = []
    for names, needed in _GROUPS:
        for number in range(1, MOST_OF_A_GROUP + 1):
            if any(numbered(name, number) in values for name in names):
                keys = [numbered(name, number) for name in needed]
                missing += [key for key in keys if key not in values]
    return missing


_GROUPS = [
    ([column.name for column in COLUMNS if column.group == group], needed)
    for group, needed in ((EDUCATION, ["level"]), (SUPPORT, ["support", "support_since"]))
]


def _fill_educations(record: StaffRecord, values: Mapping[str, Any]) -> None:
    """Each finds the line it is about, what is alike in everything first; or is a new one."""
    free: list[Education] = list(record.educations.all())
    said = [group for group in _groups(values, EDUCATION) if "level" in group]
    lines: list[Education | None] = [None] * len(said)
    for alike in (_is_the_same, _may_be_the_same):
        for place, group in enumerate(said):
            if lines[place] is None:
                line = next((line for line in free if alike(line, group)), None)
                if line is not None:
                    free.remove(line)
                    lines[place] = line
    for group, known in zip(said, lines, strict=True):
        line = known or Education()
        for name, value in group.items():
            setattr(line, name, value)
        record.educations.add(line)


def _is_the_same(line: Education, said: Mapping[str, Any]) -> bool:
    return all(
        plain(str(getattr(line, name) or "")) == plain(str(said.get(name) or ""))
        for name in ("level", "institution", "speciality", "year")
    )


def _may_be_the_same(line: Education, said: Mapping[str, Any]) -> bool:
    institution = said.get("institution", "")
    unknown = not institution or not line.institution
    return line.level == said["level"] and (
        unknown or plain(line.institution) == plain(institution)
    )


def _fill_support(record: StaffRecord, values: Mapping[str, Any]) -> None:
    """A form that began on the same day is the same; the file may say when it ended."""
    known = {(item.kind, item.starts_on): item for item in record.support_forms.all()}
    for said in _groups(values, SUPPORT):
        if not {"support", "support_since"} <= said.keys():
            continue
        key = (said["support"], _day(said["support_since"]))
        line = known.setdefault(key, SupportForm(kind=key[0], starts_on=key[1]))
        if "support_until" in said:
            line.ends_on = _day(said["support_until"])
        record.support_forms.add(line)


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
