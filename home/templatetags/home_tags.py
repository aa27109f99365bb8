"""Tags of the public pages: navigation inside a section, contents, cards of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from core.enums import Access
from core.models import Card
from core.templatetags.drawing_tags import state
from core.templatetags.frame_tags import reuse
from home.enums import DocumentStatus

register = template.Library()

HOME_DEPTH = 2


@dataclass
class NavItem:
    """A page in the side navigation."""

    title: str
    url: str
    active: bool = False
    children: list[NavItem] = field(default_factory=list)


@dataclass
class SectionNav:
    """The section a page stands in and the pages of it."""

    title: str
    url: str
    items: list[NavItem]


@register.simple_tag(takes_context=True)
def section_nav(context: Mapping[str, Any], page: Page) -> SectionNav | None:
    """The long section ``page`` belongs to; None where there is nothing to go to. One query."""
    if not page.pk or page.depth <= HOME_DEPTH:
        return None
    request = context.get("request")
    top_path = page.path[: (HOME_DEPTH + 1) * Page.steplen]
    found = list(
        Page.objects.filter(path__startswith=top_path, depth__lte=HOME_DEPTH + 3)
        .live()
        .order_by("path")
        .only("title", "url_path", "slug", "path", "depth", "locale_id")
    )
    if not found or found[0].path != top_path:
        return None
    top, *below = found
    items: list[NavItem] = []
    opened: NavItem | None = None
    for entry in below:
        url = entry.get_url(request) or ""
        item = NavItem(entry.title, url, active=page.path.startswith(entry.path))
        if entry.depth == HOME_DEPTH + 2:
            items.append(item)
            opened = item if item.active else None
        elif opened is not None:
            opened.children.append(item)
    return SectionNav(top.title, top.get_url(request) or "", items) if items else None


@dataclass(frozen=True)
class Heading:
    """An entry of the contents list."""

    anchor: str
    text: str


@register.simple_tag
def headings(body: Iterable[Any] | None, sections: Iterable[tuple[Any, str]] = ()) -> list[Heading]:
    """The heading blocks of a page and the sections that other apps put below them.

    None for fewer than three, where a list would only be noise.
    """
    found = [
        Heading(block.value["anchor"], block.value["text"])
        for block in body or []
        if block.block_type == "heading" and block.value["anchor"]
    ]
    found += [Heading(section.anchor, str(section.heading)) for section, _html in sections]
    return found if len(found) > 2 else []


@register.simple_tag(takes_context=True)
def cards(
    context: Mapping[str, Any],
    kind: str,
    limit: int = 4,
    topic: Any = None,
    exclude: Any = None,
) -> list[Card]:
    """The newest published things of one kind that this visitor may see. One query."""
    request = context["request"]
    found = Card.objects.visible_to(request.user).of_kind(kind).in_language(get_language() or "ru")
    if topic is not None:
        found = found.filter(topics=topic)
    if exclude is not None:
        found = found.exclude(page_id=exclude.pk)
    return list(found.defer("text").newest_first()[:limit])


@register.simple_tag(takes_context=True)
def child_cards(context: Mapping[str, Any], page: Page) -> list[Card]:
    """Cards of the pages right below ``page`` in the order of the tree. One query."""
    if not page.pk:
        return []
    found = Card.objects.visible_to(context["request"].user).filter(
        page__path__startswith=page.path, page__depth=page.depth + 1
    )
    return list(found.defer("text").order_by("page__path"))


class CardFile(NamedTuple):
    """What a row tells of a file."""

    extension: str
    size: int | None


class CardRow(NamedTuple):
    """Everything a row of a list shows of a card; equal rows look alike."""

    title: str
    url: str
    summary: str
    date: date
    group_label: str
    number: str
    status: str
    status_note: str
    access: str
    files: tuple[CardFile, ...]

    @property
    def access_words(self) -> str:
        """Who may open it."""
        return str(Access(self.access).label)


@register.simple_tag
def card_row(card: Card, level: int = 3) -> SafeString:
    """The row of a card in a list."""
    details = card.details
    files = tuple(
        CardFile(file["extension"], file["size"]) for file in details.get("files", [])[:3]
    )
    row = CardRow(
        card.title,
        card.url,
        card.summary,
        card.date,
        card.group_label,
        card.number,
        card.status,
        details.get("status_note", ""),
        card.access,
        files,
    )
    return reuse("components/card_row.html", card=row, level=level)


@register.simple_tag
def card_state(card: Card) -> SafeString:
    """The badge of a card that has a status: so far the documents of the library."""
    if card.status not in DocumentStatus.values:
        return mark_safe("")
    code = "project" if card.status == DocumentStatus.DRAFT else card.status
    return state(code, DocumentStatus(card.status).label)
