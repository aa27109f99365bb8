"""The list as a file: a row for each position that a person holds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.office import write_long_xlsx
from people.models import StaffPosition, StaffQuerySet, StaffRecord, TeachingLoad
from people.register_files.columns import COLUMNS, LANGUAGE, titles, words_of

CHUNK = 200


def export_staff(found: StaffQuerySet, *, seen: Any) -> IO[bytes]:
    """The records as an open file; ``seen`` is called with each chunk of records that went in."""
    heads = [(title, column.width) for title, column in zip(titles(), COLUMNS, strict=True)]
    with override(LANGUAGE):
        return write_long_xlsx(sheet=_("Staff register"), heads=heads, rows=_rows(found, seen))


def _rows(found: StaffQuerySet, seen: Any) -> Iterator[list[object]]:
    held = StaffPosition.objects.held_on(timezone.localdate()).select_related("organisation")
    loads = TeachingLoad.objects.select_related("subject")
    records = found.prefetch_related(
        Prefetch("positions", queryset=held, to_attr="held"),
        Prefetch("loads", queryset=loads, to_attr="taught"),
        *("educations", "awards", "support_forms"),
    )
    words = {
        column.name: words_of(column.choices) for column in COLUMNS if column.choices is not None
    }
    chunk: list[StaffRecord] = []
    for record in records.iterator(chunk_size=CHUNK):
        chunk.append(record)
        if len(chunk) == CHUNK:
            seen(chunk)
            chunk = []
        for position in record.held or [None]:  # type: ignore[attr-defined]
            values = _values(record, position)
            yield [_shown(column, values.get(column.name), words) for column in COLUMNS]
    seen(chunk)


def _values(record: StaffRecord, position: StaffPosition | None) -> dict[str, Any]:
    values: dict[str, Any] = {
        column.name: getattr(record, column.name)
        for column in COLUMNS
        if column.kind in ("text", "day", "choice", "yes") and hasattr(record, column.name)
    }
    if position is not None:
        for name in ("title", "is_head", "employment", "rate", "starts_on", "ends_on"):
            values[name] = getattr(position, name)
        values["organisation"] = position.organisation.name
    values["loads"] = "; ".join(
        f"{load.subject.name}: {_number(load.hours)}" if load.hours else load.subject.name
        for load in record.taught  # type: ignore[attr-defined]
    )
    values["awards"] = "; ".join(
        f"{award.name} ({award.year})" if award.year else award.name
        for award in record.awards.all()
    )
    if education := next(iter(record.educations.all()), None):
        for name in ("level", "institution", "speciality", "year"):
            values[name] = getattr(education, name)
    if support := next(iter(record.support_forms.all()), None):
        values["support"], values["support_since"] = support.kind, support.starts_on
    return values


def _shown(column: Any, value: Any, words: dict[str, dict[str, str]]) -> object:
    if column.choices is not None:
        # No category is a category too; an empty cell would say that nothing is known.
        return words[column.name].get(value) if value is not None else None
    if column.kind == "yes":
        return (_("yes") if value else None) if value is not None else None
    if isinstance(value, Decimal):
        return float(value)
    return value if value != "" else None


def _number(value: Decimal) -> str:
    return f"{float(value):g}".replace(".", ",")
