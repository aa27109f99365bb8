"""The date ahead of a news item: on the home page, on the item, in its form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client, TestCase
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from home.queries.dates import dates_in_news
from tests.factories.home import NewsPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]


def ahead(days: int, **values: Any) -> Any:
    """A news item with a date so many days from today."""
    day = timezone.localdate() + timedelta(days=days)
    return NewsPageFactory(upcoming_date=day, upcoming_label="Приём заявок", **values)


def shown(client: Client) -> list[str]:
    """Titles of the next dates on the home page."""
    panel = BeautifulSoup(client.get("/").content, "html.parser").find(
        "section", {"aria-labelledby": "p-dates"}
    )
    return [link.get_text() for link in panel.select("a.ttl")] if panel else []


def test_the_nearest_stand_first_and_what_is_over_is_gone(client: Client) -> None:
    NewsPageFactory(title="Без срока")
    for days in (9, -1, 0, 3):
        ahead(days, title=f"Через {days}")
    assert [title.replace("\xa0", " ") for title in shown(client)] == [
        "Через 0",
        "Через 3",
        "Через 9",
    ]


def test_only_the_nearest_four(client: Client) -> None:
    for days in range(6):
        ahead(days)
    assert len(shown(client)) == 4


@pytest.mark.parametrize("state", ["draft", "scheduled", "restricted"])
def test_what_is_not_public_tells_no_date(client: Client, state: str) -> None:
    ahead(3, **{state: True})
    assert shown(client) == []


def test_a_changed_date_shows_at_once(client: Client, page_cache: None) -> None:
    page = ahead(3, title="Семинар")
    client.get("/")
    page.upcoming_date = timezone.localdate() - timedelta(days=1)
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    assert shown(client) == []


@pytest.mark.parametrize(("days", "words"), [(3, "3 дня"), (1, "Завтра"), (-2, "2 дня назад")])
def test_the_news_item_says_how_many_days_are_left(client: Client, days: int, words: str) -> None:
    text = client.get(ahead(days).url).content.decode().replace("\xa0", " ")
    assert "Приём заявок" in text
    assert words in text


@pytest.mark.parametrize("missing", ["upcoming_date", "upcoming_label"])
def test_one_half_alone_is_refused_at_its_field(missing: str) -> None:
    page = ahead(3)
    setattr(page, missing, None if missing == "upcoming_date" else "")
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert list(refused.value.message_dict) == [missing]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_dates_cost_one_query(
    rf: Any, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        ahead(3)
    with django_assert_num_queries(1):
        assert len(dates_in_news(rf.get("/"), 4)) == min(count, 4)
