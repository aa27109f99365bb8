"""Small real files of the demonstration: opened by an office program, found by the search."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font

from core.models import PortalDocument
from core.services.files import store_file
from home.services.structure import read_data

MARK = "Демонстрационный документ: содержание вымышлено."


def make_demo_file(*, slug: str, title: str) -> PortalDocument:
    """Write the file of a demonstration document: a table becomes XLSX, a text DOCX."""
    content = read_data("demo_documents.json")[slug]
    is_table = isinstance(content, dict)
    data = _workbook(title, content) if is_table else _text(title, content)
    marked = f"{title} (демо)"
    return store_file(name=f"{marked}.{'xlsx' if is_table else 'docx'}", content=data, title=marked)


def _text(title: str, parts: list[Any]) -> bytes:
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = "МКУ «ИМЦ» (демо)"
    document.core_properties.language = "ru-RU"
    document.add_heading(title, level=0)
    document.add_paragraph(MARK)
    for heading, paragraphs in parts:
        document.add_heading(heading, level=1)
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _workbook(title: str, content: dict[str, Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Демо"
    sheet.append([title])
    sheet.append([MARK])
    sheet.append([])
    sheet.append(content["header"])
    for row in content["rows"]:
        sheet.append(row)
    for cell in [sheet["A1"], *sheet[4]]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDE", (52, 18, 24, 22, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
