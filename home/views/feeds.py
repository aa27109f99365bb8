"""News and practices as RSS and Atom: all, a rubric, or what a visitor has chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.chrome import Chrome
from core.models import Card
from home.models import NewsIndexPage, Rubric
from practices.models import PracticeBankPage
from practices.queries.bank import BANK
from practices.queries.selection import PracticeSelection

ITEMS = 30


@dataclass(frozen=True)
class Channel:
    """What one feed is about."""

    title: str
    description: str
    url: str
    language: str
    author: str
    rubric: Rubric | None = None
    selection: PracticeSelection | None = None


class NewsFeed(Feed):
    """RSS 2.0. A feed is read without signing in, so it holds what everybody may read."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    item_guid_is_permalink = True

    def get_object(self, request: HttpRequest, slug: str = "") -> Any:  # type: ignore[override]
        language = get_language() or "ru"
        rubric = None
        if slug:
            rubric = Rubric.objects.filter(
                slug=slug, locale__language_code=language, live=True
            ).first()
            if rubric is None:
                raise Http404
        index = NewsIndexPage.objects.live().filter(locale__language_code=language).first()
        if index is None:
            raise Http404
        owner = Chrome.of(request).settings
        name = owner.portal_name
        url = index.get_url(request) or "/"
        return Channel(
            title=f"{name}: {rubric.name if rubric else _('News').lower()}",
            description=index.summary or name,
            url=f"{url}rubrika/{rubric.slug}/" if rubric else url,
            language=language,
            author=owner.owner_name or name,
            rubric=rubric,
        )

    def items(self, channel: Channel) -> list[Card]:
        cards = Card.objects.visible_to(AnonymousUser()).of_kind("news")
        cards = cards.in_language(channel.language)
        if channel.rubric is not None:
            cards = cards.filter(group=channel.rubric.slug)
        return list(cards.defer("text").newest_first()[:ITEMS])

    def get_feed(self, obj: Channel, request: HttpRequest) -> Any:  # type: ignore[override]
        feed = super().get_feed(obj, request)
        feed.feed["language"] = obj.language
        return feed

    def title(self, channel: Channel) -> str:
        return channel.title

    def description(self, channel: Channel) -> str:
        return channel.description

    def subtitle(self, channel: Channel) -> str:
        return channel.description

    def author_name(self, channel: Channel) -> str:
        """Atom asks for an author of every feed; in RSS the field is an e-mail and stays out."""
        return channel.author

    def link(self, channel: Channel) -> str:
        return channel.url

    def item_title(self, item: Card) -> str:  # type: ignore[override]
        return item.title

    def item_description(self, item: Card) -> str:  # type: ignore[override]
        return item.summary

    def item_link(self, item: Card) -> str:
        return item.url

    def item_pubdate(self, item: Card) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time(9)))

    def item_updateddate(self, item: Card) -> datetime:
        return item.updated_at

    def item_categories(self, item: Card) -> list[str]:
        return [item.group_label] if item.group_label else []


class NewsAtomFeed(NewsFeed):
    """The same as Atom 1.0."""

    feed_type = Atom1Feed


class PracticeFeed(NewsFeed):
    """New practices: all of them, or those of the facets in the address."""

    def get_object(self, request: HttpRequest, slug: str = "") -> Any:  # type: ignore[override]
        language = get_language() or "ru"
        bank = PracticeBankPage.objects.live().filter(locale__language_code=language).first()
        if bank is None:
            raise Http404
        asked = PracticeSelection.from_query(request.GET)
        # A feed tells what is new: it has neither words nor another order.
        selection = PracticeSelection(chosen=asked.chosen)
        owner = Chrome.of(request).settings
        chosen = BANK.words_of(selection, language)
        return Channel(
            title=": ".join([owner.portal_name, bank.title.lower(), *([chosen] if chosen else [])]),
            description=bank.summary or owner.portal_name,
            url=f"{bank.get_url(request) or '/'}{selection.address().removesuffix('?')}",
            language=language,
            author=owner.owner_name or owner.portal_name,
            selection=selection,
        )

    def items(self, channel: Channel) -> list[Card]:
        cards = Card.objects.visible_to(AnonymousUser()).of_kind(BANK.kind)
        cards = (channel.selection or PracticeSelection()).filter(
            cards.in_language(channel.language)
        )
        return list(cards.defer("text").newest_first()[:ITEMS])
