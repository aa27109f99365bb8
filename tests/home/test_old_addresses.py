"""Links and subscriptions outlive a new address of a rubric or a topic."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from tests.factories.core import TopicFactory
from tests.factories.home import NewsPageFactory, RubricFactory


def _rename(entry: object, slug: str) -> None:
    entry.slug = slug  # type: ignore[attr-defined]
    entry.save_revision().publish()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/news/rubrika/staroe/", "/news/rubrika/novoe/"),
        ("/feeds/news/staroe/rss.xml", "/feeds/news/novoe/rss.xml"),
        ("/feeds/news/staroe/atom.xml", "/feeds/news/novoe/atom.xml"),
    ],
)
def test_old_addresses_of_a_rubric_lead_on(
    client: Client, site_tree: SimpleNamespace, before: str, after: str
) -> None:
    rubric = RubricFactory(slug="staroe", name="Рубрика")
    NewsPageFactory(title="Подписчику", rubric=rubric)
    assert "Подписчику" in client.get(before).content.decode()
    _rename(rubric, "novoe")
    answer = client.get(before)
    assert (answer.status_code, answer.headers["Location"]) == (301, after)
    assert "Подписчику" in client.get(after).content.decode()
    # On without a detour, and back to where it began.
    _rename(rubric, "vtoroe")
    assert client.get(before).headers["Location"] == after.replace("novoe", "vtoroe")
    _rename(rubric, "staroe")
    assert "Подписчику" in client.get(before).content.decode()
    assert client.get(after).headers["Location"] == before


def test_the_news_of_a_topic_too(client: Client, site_tree: SimpleNamespace) -> None:
    topic = TopicFactory(slug="staraya", name="Тема")
    _rename(topic, "novaya")
    answer = client.get("/news/tema/staraya/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/news/tema/novaya/")
    assert client.get("/news/tema/novaya/").status_code == 200


def test_an_address_that_another_rubric_has_taken_is_its_own(
    client: Client, site_tree: SimpleNamespace
) -> None:
    rubric = RubricFactory(slug="staroe", name="Рубрика")
    _rename(rubric, "novoe")
    RubricFactory(slug="staroe", name="Другая")
    answer = client.get("/news/rubrika/staroe/")
    assert answer.status_code == 200
    assert "Другая" in answer.content.decode()


def test_a_draft_and_a_new_name_move_nothing(client: Client, site_tree: SimpleNamespace) -> None:
    rubric = RubricFactory(slug="staroe", name="Рубрика")
    rubric.slug = "novoe"
    rubric.save_revision()
    assert client.get("/news/rubrika/staroe/").status_code == 200
    rubric.refresh_from_db()
    rubric.name = "Иначе"
    rubric.save_revision().publish()
    assert not Redirect.objects.exists()


def test_another_language_has_its_own_addresses(site_tree: SimpleNamespace) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    rubric = RubricFactory(slug="old", name="Research", locale=english)
    _rename(rubric, "new")
    ways = dict(Redirect.objects.values_list("old_path", "redirect_link"))
    assert ways["/en/feeds/news/old/rss.xml"] == "/en/feeds/news/new/rss.xml"
    assert reverse("news_rss", kwargs={"slug": "old"}) not in ways
