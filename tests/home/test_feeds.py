"""News as RSS and Atom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree

from tests.factories.home import NewsPageFactory, RubricFactory
from tests.home.conftest import ListBudget

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
FEED_QUERIES = 2


def feed(client: Client, name: str, **kwargs: str) -> Any:
    """The parsed feed; a strict parser refuses what is not well-formed."""
    response = client.get(reverse(name, kwargs=kwargs))
    assert response.status_code == 200
    return etree.fromstring(response.content)


def test_rss_has_what_the_format_asks(client: Client, site_tree: Any) -> None:
    page = NewsPageFactory(title="Наука & школа <5 класс>", summary="Лид", date=date(2026, 11, 10))
    channel = feed(client, "news_rss").find("channel")
    for name in ("title", "link", "description"):
        assert channel.findtext(name)
    assert channel.findtext("language") == "ru"
    item = channel.find("item")
    assert item.findtext("title") == page.title
    assert item.findtext("description") == "Лид"
    assert item.findtext("link") == f"http://testserver{page.url}"
    assert item.findtext("guid") == f"http://testserver{page.url}"
    assert item.findtext("category") == page.rubric.name
    assert item.findtext("pubDate") == "Tue, 10 Nov 2026 09:00:00 +0500"


def test_atom_has_what_the_format_asks(client: Client, site_tree: Any) -> None:
    page = NewsPageFactory(date=date(2026, 11, 10))
    root = feed(client, "news_atom")
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{name}")
    assert root.findtext(f"{ATOM}author/{ATOM}name"), "RFC 4287 asks for an author"
    entry = root.find(f"{ATOM}entry")
    for name in ("id", "title", "updated", "published"):
        assert entry.findtext(f"{ATOM}{name}")
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{page.url}"


def test_feed_of_a_rubric(client: Client, site_tree: Any) -> None:
    research = RubricFactory(slug="issledovaniya", name="Исследования")
    NewsPageFactory(title="Об исследовании", rubric=research)
    NewsPageFactory(title="О другом")
    items = feed(client, "news_rss", slug="issledovaniya").findall("channel/item")
    assert [item.findtext("title") for item in items] == ["Об исследовании"]
    assert client.get(reverse("news_rss", kwargs={"slug": "net"})).status_code == 404


def test_feed_holds_only_what_everybody_may_read(
    client: Client, site_tree: Any, superuser: Any
) -> None:
    NewsPageFactory(title="Открытая")
    NewsPageFactory(title="Черновик", draft=True)
    NewsPageFactory(title="Для вошедших", signed_in_only=True)
    client.force_login(superuser)
    items = feed(client, "news_rss").findall("channel/item")
    assert [item.findtext("title") for item in items] == ["Открытая"]


def test_list_names_its_feeds(client: Client, site_tree: Any) -> None:
    html = client.get(site_tree.news.url).content.decode()
    assert f'href="{reverse("news_rss")}"' in html
    assert f'href="{reverse("news_atom")}"' in html


def test_queries_of_a_feed(client: Client, list_budget: ListBudget) -> None:
    list_budget.check(NewsPageFactory, FEED_QUERIES, lambda: client.get(reverse("news_rss")))
