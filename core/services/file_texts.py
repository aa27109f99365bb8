"""Texts of uploaded files: taken out in the background, then carried into the catalogue."""

from __future__ import annotations

import logging
import zipfile
from unicodedata import normalize
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from django.contrib.contenttypes.models import ContentType
from openpyxl.utils.exceptions import InvalidFileException
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from wagtail.models import Page, ReferenceIndex

from core.enums import TextState
from core.extraction.readers import READERS, UnreadableFile
from core.models import CardPageMixin, PortalDocument
from core.services.cards import refresh_card

logger = logging.getLogger(__name__)

# About four hundred pages; a longer file is found by its beginning.
MAX_TEXT = 1_000_000
_DAMAGED = (
    UnreadableFile,
    zipfile.BadZipFile,
    KeyError,
    ParseError,
    DefusedXmlException,
    PyPdfError,
    InvalidFileException,
    ValueError,
    OSError,
    RecursionError,
)


def extract_text(*, document: PortalDocument) -> TextState:
    """Take the text out of a file and renew the cards that show it; safe to repeat.

    A file that cannot be read keeps its place on the site: only the search does not look inside.
    """
    text, pages, state = _read(document)
    PortalDocument.objects.filter(pk=document.pk).update(
        text=text, text_state=state, text_of=document.file_hash, page_count=pages
    )
    document.text, document.text_state, document.page_count = text, state, pages
    for page in pages_showing(document=document):
        refresh_card(page=page)
    return state


def pages_showing(*, document: PortalDocument) -> list[Page]:
    """Published pages in the catalogue that refer to a file."""
    page_type = ContentType.objects.get_for_model(Page)
    ids = ReferenceIndex.get_references_to(document).filter(base_content_type=page_type)
    return [
        page
        for page in Page.objects.filter(
            pk__in=[int(object_id) for object_id in ids.values_list("object_id", flat=True)],
            live=True,
        ).specific()
        if isinstance(page, CardPageMixin)
    ]


def _read(document: PortalDocument) -> tuple[str, int | None, TextState]:
    reader = READERS.get(document.file_extension.lower())
    if reader is None:
        return "", None, TextState.EMPTY
    pieces: list[str] = []
    length = 0
    pages = None
    try:
        with document.open_file() as file:
            if document.file_extension.lower() == "pdf":
                pages = len(PdfReader(file).pages)
                file.seek(0)
            for piece in reader(file):
                # PostgreSQL holds no NUL in a text; some programs write «й» as two characters.
                pieces.append(normalize("NFC", piece.replace("\x00", " ")).strip())
                length += len(piece)
                if length >= MAX_TEXT:
                    break
    except _DAMAGED as error:
        logger.warning("File %s could not be read: %s", document.pk, type(error).__name__)
        return "", pages, TextState.FAILED
    text = "\n".join(piece for piece in pieces if piece)[:MAX_TEXT]
    return text, pages, TextState.READY if text else TextState.EMPTY
