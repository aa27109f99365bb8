"""A paper as DOCX: A4 on its side, Times, numbered pages, tables whose heads repeat."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.utils import timezone
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from core.office.paper import Cell, Column, Paper, Table, Value, plain
from core.office.words import shown, table_title

FONT = "Times New Roman"
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
LINK_COLOUR = "1F4E79"
HEAD_COLOUR = "E7ECF1"
LANGUAGES = {"ru": "ru-RU", "en": "en-GB"}


def write_docx(paper: Paper) -> bytes:
    """The file as bytes."""
    document = Document()
    _set_up(document, paper)
    if paper.organisation:
        _line(document, paper.organisation, after=6)
    _line(document, paper.title, size=14, bold=True, style="Title")
    for text in paper.subtitle:
        _line(document, text)
    if paper.warning:
        _line(document, paper.warning, bold=True, colour=RGBColor(0xA6, 0x1B, 0x1B), before=6)
    for index, text in enumerate(paper.paragraphs):
        paragraph = document.add_paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(12.5)
        paragraph.paragraph_format.space_before = Pt(10 if index == 0 else 0)
    for number, table in enumerate(paper.tables, start=1):
        _add_table(document, table, table_title(number, table.title))
    for text in paper.signatures:
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.space_before = Pt(18)
        paragraph.paragraph_format.keep_together = True
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, paper: Paper) -> None:
    """Page, fonts, page numbers at the top from the second page on, properties."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(10)
    section.top_margin = section.bottom_margin = Mm(15)
    section.header_distance = Mm(8)
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(header, "PAGE")

    normal = document.styles["Normal"]
    _font(normal, 12)
    normal.paragraph_format.space_after = Pt(0)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGES.get(paper.language, paper.language))
    normal.element.get_or_add_rPr().append(language)
    for name, size in (("Title", 14), ("Heading 1", 12), ("Header", 12)):
        style = document.styles[name]
        _font(style, size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        border = style.element.find(qn("w:pPr"))
        if border is not None and (line := border.find(qn("w:pBdr"))) is not None:
            border.remove(line)

    properties = document.core_properties
    moment = paper.created or timezone.now()
    properties.title = paper.title
    properties.subject = " ".join(paper.subtitle)[:255]
    properties.author = properties.last_modified_by = paper.organisation[:255]
    properties.keywords = ", ".join(paper.keywords)[:255]
    properties.comments = ""
    properties.language = paper.language
    properties.created = properties.modified = moment.replace(tzinfo=None)


def _font(style: Any, size: int) -> None:
    style.font.name = FONT
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)


def _field(paragraph: Any, code: str) -> None:
    """A field that the word processor fills, such as the page number."""
    for kind, text in (("begin", None), (None, code), ("separate", None), ("end", None)):
        run = paragraph.add_run()
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        run._r.append(element)


def _line(
    document: Any,
    text: str,
    *,
    size: int = 12,
    bold: bool = False,
    style: str | None = None,
    colour: RGBColor | None = None,
    before: int = 0,
    after: int = 0,
) -> None:
    """A centred line of the title block."""
    paragraph = document.add_paragraph(style=style)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    run = paragraph.add_run(text)
    run.bold = bold
    run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = colour


def _add_table(document: Any, table: Table, title: str) -> None:
    heading = document.add_paragraph(title, style="Heading 1")
    heading.paragraph_format.space_before = Pt(14)
    heading.paragraph_format.space_after = Pt(4)
    heading.paragraph_format.keep_with_next = True
    grid = document.add_table(rows=1, cols=len(table.columns))
    grid.style = "Table Grid"
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    for line, column in zip(grid.columns, table.columns, strict=True):
        line.width = Mm(column.width)
    _pad(grid)
    head = grid.rows[0]
    for cell, column in zip(head.cells, table.columns, strict=True):
        _fill(cell, column.title, column, head=True)
    _mark(head, "w:tblHeader")
    _mark(head, "w:cantSplit")
    starts = _merge_starts(table)
    cells_above: list[Any] = []
    for index, row in enumerate(table.rows):
        line = grid.add_row()
        _mark(line, "w:cantSplit")
        cells = line.cells
        for place, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            if column.merge and not starts[index][place]:
                cells[place].width = Mm(column.width)
                cells_above[place].merge(cells[place])
                continue
            _fill(cells[place], value, column)
        if index + 1 < len(table.rows) and not all(starts[index + 1]):
            for cell in cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True
        cells_above = list(line.cells)
    for note in table.notes:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(3)
        paragraph.add_run(note).font.size = Pt(10)


def _merge_starts(table: Table) -> list[list[bool]]:
    """For each cell: does it begin a new merged block? Blocks of later columns lie in earlier."""
    starts: list[list[bool]] = []
    for index, row in enumerate(table.rows):
        line: list[bool] = []
        for place, column in enumerate(table.columns):
            same = (
                column.merge
                and index > 0
                and plain(row[place]) == plain(table.rows[index - 1][place])
                and not any(
                    begins
                    for begins, other in zip(line, table.columns, strict=False)
                    if other.merge
                )
            )
            line.append(not same)
        starts.append(line)
    return starts


def _fill(cell: Any, value: Value | Cell, column: Column, *, head: bool = False) -> None:
    cell.width = Mm(column.width)
    cell.vertical_alignment = (
        WD_CELL_VERTICAL_ALIGNMENT.CENTER if head else WD_CELL_VERTICAL_ALIGNMENT.TOP
    )
    paragraph = cell.paragraphs[0]
    paragraph.alignment = ALIGN["center" if head else column.align]
    links = value.links if isinstance(value, Cell) else ()
    for index, (words, address) in enumerate(links):
        if index:
            paragraph.add_run("; ").font.size = Pt(10)
        _link(paragraph, words, address)
    if not links:
        run = paragraph.add_run(shown(plain(value)))
        run.font.size = Pt(10)
        run.bold = head
    if head:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), HEAD_COLOUR)
        cell._tc.get_or_add_tcPr().append(shade)


def _link(paragraph: Any, words: str, address: str) -> None:
    """Words that lead to an address outside the file."""
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    run = paragraph.add_run(words)
    run.font.size = Pt(10)
    run.font.underline = True
    run.font.color.rgb = RGBColor.from_string(LINK_COLOUR)
    link.append(run._r)
    paragraph._p.append(link)


def _pad(grid: Any) -> None:
    """A little air around the words of every cell."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 30), ("left", 70), ("bottom", 30), ("right", 70)):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), str(width))
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    look = grid._tbl.tblPr.find(qn("w:tblLook"))
    if look is None:
        grid._tbl.tblPr.append(margins)
    else:
        look.addprevious(margins)


def _mark(row: Any, name: str) -> None:
    """Set a yes/no property of a table row."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))
