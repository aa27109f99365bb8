"""The empty file for a school: columns, lists of allowed values, a sheet that shows them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from people.models import StaffPosition, Subject, User
from people.permissions import organisations_kept_by
from people.register_files.columns import (
    COLUMNS,
    LANGUAGE,
    FileColumn,
    columns,
    titles,
    words_of,
)

ROWS = 5000
# Who has more adds columns with the next numbers.
OFFERED = columns(educations=2, supports=2)
NEEDED = PatternFill("solid", fgColor="F6E3B4")
HEAD = PatternFill("solid", fgColor="E7ECF1")


def write_template(user: User) -> bytes:
    """The file for ``user``: the organisations are those whose people this person keeps."""
    with override(LANGUAGE):
        book = Workbook()
        sheet: Any = book.active
        sheet.title = _("Staff register")
        values = book.create_sheet(_("Allowed values"))
        lists = _lists(user)
        sources: dict[str, str] = {}
        heads = zip(OFFERED, titles(OFFERED), strict=True)
        for number, (column, title) in enumerate(heads, start=1):
            _head(sheet, number, column, title)
            words = lists.get(column.base)
            if words and column.base not in sources:
                place = len(sources) + 1
                _fill_list(values, place, title, words)
                sources[column.base] = _range(values.title, place, words)
            _guard(sheet, number, column, sources.get(column.base, ""))
        sheet.freeze_panes = "A2"
        values.freeze_panes = "A2"
        out = BytesIO()
        book.save(out)
        return out.getvalue()


def _lists(user: User) -> dict[str, list[str]]:
    kept = organisations_kept_by(user).open_on(timezone.localdate())
    held = StaffPosition.objects.order_by("title").values_list("title", flat=True).distinct()
    lists = {
        column.name: list(words_of(column.choices).values())
        for column in COLUMNS
        if column.choices is not None
    }
    yes = [column.name for column in COLUMNS if column.kind == "yes"]
    return {
        **lists,
        **{name: [_("yes"), _("no")] for name in yes},
        "organisation": list(kept.order_by("name").values_list("name", flat=True)),
        "title": list(held),
        "loads": list(Subject.objects.filter(live=True).values_list("name", flat=True)),
    }


def _head(sheet: Any, number: int, column: FileColumn, title: str) -> None:
    cell = sheet.cell(1, number, f"{title} *" if column.needed else title)
    cell.font = Font(bold=True)
    cell.fill = NEEDED if column.needed else HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    letter = get_column_letter(number)
    sheet.column_dimensions[letter].width = column.width
    if column.kind == "day":
        # So that what is typed becomes a day.
        sheet.column_dimensions[letter].number_format = "DD.MM.YYYY"


def _fill_list(values: Any, place: int, title: str, words: list[str]) -> None:
    values.cell(1, place, title).font = Font(bold=True)
    values.column_dimensions[get_column_letter(place)].width = 36
    for row, word in enumerate(words, start=2):
        cell = values.cell(row, place)
        cell.value, cell.data_type = word, "s"


def _range(sheet: str, place: int, words: list[str]) -> str:
    letter = get_column_letter(place)
    return f"{quote_sheetname(sheet)}!${letter}$2:${letter}${len(words) + 1}"


def _guard(sheet: Any, number: int, column: FileColumn, source: str) -> None:
    """What the spreadsheet itself refuses or warns about."""
    letter = get_column_letter(number)
    cells = f"{letter}2:{letter}{ROWS + 1}"
    if column.kind == "day":
        rule = DataValidation(type="date", operator="greaterThan", formula1="7306")
        rule.error = _("Write a day, for example 31.12.1990.")
    elif source and column.kind in ("choice", "yes", "organisation", "text"):
        rule = DataValidation(type="list", formula1=source)
        rule.error = _("Choose from the list.")
        # A position that nobody holds yet is no mistake.
        rule.errorStyle = "warning" if column.kind == "text" else "stop"
    else:
        return
    rule.allow_blank = True
    sheet.add_data_validation(rule)
    rule.add(cells)
