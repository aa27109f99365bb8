"""What the page of one document shows beside its own fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from core.models import Card
from core.page_cache import remember
from core.permissions import is_signed_in
from home.enums import FileRole
from monitoring.queries.belonging import Belonging, measures_of, topics_of

if TYPE_CHECKING:
    from core.permissions import Visitor
    from home.models import DocumentFile, DocumentPage

MAX_CHAIN = 10
_GIVEN_ORDER = (FileRole.MAIN, FileRole.ACCESSIBLE, FileRole.APPENDIX)


@dataclass(frozen=True)
class Heading:
    """An entry of the contents list."""

    anchor: str
    text: str


@dataclass(frozen=True)
class FileLink:
    """What the page shows of a file; ``view_url`` is empty for what only downloads."""

    title: str
    url: str
    view_url: str
    extension: str
    content_type: str
    size: int | None
    pages: int | None
    checksum: str
    note: str


@dataclass(frozen=True)
class PageLink:
    """Another document, or a topic without a date."""

    title: str
    url: str
    day: date | None = None


@dataclass(frozen=True)
class DocumentView:
    """Files, history, neighbours and contents of a document, as plain values."""

    type_name: str
    files: list[FileLink]
    earlier: list[FileLink]
    replaced_by: PageLink | None
    replaces: list[PageLink]
    newest: PageLink | None
    topics: list[Belonging]
    measures: list[Belonging]
    contents: list[Heading]

    @property
    def has_long_text(self) -> bool:
        """Whether a contents list helps."""
        return len(self.contents) > 1


def document_view(page: DocumentPage, user: Visitor) -> DocumentView:
    """Everything beside the fields of ``page``; neighbours only as far as ``user`` may see them.

    Kept for the published page until something of it changes; a draft is read anew.
    """
    if not page.live or page.has_unpublished_changes:
        return _read(page, user)
    audience = "in" if is_signed_in(user) else "out"
    key = f"document:{page.pk}:{page.live_revision_id}:{audience}"
    return remember(key, lambda: _read(page, user))


def _read(page: DocumentPage, user: Visitor) -> DocumentView:
    files = _files(page)
    chain = replacement_chain(page)
    cards = _neighbours(page, chain, user)
    newer = {other.pk for other in chain}
    older = [card for number, card in cards.items() if number not in newer]
    seen = [cards[other.pk] for other in chain if other.pk in cards]
    direct = cards.get(page.replaced_by_id) if page.replaced_by_id else None
    newest = seen[-1] if seen and seen[-1] != direct else None
    return DocumentView(
        type_name=page.type_name,
        files=[_file_link(file, file.role_note) for file in _given(files)],
        earlier=[
            _file_link(file, file.version_words)
            for file in sorted(files, key=_version, reverse=True)
            if file.role == FileRole.EARLIER
        ],
        replaced_by=_page_link(direct) if direct else None,
        replaces=[_page_link(card) for card in sorted(older, key=_day, reverse=True)],
        newest=_page_link(newest) if newest else None,
        topics=topics_of(page, user),
        measures=measures_of(page),
        contents=contents_of(page.body),
    )


def _version(file: DocumentFile) -> tuple[date, int]:
    return (file.version_date or date.min, -(file.sort_order or 0))


def _day(card: Card) -> date:
    return card.date


def _page_link(card: Card) -> PageLink:
    return PageLink(card.title, card.url, card.date)


def _file_link(file: DocumentFile, note: str) -> FileLink:
    document = file.document
    return FileLink(
        title=file.words,
        url=document.url,
        view_url=document.view_url,
        extension=document.file_extension,
        content_type=document.content_type.partition(";")[0],
        size=document.file_size,
        pages=document.page_count,
        checksum=document.checksum,
        note=note,
    )


def contents_of(body: Any) -> list[Heading]:
    """The headings of a text, for its contents list."""
    return [
        Heading(block.value["anchor"], block.value["text"])
        for block in body
        if block.block_type == "heading"
    ]


def replacement_chain(page: DocumentPage) -> list[DocumentPage]:
    """The documents that replaced this one, one after another, the newest last."""
    chain: list[DocumentPage] = []
    following = page.replaced_by
    while following is not None and following not in chain and len(chain) < MAX_CHAIN:
        chain.append(following)
        following = following.replaced_by
    return chain


def _files(page: DocumentPage) -> list[DocumentFile]:
    files: Any = page.files
    found = files.select_related("document")
    # The text of a file may be a whole book; nothing here shows it.
    return list(found.defer("document__text") if isinstance(found, QuerySet) else found)


def _given(files: list[DocumentFile]) -> list[DocumentFile]:
    given = [file for file in files if file.role in _GIVEN_ORDER]
    return sorted(given, key=lambda file: _GIVEN_ORDER.index(FileRole(file.role)))


def _neighbours(page: DocumentPage, chain: list[DocumentPage], user: Visitor) -> dict[int, Card]:
    """Cards of what replaced this document and of what it replaced; one query, two if any."""
    # By relation first: so the page cache knows which documents this page hangs on.
    ids = [other.pk for other in chain]
    if page.pk:
        ids += type(page).objects.filter(replaced_by=page.pk).values_list("pk", flat=True)
    if not ids:
        return {}
    cards = Card.objects.visible_to(user).filter(page__in=ids).defer("text")
    return {card.page_id: card for card in cards}
