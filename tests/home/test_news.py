"""The list of news and one news item."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.contrib.redirects.models import Redirect

from tests.factories.core import TopicFactory
from tests.factories.home import NewsPageFactory, RubricFactory
from tests.home.conftest import ListBudget

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 10)
LIST_QUERIES = 7


@pytest.fixture
def news(site_tree: Any) -> dict[str, Any]:
    """Three items of two rubrics, months and years."""
    research = RubricFactory(slug="issledovaniya", name="Исследования")
    return {
        "old": NewsPageFactory(title="Давняя", date=date(2025, 3, 1)),
        "october": NewsPageFactory(title="Октябрьская", date=date(2026, 10, 31)),
        "november": NewsPageFactory(title="Ноябрьская", date=DAY, rubric=research),
    }


def titles(response: Any) -> list[str]:
    """Titles of the shown list."""
    return [card.title for card in response.context["cards"]]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", ["Ноябрьская", "Октябрьская", "Давняя"]),
        ("2026/", ["Ноябрьская", "Октябрьская"]),
        ("2026/11/", ["Ноябрьская"]),
        ("2026/10/", ["Октябрьская"]),
        ("2026/12/", []),
        ("rubrika/issledovaniya/", ["Ноябрьская"]),
    ],
)
def test_cuts_of_the_list(
    client: Client, site_tree: Any, news: Any, path: str, expected: list[str]
) -> None:
    response = client.get(site_tree.news.url + path)
    assert response.status_code == 200
    assert titles(response) == expected


def test_news_of_a_topic(client: Client, site_tree: Any) -> None:
    topic = TopicFactory(slug="attestaciya")
    NewsPageFactory(title="По теме", topics=[topic])
    NewsPageFactory(title="Не по теме")
    response = client.get(f"{site_tree.news.url}tema/attestaciya/")
    assert titles(response) == ["По теме"]
    assert topic.name in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "2026/13/",
        "2026/0/",
        "99999/",
        "99999999999999999999/",
        "99999999999999999999/1/",
        "rubrika/net-takoj/",
        "tema/net-takoj/",
        "?page=2",
        "?page=0",
        "?page=abc",
        "?page=99999999999999999999999",
    ],
)
def test_what_does_not_exist_is_not_found(
    client: Client, site_tree: Any, news: Any, path: str
) -> None:
    assert client.get(site_tree.news.url + path).status_code == 404


def test_archive_names_years_months_and_rubrics(client: Client, site_tree: Any, news: Any) -> None:
    html = client.get(site_tree.news.url).content.decode()
    soup = BeautifulSoup(html, "html.parser")
    addresses = {link["href"] for link in soup.select("main a[href]")}
    base = site_tree.news.url
    assert {f"{base}2026/", f"{base}2025/", f"{base}rubrika/issledovaniya/"} <= addresses
    year = BeautifulSoup(client.get(f"{base}2026/").content, "html.parser")
    addresses = {link["href"] for link in year.select("main a[href]")}
    assert {f"{base}2026/11/", f"{base}2026/10/"} <= addresses


def test_pages_of_the_list(client: Client, site_tree: Any) -> None:
    for number in range(21):
        NewsPageFactory(title=f"Новость {number}", date=DAY - timedelta(days=number))
    second = client.get(f"{site_tree.news.url}?page=2")
    assert titles(second) == ["Новость 20"]
    html = second.content.decode()
    assert f'<link rel="canonical" href="http://testserver{site_tree.news.url}?page=2">' in html


def test_queries_of_the_list(client: Client, site_tree: Any, list_budget: ListBudget) -> None:
    address = f"{site_tree.news.url}?page=1"
    seen = list_budget.check(NewsPageFactory, LIST_QUERIES, lambda: client.get(address))
    assert seen.status_code == 200


# With enough news on the topic nobody asks for those of the rubric.
@pytest.mark.parametrize(("count", "queries"), [(1, 9), (3, 9), (30, 8)])
def test_queries_of_an_item(
    client: Client,
    site_tree: Any,
    django_assert_num_queries: DjangoAssertNumQueries,
    kept_frame: None,
    count: int,
    queries: int,
) -> None:
    topics = [TopicFactory(), TopicFactory()]
    for number in range(count):
        NewsPageFactory(topics=topics, date=DAY - timedelta(days=number))
    page = NewsPageFactory(topics=topics, date=DAY - timedelta(days=count))
    client.get("/")
    with django_assert_num_queries(queries):
        assert client.get(page.url).status_code == 200


def test_draft_and_private_news_are_not_listed(client: Client, site_tree: Any) -> None:
    NewsPageFactory(title="Черновик", draft=True)
    NewsPageFactory(title="Для вошедших", signed_in_only=True)
    NewsPageFactory(title="Под паролем", restricted=True)
    NewsPageFactory(title="Завтрашняя", scheduled=True)
    assert titles(client.get(site_tree.news.url)) == []


def test_related_newer_and_older(client: Client, site_tree: Any) -> None:
    topic = TopicFactory()
    other_rubric = RubricFactory(slug="drugaya", name="Другая")
    same_topic = NewsPageFactory(
        title="Той же темы", topics=[topic], rubric=other_rubric, date=DAY - timedelta(days=9)
    )
    same_rubric = NewsPageFactory(title="Той же рубрики", date=DAY - timedelta(days=2))
    NewsPageFactory(title="Чужая", rubric=other_rubric, date=DAY + timedelta(days=3))
    page = NewsPageFactory(topics=[topic], date=DAY)

    context = client.get(page.url).context

    assert [card.title for card in context["related"]] == [same_rubric.title, same_topic.title]
    assert context["newer"].title == "Чужая"
    assert context["older"].title == "Той же рубрики"


def test_order_of_one_day(client: Client, site_tree: Any) -> None:
    first, second, third = (NewsPageFactory(date=DAY) for _number in range(3))
    context = client.get(second.url).context
    assert (context["older"].page_id, context["newer"].page_id) == (first.pk, third.pk)


def test_structured_data_of_an_item(client: Client, site_tree: Any) -> None:
    page = NewsPageFactory(title='Итоги </script><b>"7 А"</b>', date=DAY)
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    scripts = soup.select('script[type="application/ld+json"]')
    data = json.loads(scripts[0].string or "")
    assert len(scripts) == 1
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == page.title
    assert data["datePublished"] == "2026-11-10"
    assert data["articleSection"] == page.rubric.name


def test_what_social_networks_read(client: Client, site_tree: Any) -> None:
    page = NewsPageFactory(date=DAY)
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    found = {tag["property"]: tag["content"] for tag in soup.select("meta[property]")}
    assert found["og:type"] == "article"
    assert found["og:locale"] == "ru_RU"
    assert found["article:published_time"] == "2026-11-10"
    assert found["article:modified_time"].startswith("20")
    # No picture of its own, none of the portal: the steppe.
    assert found["og:image"] == "http://testserver/static/social.png"
    assert finders.find("social.png")


def test_old_address_leads_to_the_new_one(
    client: Client, site_tree: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = NewsPageFactory(slug="staraya")
    old = str(page.url)
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "novaya"
        page.save_revision().publish()
    assert Redirect.objects.filter(old_path=old.rstrip("/")).exists()
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, old.replace("staraya", "novaya"))
