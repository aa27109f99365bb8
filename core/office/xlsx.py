"""A paper as XLSX: a sheet for each table, with filters, frozen head and print settings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from core.office.paper import Cell, Paper, Table, Value, plain
from core.office.words import shown, table_title

FONT = "Times New Roman"
THIN = Side(style="thin", color="808080")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD_FILL = PatternFill("solid", fgColor="E7ECF1")
MM_PER_UNIT = 2.05  # one unit of column width is about two millimetres
LETTERS_PER_UNIT = 1.12  # of 10-point Times
LINE_HEIGHT = 13.5
FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


def write_xlsx(paper: Paper) -> bytes:
    """The file as bytes."""
    book = Workbook()
    book.remove(book.active)
    moment = paper.created or timezone.now()
    book.properties.title = paper.title
    book.properties.subject = " ".join(paper.subtitle)[:255]
    book.properties.creator = book.properties.lastModifiedBy = paper.organisation[:255]
    book.properties.keywords = ", ".join(paper.keywords)[:255]
    book.properties.language = paper.language
    book.properties.created = book.properties.modified = moment.replace(tzinfo=None)
    for number, table in enumerate([*paper.tables, *paper.lists], start=1):
        _add_sheet(book, paper, table, number)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _add_sheet(book: Workbook, paper: Paper, table: Table, number: int) -> None:
    sheet = book.create_sheet(table.sheet[:31])
    last = get_column_letter(len(table.columns))
    width = sum(column.width for column in table.columns) / MM_PER_UNIT
    lines: list[tuple[str, bool]] = [(paper.organisation, False)] if paper.organisation else []
    lines += [(paper.title, True), *((text, False) for text in paper.subtitle)]
    if paper.warning:
        lines.append((paper.warning, True))
    if number == 1:
        lines += [(text, False) for text in paper.paragraphs]
    lines.append((table_title(number, table.title), True))
    for row, (text, bold) in enumerate(lines, start=1):
        sheet.merge_cells(f"A{row}:{last}{row}")
        cell = sheet.cell(row, 1, text)
        cell.font = Font(name=FONT, size=12, bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = 16 * _lines(text, width * 0.85)
    head = len(lines) + 1
    for place, column in enumerate(table.columns, start=1):
        cell = sheet.cell(head, place, column.title)
        cell.font = Font(name=FONT, size=10, bold=True)
        cell.fill = HEAD_FILL
        cell.border = GRID
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(place)].width = column.width / MM_PER_UNIT
    for offset, values in enumerate(table.rows, start=1):
        _add_row(sheet, head + offset, values, table)
    bottom = head + len(table.rows)
    for offset, note in enumerate(table.notes, start=1):
        sheet.merge_cells(f"A{bottom + offset}:{last}{bottom + offset}")
        cell = sheet.cell(bottom + offset, 1, note)
        cell.font = Font(name=FONT, size=10)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[bottom + offset].height = LINE_HEIGHT * _lines(note, width)
    sheet.auto_filter.ref = f"A{head}:{last}{bottom}"
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"
    sheet.oddFooter.center.font = f"{FONT},Regular"
    sheet.page_margins.left, sheet.page_margins.right = 0.79, 0.39


def _add_row(sheet: Any, row: int, values: Any, table: Table) -> None:
    height = 1
    for place, (value, column) in enumerate(zip(values, table.columns, strict=True), start=1):
        cell = sheet.cell(row, place)
        _put(cell, value)
        cell.border = GRID
        cell.alignment = Alignment(horizontal=column.align, vertical="top", wrap_text=True)
        height = max(height, _lines(shown(plain(value)), column.width / MM_PER_UNIT))
    sheet.row_dimensions[row].height = LINE_HEIGHT * height + 2


def _put(cell: Any, value: Value | Cell) -> None:
    """A number stays a number and a date a date; words never become a formula."""
    cell.font = Font(name=FONT, size=10)
    content = plain(value)
    if isinstance(content, Decimal):
        whole = content == content.to_integral_value()
        cell.value = int(content) if whole else float(content)
        cell.number_format = "General"
    elif isinstance(content, date):
        cell.value = content
        cell.number_format = "DD.MM.YYYY"
    elif isinstance(content, str):
        cell.value = content
        cell.data_type = "s"
        cell.quotePrefix = content.startswith(FORMULA_START)
    else:
        cell.value = content
    links = value.links if isinstance(value, Cell) else ()
    if links:
        cell.hyperlink = links[0][1]
        cell.font = Font(name=FONT, size=10, color="1F4E79", underline="single")


def _lines(text: str, width: float) -> int:
    """How many lines ``text`` takes in a column of ``width`` characters."""
    letters = max(width * LETTERS_PER_UNIT, 1)
    return sum(max(1, ceil(len(part) / letters)) for part in text.split("\n"))
