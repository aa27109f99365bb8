"""Texts of uploaded files: taken out in the background, then carried into the catalogue."""

from __future__ import annotations

import logging

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from core.enums import TextState
from core.extraction.process import read_apart
from core.extraction.readers import READERS, UnreadableFile
from core.models import CardPageMixin, PortalDocument
from core.services.cards import follow_page

logger = logging.getLogger(__name__)


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
        follow_page(page=page)
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
    ending = document.file_extension.lower()
    if ending not in READERS:
        return "", None, TextState.EMPTY
    try:
        with document.open_file() as file:
            found = read_apart(file, ending)
    except (UnreadableFile, OSError) as error:
        reason = str(error) if isinstance(error, UnreadableFile) else type(error).__name__
        logger.warning("File %s could not be read: %s", document.pk, reason)
        return "", None, TextState.FAILED
    return found.text, found.pages, TextState.READY if found.text else TextState.EMPTY
