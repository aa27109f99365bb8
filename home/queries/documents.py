"""What the page of one document shows beside its own fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.models import Card
from home.enums import DocumentStatus, FileRole
from monitoring.models import RoadMapPage

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
class MeasureLink:
    """A measure and its place on the road map page ("": there is no such page)."""

    number: str
    title: str
    url: str


@dataclass(frozen=True)
class DocumentView:
    """Files, history, neighbours and contents of a document."""

    files: list[DocumentFile]
    earlier: list[DocumentFile]
    replaced_by: Card | None
    replaces: list[Card]
    newest: Card | None
    topics: list[Any]
    measures: list[MeasureLink]
    contents: list[Heading]

    @property
    def has_long_text(self) -> bool:
        """Whether a contents list helps."""
        return len(self.contents) > 1


def document_view(page: DocumentPage, user: Visitor) -> DocumentView:
    """Everything beside the fields of ``page``; neighbours only as far as ``user`` may see them."""
    files = _files(page)
    chain = replacement_chain(page)
    cards = _neighbours(page, chain, user)
    older = [card for card in cards.values() if card.page_id not in {other.pk for other in chain}]
    seen = [cards[other.pk] for other in chain if other.pk in cards]
    direct = cards.get(page.replaced_by_id) if page.replaced_by_id else None
    newest = seen[-1] if seen and seen[-1] != direct else None
    return DocumentView(
        files=_given(files),
        earlier=sorted(
            (file for file in files if file.role == FileRole.EARLIER),
            key=lambda file: (file.version_date is not None, file.version_date),
            reverse=True,
        ),
        replaced_by=direct,
        replaces=sorted(older, key=lambda card: card.date, reverse=True),
        newest=newest,
        topics=_topics(page, user),
        measures=_measures(page),
        contents=contents_of(page.body),
    )


def current_files(page: DocumentPage) -> list[DocumentFile]:
    """The files that are the document now, the main one first."""
    return _given(_files(page))


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
    """All files; read once, though several parts of the page ask."""
    if not hasattr(page, "_all_files"):
        files: Any = page.files
        page._all_files = list(  # type: ignore[attr-defined]
            files.select_related("document") if page.pk else files.all()
        )
    return page._all_files  # type: ignore[attr-defined, no-any-return]


def _given(files: list[DocumentFile]) -> list[DocumentFile]:
    given = [file for file in files if file.role in _GIVEN_ORDER]
    return sorted(given, key=lambda file: _GIVEN_ORDER.index(FileRole(file.role)))


def _neighbours(page: DocumentPage, chain: list[DocumentPage], user: Visitor) -> dict[int, Card]:
    """Cards of what replaced this document and of what it replaced."""
    numbers = [other.pk for other in chain]
    if page.pk:
        numbers += page.replaces.values_list("pk", flat=True)
    if not numbers:
        return {}
    cards = Card.objects.visible_to(user).filter(page_id__in=numbers).defer("text")
    return {card.page_id: card for card in cards}


def _topics(page: DocumentPage, user: Visitor) -> list[dict[str, str]]:
    """Names of the topics with the addresses of their pages."""
    topics = list(page.topics.all())
    if not topics:
        return []
    cards = Card.objects.visible_to(user).of_kind("topic").filter(card_topics__topic__in=topics)
    urls = dict(cards.values_list("card_topics__topic_id", "url"))
    return [{"name": topic.name, "url": urls.get(topic.pk, "")} for topic in topics]


def _measures(page: DocumentPage) -> list[MeasureLink]:
    measures = list(page.measures.all())
    if not measures:
        return []
    pages = RoadMapPage.objects.live().filter(locale_id=page.locale_id)
    url = next((road_map_page.url for road_map_page in pages[:1]), "") or ""
    links = []
    for measure in sorted(measures, key=lambda measure: measure.order):
        number = measure.number.rstrip(".")
        anchor = f"{url}#mera-{number.replace('.', '-')}" if url else ""
        links.append(MeasureLink(number, measure.title, anchor))
    return links


def status_words(status: str) -> str:
    """The word of a status; "" for none."""
    return str(DocumentStatus(status).label) if status in DocumentStatus.values else ""
