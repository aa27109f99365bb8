"""The list as a file: a row for each position that a person holds.

It has as many groups of columns for education and support as somebody in the list needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

from django.db.models import Count, Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.office import write_long_xlsx
from people.models import (
    Education,
    StaffPosition,
    StaffQuerySet,
    StaffRecord,
    SupportForm,
    TeachingLoad,
)
from people.register_files.columns import (
    COLUMNS,
    LANGUAGE,
    FileColumn,
    columns,
    numbered,
    titles,
    words_of,
)

CHUNK = 200


def export_staff(found: StaffQuerySet, *, seen: Any) -> IO[bytes]:
    """The records as an open file; ``seen`` is called with each chunk of records that went in."""
    shown = columns(educations=_most(Education, found), supports=_most(SupportForm, found))
    heads = [(title, column.width) for title, column in zip(titles(shown), shown, strict=True)]
    with override(LANGUAGE):
        rows = _rows(found, shown, seen)
        return write_long_xlsx(sheet=_("Staff register"), heads=heads, rows=rows)


def _most(model: Any, found: StaffQuerySet) -> int:
    """How many rows of ``model`` somebody of ``found`` has; one at least."""
    of_found = model.objects.filter(record__in=found.order_by().values("pk")).order_by()
    counts = of_found.values("record").annotate(n=Count("pk")).order_by("-n")
    return counts.values_list("n", flat=True).first() or 1


def _rows(found: StaffQuerySet, shown: tuple[FileColumn, ...], seen: Any) -> Iterator[list[object]]:
    held = StaffPosition.objects.not_over_on(timezone.localdate()).select_related("organisation")
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
            yield [_shown(column, values.get(column.name), words) for column in shown]
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
    for number, education in enumerate(record.educations.all(), start=1):
        for name in ("level", "institution", "speciality", "year"):
            values[numbered(name, number)] = getattr(education, name)
    for number, support in enumerate(record.support_forms.all(), start=1):
        values[numbered("support", number)] = support.kind
        values[numbered("support_since", number)] = support.starts_on
        values[numbered("support_until", number)] = support.ends_on
    return values


def _shown(column: FileColumn, value: Any, words: dict[str, dict[str, str]]) -> object:
    if column.choices is not None:
        # No category is a category too; an empty cell would say that nothing is known.
        return words[column.base].get(value) if value is not None else None
    if column.kind == "yes":
        return (_("yes") if value else None) if value is not None else None
    if isinstance(value, Decimal):
        return float(value)
    return value if value != "" else None


def _number(value: Decimal) -> str:
    return f"{float(value):g}".replace(".", ",")
