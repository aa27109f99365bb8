"""What this app itself puts on the home page, on topic pages and into the footer.

Later apps register their parts in the same way from a module of their own.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.cabinet import HOME, register_cabinet_section
from core.chrome import Chrome, Link
from core.models import Card, CardQuerySet, Topic
from core.page_cache import remember, valid_until
from core.page_cache.schedule import next_midnight
from core.registries import register_footer_group
from home.models import DocumentLibraryPage, NewsIndexPage
from home.queries.dates import dates_in_news
from home.registries import (
    next_dates,
    register_home_panel,
    register_search_kind,
    register_topic_section,
    register_upcoming,
)
from home.services.seeding import key_uuid
from monitoring.models import RoadMapPage
from monitoring.queries import indicator_overview
from practices.models import PracticeBankPage
from practices.queries.bank import rows_of

register_cabinet_section(order=0, title=_("First page"), url_name=HOME)

HOME_NEWS = 4
HOME_DOCUMENTS = 3
HOME_PRACTICES = 3
HOME_DATES = 4
TOPIC_CARDS = 6
ABOUT = ("o-centre", "praktiki", "dorozhnaya-karta", "dokumenty", "novosti", "temy")
HELP = ("o-centre/kontakty", "o-centre/dostupnost", "o-centre/politika-pdn", "o-centre/cookies")


def cards_for(request: HttpRequest, kind: str) -> CardQuerySet:
    """Cards of one kind that this visitor may read in the language of the page."""
    visible = Card.objects.visible_to(request.user).of_kind(kind)
    return visible.in_language(get_language() or "ru").defer("text").newest_first()


def published(model: type[Page]) -> Any:
    """The published page of a type that stands once in each language."""
    code = get_language() or "ru"
    pages = model.objects.live().filter(locale__language_code=code, alias_of__isnull=True)
    return remember(f"published:{model.__name__}:{code}", pages.first)


@register_home_panel(order=10, template="home/panels/dates.html")
def dates_panel(request: HttpRequest) -> dict[str, Any] | None:
    """What comes next; nothing while no app knows a date."""
    # What is next is another thing tomorrow.
    valid_until(next_midnight(timezone.now()))
    dates = next_dates(request, HOME_DATES)
    return {"dates": dates} if dates else None


@register_home_panel(order=20, template="monitoring/glance.html")
def road_map_panel(request: HttpRequest) -> dict[str, Any] | None:
    """The indicators of the road map; nothing while none is published."""
    page = published(RoadMapPage)
    overview = indicator_overview(page.road_map_id if page else None)
    if overview is None:
        return None
    plan, glances = overview
    return {"plan": plan, "glances": glances, "url": page.get_url(request) if page else ""}


@register_home_panel(order=15, template="home/panels/practices.html")
def practices_panel(request: HttpRequest) -> dict[str, Any] | None:
    """The newest practices."""
    cards = list(cards_for(request, "practice")[:HOME_PRACTICES])
    return {"rows": rows_of(cards), "bank": published(PracticeBankPage)} if cards else None


@register_home_panel(order=30, template="home/panels/news.html")
def news_panel(request: HttpRequest) -> dict[str, Any] | None:
    """The latest news; nothing in a language that has no news."""
    index = published(NewsIndexPage)
    if index is None:
        return None
    cards = list(cards_for(request, "news")[:HOME_NEWS])
    return {"cards": cards, "index": index, "contacts": page_by_key(HELP[0])}


@register_home_panel(order=40, template="home/panels/documents.html")
def documents_panel(request: HttpRequest) -> dict[str, Any] | None:
    """The latest documents."""
    cards = list(cards_for(request, "document")[:HOME_DOCUMENTS])
    return {"cards": cards, "library": published(DocumentLibraryPage)} if cards else None


@register_topic_section(
    order=10,
    template="home/topic_parts/documents.html",
    heading=_("Documents on this topic"),
    anchor="t-docs",
)
def topic_documents(request: HttpRequest, topic: Topic) -> dict[str, Any] | None:
    """Documents of a topic."""
    cards = list(cards_for(request, "document").filter(card_topics__topic=topic)[:TOPIC_CARDS])
    library = published(DocumentLibraryPage)
    url = f"{library.get_url(request)}?topic={topic.slug}" if library else ""
    return {"cards": cards, "all_url": url} if cards else None


@register_topic_section(
    order=15,
    template="home/topic_parts/practices.html",
    heading=_("Practices on this topic"),
    anchor="t-practices",
)
def topic_practices(request: HttpRequest, topic: Topic) -> dict[str, Any] | None:
    """Practices of a topic."""
    cards = list(cards_for(request, "practice").filter(card_topics__topic=topic)[:TOPIC_CARDS])
    bank = published(PracticeBankPage)
    url = f"{bank.get_url(request)}?topic={topic.slug}" if bank else ""
    return {"rows": rows_of(cards), "all_url": url} if cards else None


@register_topic_section(
    order=20,
    template="home/topic_parts/news.html",
    heading=_("News on this topic"),
    anchor="t-news",
)
def topic_news(request: HttpRequest, topic: Topic) -> dict[str, Any] | None:
    """News of a topic."""
    cards = list(cards_for(request, "news").filter(card_topics__topic=topic)[:TOPIC_CARDS])
    index = published(NewsIndexPage)
    url = f"{index.get_url(request)}tema/{topic.slug}/" if index else ""
    return {"cards": cards, "all_url": url} if cards else None


def page_by_key(key: str) -> Page | None:
    """The published page of the structure under ``key`` in the language of the visitor."""
    return remember(f"page:{key}:{get_language()}", lambda: _by_key([key]).get(key))


def _by_key(keys: list[str]) -> dict[str, Page]:
    """Published pages of the structure, found in one query whatever address they have now."""
    wanted = {key_uuid(key): key for key in keys}
    pages = Page.objects.live().filter(
        translation_key__in=wanted,
        locale__language_code=get_language() or "ru",
        alias_of__isnull=True,
    )
    return {wanted[page.translation_key]: page for page in pages}


def _links(chrome: Chrome, keys: tuple[str, ...]) -> list[Link]:
    """Links to pages of the structure; both columns of the footer share one query."""
    found = chrome.__dict__.get("footer_pages")
    if found is None:
        found = chrome.__dict__["footer_pages"] = _by_key([*ABOUT, *HELP])
    return [
        Link(found[key].title, found[key].get_url(chrome.request) or "")
        for key in keys
        if key in found
    ]


@register_footer_group(order=10, heading=_("About the portal"))
def about_links(chrome: Chrome) -> list[Link]:
    """What the portal is."""
    return _links(chrome, ABOUT)


@register_footer_group(order=20, heading=_("Help"))
def help_links(chrome: Chrome) -> list[Link]:
    """How to reach the centre and what it does with data."""
    return _links(chrome, HELP)


register_upcoming(dates_in_news)
register_search_kind(kind="practice", name=_("Practices"))
register_search_kind(kind="document", name=_("Documents"))
register_search_kind(kind="news", name=_("News"))
register_search_kind(kind="topic", name=_("Topics"))
register_search_kind(kind="organisation", name=_("Organisations"))
register_search_kind(kind="teacher", name=_("Teachers of the district"))
register_search_kind(kind="page", name=_("Pages"))
