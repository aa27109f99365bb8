"""A page body as a DOCX: headings, paragraphs, lists and tables for office and screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

_ELEMENT = re.compile(r"<(p|h3|h4|li)\b[^>]*>(.*?)</\1>", re.S)
_BOLD = re.compile(r"<(?:b|strong)>(.*?)</(?:b|strong)>", re.S)
_TAG = re.compile(r"<[^>]+>")


def docx_from_blocks(
    *, title: str, author: str, note: str, blocks: Iterable[Mapping[str, Any]]
) -> bytes:
    """The file; ``blocks`` is the raw value of a page body, ``note`` says what the file is."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, author, "ru-RU"
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(12)
    section = document.sections[-1]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(title, level=0)
    document.add_paragraph(note, style="Intense Quote")
    for block in blocks:
        _add_block(document, block["type"], block["value"])
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_block(document: DocumentType, kind: str, value: Any) -> None:
    if kind == "heading":
        document.add_heading(value["text"], level=1)
    elif kind == "text":
        for tag, html in _ELEMENT.findall(value):
            _add_text(document, tag, html)
    elif kind == "table":
        _add_table(document, value["caption"], value["table"])


def _add_text(document: DocumentType, tag: str, html: str) -> None:
    if tag in {"h3", "h4"}:
        document.add_heading(_plain(html), level=int(tag[1]) - 1)
        return
    paragraph = document.add_paragraph(style="List Bullet" if tag == "li" else None)
    for number, part in enumerate(_BOLD.split(html)):
        if part:
            paragraph.add_run(_plain(part)).bold = bool(number % 2) or None


def _add_table(document: DocumentType, caption: str, table: Mapping[str, Any]) -> None:
    document.add_paragraph(caption, style="Caption")
    columns = [column["heading"] for column in table["columns"]]
    made = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, heading in zip(made.rows[0].cells, columns, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(heading).bold = True
    # The first row is read aloud with every cell and stands again on every printed page.
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(header)
    for row in table["rows"]:
        for cell, text in zip(made.add_row().cells, row["values"], strict=True):
            cell.text = _plain(str(text))
    document.add_paragraph()


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html))
