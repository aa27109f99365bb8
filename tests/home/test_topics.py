"""Topic hubs gather what carries their topic."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, TestCase
from pytest_django import DjangoAssertNumQueries

from core.bulk import writing_much
from core.models import Topic
from home import registries
from home.registries import Upcoming, next_dates, register_topic_section, register_upcoming
from tests.factories.core import TopicFactory
from tests.factories.home import DocumentPageFactory, NewsPageFactory, TopicPageFactory
from tests.home.conftest import ListBudget

pytestmark = pytest.mark.django_db

HUB_QUERIES = 7
# The hubs, too, which a running site keeps at hand.
INDEX_QUERIES = 5


def test_hub_gathers_documents_and_news_of_its_topic(client: Client, site_tree: Any) -> None:
    topic = TopicFactory(slug="attestaciya")
    hub = TopicPageFactory(topic=topic)
    NewsPageFactory(title="Новость по теме", topics=[topic])
    NewsPageFactory(title="Посторонняя новость")
    DocumentPageFactory(title="Документ по теме", topics=[topic])
    DocumentPageFactory(title="Посторонний документ")

    html = client.get(hub.url).content.decode().replace("\xa0", " ")

    assert "Новость по теме" in html
    assert "Документ по теме" in html
    assert "Посторон" not in html
    assert f'href="{site_tree.news.url}tema/attestaciya/"' in html
    assert f'href="{site_tree.library.url}?topic=attestaciya"' in html


def test_hub_without_anything_shows_its_text_alone(client: Client, site_tree: Any) -> None:
    response = client.get(TopicPageFactory().url)
    assert response.context["topic_sections"] == []
    assert "Всё по теме." in response.content.decode().replace("\xa0", " ")


def test_hub_names_no_documents_for_others(client: Client, site_tree: Any, teacher: Any) -> None:
    topic = TopicFactory()
    hub = TopicPageFactory(topic=topic)
    DocumentPageFactory(title="Служебный", topics=[topic], signed_in_only=True)
    assert "Служебный" not in client.get(hub.url).content.decode()
    client.force_login(teacher)
    assert "Служебный" in client.get(hub.url).content.decode()


def test_list_of_topics_keeps_the_order_of_the_tree(client: Client, site_tree: Any) -> None:
    for name in ("Ягоды", "Арбузы", "Мёд"):
        TopicPageFactory(topic=TopicFactory(name=name))
    TopicPageFactory(topic=TopicFactory(name="Черновик"), draft=True)
    response = client.get(site_tree.topics.url)
    assert [card.title for card in response.context["cards"]] == ["Ягоды", "Арбузы", "Мёд"]


def test_list_of_topics_says_how_much_stands_under_each(
    client: Client, client_of: Any, teacher: Any, site_tree: Any, page_cache: None
) -> None:
    hub, _empty = TopicPageFactory(), TopicPageFactory()
    NewsPageFactory(topics=[hub.topic])
    DocumentPageFactory(topics=[hub.topic])
    DocumentPageFactory(topics=[hub.topic], access="signed_in")

    def said(browser: Client) -> list[int]:
        return [amount for _card, amount in browser.get(site_tree.topics.url).context["topics"]]

    assert said(client_of(teacher)) == [3, 0]
    assert "2 материала" in client.get(site_tree.topics.url).content.decode()
    with TestCase.captureOnCommitCallbacks(execute=True):
        NewsPageFactory(topics=[hub.topic]).save_revision().publish()
    assert "3 материала" in client.get(site_tree.topics.url).content.decode()


def test_contents_lead_to_what_is_gathered(client: Client, site_tree: Any) -> None:
    topic = TopicFactory()
    body = [("heading", {"text": name, "anchor": name}) for name in ("a", "b")]
    hub = TopicPageFactory(topic=topic, body=body)
    DocumentPageFactory(topics=[topic])
    html = client.get(hub.url).content.decode()
    assert 'href="#t-docs"' in html
    assert 'id="t-docs"' in html
    assert "#t-news" not in html


def test_later_apps_add_their_parts(
    client: Client, site_tree: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registries, "_topic_sections", [])

    @register_topic_section(order=5, template="components/note.html", heading="П", anchor="p")
    def questions(request: HttpRequest, topic: Topic) -> dict[str, Any] | None:
        return {"text": f"Вопросы о теме {topic.name}"}

    @register_topic_section(order=1, template="components/note.html", heading="Н", anchor="n")
    def nothing(request: HttpRequest, topic: Topic) -> dict[str, Any] | None:
        return None

    hub = TopicPageFactory(topic=TopicFactory(name="Степь"))
    response = client.get(hub.url)
    assert len(response.context["topic_sections"]) == 1
    assert "Вопросы о теме Степь" in response.content.decode().replace("\xa0", " ")


def test_nearest_dates_of_all_apps_stand_on_the_home_page(
    client: Client, site_tree: Any, monkeypatch: pytest.MonkeyPatch, rf: Any
) -> None:
    monkeypatch.setattr(registries, "_upcoming", [])
    assert "p-dates" not in client.get("/").content.decode()

    @register_upcoming
    def seminars(request: HttpRequest, limit: int) -> list[Upcoming]:
        return [Upcoming(date(2026, 12, 2), "Семинар", "/a/")]

    @register_upcoming
    def contests(request: HttpRequest, limit: int) -> list[Upcoming]:
        return [Upcoming(date(2026, 12, 1), "Конец приёма", "/b/")]

    assert [item.title for item in next_dates(rf.get("/"), 4)] == ["Конец приёма", "Семинар"]
    assert [item.title for item in next_dates(rf.get("/"), 1)] == ["Конец приёма"]
    html = client.get("/?fresh=1").content.decode()
    assert html.index("Конец приёма") < html.index("Семинар")


@pytest.mark.parametrize("count", [1, 3, 30])
def test_queries_of_a_hub(
    client: Client,
    site_tree: Any,
    django_assert_num_queries: DjangoAssertNumQueries,
    kept_frame: None,
    count: int,
) -> None:
    topic = TopicFactory()
    hub = TopicPageFactory(topic=topic)
    with writing_much():
        for _number in range(count):
            NewsPageFactory(topics=[topic])
            DocumentPageFactory(topics=[topic])
    client.get("/")
    with django_assert_num_queries(HUB_QUERIES):
        client.get(hub.url)


def test_queries_of_the_list_of_topics(
    client: Client, site_tree: Any, list_budget: ListBudget
) -> None:
    list_budget.check(TopicPageFactory, INDEX_QUERIES, lambda: client.get(site_tree.topics.url))
