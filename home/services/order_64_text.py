"""Order No. 64 as blocks of a page: headings, paragraphs, lists and its two tables.

The source is the text of the order as it was received, with the marks and torn table rows of the
recognition it went through. No word of it is changed, added or left out, its mistakes included.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.utils.html import escape

SOURCE = Path(__file__).resolve().parent.parent / "data" / "order_64.txt"
INDICATORS = "3. Показатели «Дорожной карты»"
MEASURES = "4. План мероприятий"
# Lines that begin a part, with the anchor under which the part can be linked to.
PARTS = {
    "ПРИКАЗ": "prikaz",
    "План («Дорожная карта»)": "plan",
    "1. Описание «Дорожной карты»:": "opisanie",
    "2. В деятельности МЦПК выделены следующие направления деятельности:": "napravleniya",
    INDICATORS: "pokazateli",
    MEASURES: "meropriyatiya",
}
INDICATOR_COLUMNS = ["№ п/п", "Наименование показателя/результата", *map(str, range(2020, 2025))]
MEASURE_COLUMNS = [
    "№ п/п",
    "Мероприятие",
    "Дата начала мероприятия",
    "Дата окончания мероприятия",
    "Ответственный исполнитель",
    "Планируемый результат",
]
_MARKUP = re.compile(r"</?(?:p|i)>|\*\*")
_ITEM = re.compile(r"-\s*(.+)")
_SUBHEADING = re.compile(r"(?:- )?2\.\d\. ")
_NUMBERED = re.compile(r"(\d+(?:\.\d+)?\.)\s+(.+)", re.S)


def order_blocks(source: str | None = None) -> list[dict[str, Any]]:
    """Raw value of a page body (``core.blocks.BodyBlock``) with the whole text of the order."""
    text = SOURCE.read_text(encoding="utf-8") if source is None else source
    lines = text.splitlines()
    indicators = _line(lines, INDICATORS)
    measures = _line(lines, MEASURES)
    return [
        *_prose(lines[:indicators]),
        _heading(INDICATORS),
        _indicator_table(lines[indicators + 1 : measures]),
        _heading(MEASURES),
        _measure_table(lines[measures + 1 :]),
    ]


def _line(lines: list[str], wanted: str) -> int:
    return next(number for number, line in enumerate(lines) if _bare(line) == wanted)


def _bare(line: str) -> str:
    return _MARKUP.sub("", line).strip()


def _heading(text: str) -> dict[str, Any]:
    return {"type": "heading", "value": {"text": text, "anchor": PARTS[text]}}


def _prose(lines: list[str]) -> list[dict[str, Any]]:
    """Headings and rich text of everything before the tables."""
    blocks: list[dict[str, Any]] = []
    html: list[str] = []
    for paragraph in _paragraphs(lines):
        if paragraph in PARTS:
            _flush(blocks, html)
            blocks.append(_heading(paragraph))
        else:
            html.append(_html(paragraph))
    _flush(blocks, html)
    return blocks


def _paragraphs(lines: list[str]) -> list[str]:
    """Lines, with those of a bold passage put together: it is torn in the source."""
    paragraphs: list[str] = []
    bold: list[str] | None = None
    for line in lines:
        stripped = line.strip()
        if not stripped:
            continue
        if bold is None and stripped.startswith("**") and not stripped.endswith("**"):
            bold = [stripped]
        elif bold is not None:
            bold.append(stripped)
            if stripped.endswith("**"):
                paragraphs.append(" ".join(bold))
                bold = None
        else:
            paragraphs.append(stripped if _is_bold(stripped) else _MARKUP.sub("", stripped))
    return paragraphs


def _is_bold(paragraph: str) -> bool:
    return paragraph.startswith("**") and paragraph.endswith("**")


def _html(paragraph: str) -> str:
    if _is_bold(paragraph):
        return f"<p><b>{escape(paragraph.strip('*'))}</b></p>"
    if _SUBHEADING.match(paragraph):
        return f"<h3>{escape(paragraph.removeprefix('- '))}</h3>"
    if item := _ITEM.fullmatch(paragraph):
        return f"<li>{escape(item[1])}</li>"
    return f"<p>{escape(paragraph)}</p>"


def _flush(blocks: list[dict[str, Any]], html: list[str]) -> None:
    """End a passage of rich text; neighbouring items become one list."""
    if html:
        text = re.sub(r"((?:<li>.*?</li>)+)", r"<ul>\1</ul>", "".join(html))
        blocks.append({"type": "text", "value": text})
        html.clear()


def _indicator_table(lines: list[str]) -> dict[str, Any]:
    rows: list[list[str]] = []
    for cells in _rows(lines):
        if cells[0] == INDICATOR_COLUMNS[0] or cells[2:] == INDICATOR_COLUMNS[2:]:
            continue
        if not cells[0] and rows:
            _continue(rows[-1], cells)
            continue
        if len([cell for cell in cells if cell]) == 1 and (number := _NUMBERED.match(cells[0])):
            cells = [number[1], number[2]]
        rows.append(_filled(cells, len(INDICATOR_COLUMNS)))
    return _table("Показатели «Дорожной карты». Период, год", INDICATOR_COLUMNS, rows)


def _measure_table(lines: list[str]) -> dict[str, Any]:
    rows: list[list[str]] = []
    for cells in _rows(lines):
        if cells[0] == MEASURE_COLUMNS[0]:
            continue
        if not cells[0] and rows:
            _continue(rows[-1], cells)
            continue
        if number := _NUMBERED.match(cells[0]):
            cells = [number[1], number[2], *cells[1:]]
        rows.append(_filled(cells, len(MEASURE_COLUMNS)))
    return _table("План мероприятий «Дорожной карты»", MEASURE_COLUMNS, rows)


def _rows(lines: list[str]) -> list[list[str]]:
    return [[_bare(cell) for cell in line.split("\t")] for line in lines if line.strip()]


def _continue(row: list[str], cells: list[str]) -> None:
    """Add a torn row to the one above: its left cells count from the left, the last from the right.

    Between the two the recognition lost or doubled empty cells, so their number says nothing.
    """
    last = next((n for n in range(len(cells) - 1, -1, -1) if not cells[n]), -1)
    right = cells[last + 1 :]
    left = cells[1 : last + 1] if right else cells[1:]
    for position, text in enumerate(left, start=1):
        if text:
            row[position] = f"{row[position]} {text}".strip()
    for position, text in zip(range(len(row) - len(right), len(row)), right, strict=True):
        row[position] = f"{row[position]} {text}".strip()


def _filled(cells: list[str], length: int) -> list[str]:
    return (cells + [""] * length)[:length]


def _table(caption: str, columns: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return {
        "type": "table",
        "value": {
            "caption": caption,
            "table": {
                "columns": [{"type": "text", "heading": heading} for heading in columns],
                "rows": [{"values": row} for row in rows],
                "caption": "",
            },
        },
    }
