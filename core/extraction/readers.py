"""One reader for each kind of file. Each takes an open binary file and yields pieces of text.

Readers get files that strangers made: they read no more than they are asked for, never follow
external entities and leave a damaged file with ``UnreadableFile``.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

from defusedxml.ElementTree import iterparse

if TYPE_CHECKING:
    from pypdf import PdfReader

# The libraries of PDF and XLSX are loaded by the reader that needs them: each file is read in a
# process of its own.

# A part of an office file that unpacks to more than this is no text that anybody wrote.
_MAX_PART = 60 * 1024 * 1024
_MAX_PAGES = 2_000
ENCRYPTED = "encrypted"

_WORD_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_WORD_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
_SLIDE_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_ODF_PARAGRAPH = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_ODF_HEADING = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}h"


class UnreadableFile(Exception):
    """The file is encrypted, damaged or larger inside than it may be."""


def read_pdf(file: IO[bytes]) -> Iterator[str]:
    """Text of each page of a PDF; a scan without a text layer yields nothing."""
    for page in _open_pdf(file).pages[:_MAX_PAGES]:
        yield page.extract_text() or ""


def count_pages(file: IO[bytes]) -> int:
    """How many pages a PDF has."""
    return len(_open_pdf(file).pages)


def _open_pdf(file: IO[bytes]) -> PdfReader:
    from pypdf import PdfReader

    reader = PdfReader(file)
    # Restrictions on printing leave the password for opening empty; such a file opens.
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFile(ENCRYPTED)
    return reader


def read_docx(file: IO[bytes]) -> Iterator[str]:
    """Paragraphs of a Word file, those inside tables too, then foot- and endnotes."""
    with zipfile.ZipFile(file) as archive:
        for part in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            if part in archive.namelist():
                yield from _paragraphs(archive, part, {_WORD_PARAGRAPH}, _WORD_TEXT)


def read_pptx(file: IO[bytes]) -> Iterator[str]:
    """Text of each slide of a presentation."""
    with zipfile.ZipFile(file) as archive:
        slides = [name for name in archive.namelist() if name.startswith("ppt/slides/slide")]
        for part in sorted(slides, key=lambda name: (len(name), name)):
            yield from _paragraphs(archive, part, {_SLIDE_TEXT.replace("}t", "}p")}, _SLIDE_TEXT)


def read_xlsx(file: IO[bytes]) -> Iterator[str]:
    """Cells of every sheet of a workbook, row by row."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            if info.file_size > _MAX_PART:
                raise UnreadableFile("too large inside")
    file.seek(0)
    book = load_workbook(file, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            yield sheet.title
            for row in sheet.iter_rows(values_only=True):
                yield " ".join(str(cell) for cell in row if cell is not None)
    finally:
        book.close()


def read_odf(file: IO[bytes]) -> Iterator[str]:
    """Paragraphs and headings of an OpenDocument text, table or presentation."""
    with zipfile.ZipFile(file) as archive:
        if "META-INF/manifest.xml" in archive.namelist():
            with archive.open("META-INF/manifest.xml") as manifest:
                if b"encryption-data" in manifest.read(1024 * 1024):
                    raise UnreadableFile(ENCRYPTED)
        yield from _paragraphs(archive, "content.xml", {_ODF_PARAGRAPH, _ODF_HEADING}, None)


def read_text(file: IO[bytes]) -> Iterator[str]:
    """A plain file, in UTF-8 or in the encoding Russian offices used before it."""
    content = file.read(_MAX_PART)
    try:
        yield content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield content.decode("cp1251", errors="replace")


def _paragraphs(
    archive: zipfile.ZipFile, part: str, paragraphs: set[str], text_tag: str | None
) -> Iterator[str]:
    """Text of each paragraph of a part; without ``text_tag`` all that is inside it counts."""
    if archive.getinfo(part).file_size > _MAX_PART:
        raise UnreadableFile("too large inside")
    with archive.open(part) as source:
        for _event, element in iterparse(source, forbid_dtd=True):
            if element.tag not in paragraphs:
                continue
            if text_tag is None:
                yield " ".join(element.itertext())
            else:
                yield "".join(node.text or "" for node in element.iter(text_tag))
            element.clear()


READERS: dict[str, Callable[[IO[bytes]], Iterator[str]]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "pptx": read_pptx,
    "xlsx": read_xlsx,
    "odt": read_odf,
    "ods": read_odf,
    "odp": read_odf,
    "txt": read_text,
    "csv": read_text,
    "vtt": read_text,
}
