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


def fill(
    record: StaffRecord, rows: Sequence[Mapping[str, Any]], named: set[int] | None = None
) -> None:
    """Put the rows of one person (values of ``CellReader``) into ``record``; nothing is saved.

    ``named`` are the numbers of positions that earlier rows were about; those of these rows are
    added.
    """
    named = set() if named is None else named
    for values in rows:
        for column in _OWN:
            if column.name in values:
                value = values[column.name]
                setattr(record, column.name, _day(value) if column.kind == "day" else value)
        if "loads" in values:
            _fill_loads(record, values["loads"])
        _fill_educations(record, values)
        for name, year in values.get("awards", []):
            _fill_award(record, name, year)
        _fill_support(record, values)
        if "organisation" in values and "title" in values:
            _fill_position(record, values, named)


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


def _fill_award(record: StaffRecord, name: str, year: int | None) -> None:
    """The same award of another year is another one; a year that was missing is filled in."""
    known = [award for award in record.awards.all() if plain(award.name) == plain(name)]
    if (year is None and known) or any(award.year == year for award in known):
        return
    line = next((award for award in known if award.year is None), None) or Award(name=name)
    line.year = year
    record.awards.add(line)


def names_a_position(record: StaffRecord, values: Mapping[str, Any]) -> bool:
    """Whether a position of exactly this kind and first day is in the register already."""
    return any(
        _begins_then(line, values) and _is_employed_so(line, values)
        for line in _alike(record, values)
    )


def _alike(record: StaffRecord, values: Mapping[str, Any]) -> list[StaffPosition]:
    """The positions in the register at this organisation under this title."""
    return [
        line
        for line in record.positions.all()
        if line.pk is not None
        and line.organisation_id == values.get("organisation")
        and plain(line.title) == plain(values.get("title", ""))
    ]


def _begins_then(line: StaffPosition, values: Mapping[str, Any]) -> bool:
    return "starts_on" in values and line.starts_on == _day(values["starts_on"])


def _is_employed_so(line: StaffPosition, values: Mapping[str, Any]) -> bool:
    return "employment" not in values or line.employment == values["employment"]


def _may_be_meant(line: StaffPosition, values: Mapping[str, Any]) -> bool:
    """Whether the row may put another first day into the line: the same work, and not over then."""
    day = _day(values["starts_on"]) if "starts_on" in values else None
    over = line.ends_on is not None and day is not None and line.ends_on < day
    return not over and _is_employed_so(line, values)


def _fill_position(record: StaffRecord, values: Mapping[str, Any], named: set[int]) -> None:
    """The position that the row is about, or a new one.

    A teacher may hold two posts of one title (the second is a part-time job), or come back after
    years: the first day and the employment tell them apart, and no two rows are about one.
    """
    free = [line for line in _alike(record, values) if line.pk not in named]
    line = (
        next(
            (one for one in free if _begins_then(one, values) and _is_employed_so(one, values)),
            None,
        )
        or next((one for one in free if _begins_then(one, values)), None)
        or next((one for one in reversed(free) if _may_be_meant(one, values)), None)
        or StaffPosition(organisation_id=values["organisation"], title=values["title"])
    )
    if line.pk is not None:
        named.add(line.pk)
    for name in ("is_head", "employment"):
        if name in values:
            setattr(line, name, values[name])
    if "rate" in values:
        line.rate = Decimal(values["rate"])
    for name in ("starts_on", "ends_on"):
        if name in values:
            setattr(line, name, _day(values[name]))
    record.positions.add(line)
