"""A long table as XLSX: written row by row, so that its length costs no memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from core.office.xlsx import FORMULA_START

BOLD = Font(bold=True)


def write_long_xlsx(
    *, sheet: str, heads: Sequence[tuple[str, float]], rows: Iterable[Sequence[object]]
) -> IO[bytes]:
    """An open temporary file at its beginning; ``heads`` are titles with widths in characters.

    Words never become a formula; days are days and numbers numbers. The caller closes the file.
    """
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet[:31])
    page.freeze_panes = "A2"
    for place, (_title, width) in enumerate(heads, start=1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.append([_head(page, title) for title, _width in heads])
    for row in rows:
        page.append([_cell(page, value) for value in row])
    out = TemporaryFile()  # noqa: SIM115 the caller closes it, as the docstring says
    book.save(out)
    out.seek(0)
    return out


def _head(page: Any, title: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, title)
    cell.font = BOLD
    return cell


def _cell(page: Any, value: object) -> object:
    if isinstance(value, date):
        cell = WriteOnlyCell(page, value)
        cell.number_format = "DD.MM.YYYY"
        return cell
    if isinstance(value, str) and value.startswith(FORMULA_START):
        cell = WriteOnlyCell(page, value)
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell
    return value
