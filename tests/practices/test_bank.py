"""The catalogue of practices: facets, words, sections, the feed; few queries whatever the size."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from practices.enums import Section
from practices.models import PracticeAuthor, PracticeMaterial, PracticePage
from tests.factories.core import TopicFactory
from tests.factories.people import OrganisationFactory, SubjectFactory, UserFactory
from tests.factories.practices import (
    PracticeKindFactory,
    PracticePageFactory,
    PracticeSectionPageFactory,
)
from tests.practices.materials import stored_pdf

pytestmark = pytest.mark.django_db
Read = Callable[..., str]
SPRING, FRACTIONS, GAMES = "Вода родника", "Дроби вместе", "Игры в слова"


@pytest.fixture
def shelf(site_tree: SimpleNamespace) -> dict[str, PracticePage]:
    """Three practices that differ in everything that is filtered by."""
    PracticeSectionPageFactory()
    addresses = PracticeSectionPageFactory(section=Section.ADDRESSES, slug="addresses")
    physics = SubjectFactory(name="физика", slug="fizika")
    maths = SubjectFactory(name="математика", slug="matematika")
    made = {
        SPRING: PracticePageFactory(
            title=SPRING,
            subjects=[physics],
            parent=addresses,
            generalisation="municipal",
            topics=[TopicFactory(slug="gramotnost", name="Грамотность")],
            relevance="Ученики измеряют плотность и температуру.",
        ),
        FRACTIONS: PracticePageFactory(
            title=FRACTIONS,
            subjects=[maths, physics],
            kind=PracticeKindFactory(slug="razrabotka", name="Методическая разработка"),
            grade_from=5,
            grade_to=6,
            small_school="tried",
            materials=[PracticeMaterial(title="Маршрутный лист", file=stored_pdf())],
        ),
        GAMES: PracticePageFactory(
            title=GAMES,
            level="preschool",
            grade_from=None,
            grade_to=None,
            audience="5–7 лет",
            small_school="no",
        ),
    }
    school = OrganisationFactory(name="Школа Луговки", slug="lugovka")
    # An organisation is an author under its own name: no consent stands behind it.
    PracticeAuthor.objects.create(
        practice=made[FRACTIONS], organisation=school, confirmed_at="2026-01-01T00:00:00Z"
    )
    return made


@pytest.fixture
def read(client: Client) -> Read:
    """Opens the catalogue with this query and returns its text."""

    def get(query: str = "", address: str = "/practices/") -> str:
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 200
        return answer.content.decode().replace("\xa0", " ")

    return get


def titles(text: str) -> list[str]:
    return re.findall(r'class="row-t"><a class="ttl" href="[^"]*">([^<]+)</a>', text)


def counts(text: str) -> dict[str, int]:
    return {n: int(k) for n, k in re.findall(r'data-count="([^"]+)">(\d+)<', text)}


def test_each_facet_narrows_the_list(shelf: dict[str, PracticePage], read: Read) -> None:
    expected = {
        "": {SPRING, FRACTIONS, GAMES},
        "subject=fizika": {SPRING, FRACTIONS},
        "subject=fizika&subject=matematika&class=5": {FRACTIONS},
        "level=preschool": {GAMES},
        "class=8": {SPRING},
        "kind=razrabotka": {FRACTIONS},
        "section=addresses": {SPRING},
        "generalised=municipal": {SPRING},
        "small=tried": {FRACTIONS},
        "with=files": {FRACTIONS},
        "with=video": set(),
        "school=lugovka": {FRACTIONS},
        "topic=gramotnost": {SPRING},
        "year=1999": set(),
        "q=плотностью и температурой": {SPRING},
        "q=Луговки": {FRACTIONS},
        "q=5–7 лет&level=preschool": {GAMES},
        "class=x&sort=nonsense&after=%00": set(),
    }
    assert {query: set(titles(read(query))) for query in expected} == expected


def test_counts_chips_and_the_form_without_script(
    shelf: dict[str, PracticePage], read: Read
) -> None:
    text = read("level=basic&q=вода")
    form = text[text.index('id="filters"') : text.index("</form>", text.index('id="filters"'))]
    assert 'name="level" value="basic" checked' in form
    assert 'type="hidden" name="q" value="вода"' in form
    assert 'href="?q=%D0%B2%D0%BE%D0%B4%D0%B0"' in text
    shown = counts(read("level=basic"))
    # Inside the chosen facet the other values keep their own counts.
    assert (shown["level=preschool"], shown["level=basic"]) == (1, 2)
    assert (shown["subject=fizika"], shown["class=5"], shown["class=9"]) == (2, 1, 1)
    assert shown["section=bank"] == 1
    # «No» is nothing to look for.
    assert "small=no" not in counts(read())


def test_orders(shelf: dict[str, PracticePage], read: Read) -> None:
    assert titles(read("sort=title")) == [SPRING, FRACTIONS, GAMES]
    assert titles(read("sort=oldest")) == titles(read())[::-1]


def test_nothing_found_says_how_to_widen(shelf: dict[str, PracticePage], read: Read) -> None:
    text = read("subject=fizika&level=preschool")
    assert "0 практик" in text
    assert 'href="?level=preschool">«Предмет»: любое значение вместо «физика»</a>' in text
    assert 'href="?subject=fizika">' in text
    assert "2 практики" in text
    assert "без слов" in read("q=ыъыъыъ")


def test_a_section_shows_its_own(shelf: dict[str, PracticePage], read: Read) -> None:
    address = shelf[SPRING].get_parent().url
    assert titles(read(address=address)) == [SPRING]
    assert titles(read("section=bank", address=address)) == []
    assert "practices/rss.xml?section=addresses" in read(address=address)


def test_the_feed_follows_what_is_chosen(
    shelf: dict[str, PracticePage], read: Read, client: Client
) -> None:
    link = re.search(r'rel="alternate" type="application/rss\+xml"[^>]*href="([^"]+)"', read())
    assert link is not None
    assert link[1] == reverse("practices_rss")
    address = f"{reverse('practices_rss')}?subject=fizika&class=5"
    assert address.replace("&", "&amp;") in read("subject=fizika&class=5&sort=title")
    channel = etree.fromstring(client.get(address).content).find("channel")
    assert [item.findtext("title") for item in channel.findall("item")] == [FRACTIONS]
    assert "физика, 5 класс" in channel.findtext("title")
    assert channel.findtext("link").endswith("/practices/?subject=fizika&class=5")


def test_it_is_kept_until_a_practice_changes(
    shelf: dict[str, PracticePage], client: Client, page_cache: None, committed: Any
) -> None:
    address = "/practices/?subject=fizika&class=5"
    first, second = client.get(address), client.get(address)
    assert (first["X-Cache"], second["X-Cache"]) == ("miss", "hit")
    with committed():
        shelf[FRACTIONS].unpublish()
    assert titles(client.get(address).content.decode()) == []


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_list_costs_the_same_for_any_number(
    site_tree: SimpleNamespace, client: Client, page_cache: None, number: int
) -> None:
    author = UserFactory()
    for _n in range(number):
        PracticePageFactory(author=author)
    queries = {"": 5, "level=basic": 5, "sort=title": 5, "q=практика": 7}
    cost = {}
    for query in queries:
        address = f"/practices/?x=1&{query}"
        # The first answer of all begins what later ones are compared with.
        for _time in range(2):
            client.get(address)
        with CaptureQueriesContext(connection) as captured:
            text = client.get(address).content.decode()
        assert len(titles(text)) == min(number, 20)
        cost[query] = len(captured)
    assert cost == queries
