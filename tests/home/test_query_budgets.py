"""How many questions to the database a page costs when nothing is in the page cache."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from core.page_cache.fragments import own_parts
from tests.factories.home import (
    DocumentPageFactory,
    NewsPageFactory,
    SectionPageFactory,
    StandardPageFactory,
    TopicPageFactory,
)
from tests.factories.monitoring import (
    IndicatorFactory,
    MeasureFactory,
    RoadMapFactory,
    RoadMapPageFactory,
)
from tests.factories.people import UserFactory
from tests.factories.practices import PracticePageFactory

PAGE, LIST, SEARCH = 12, 10, 6
AMOUNTS = (1, 3, 30)
# The road map stands on the home page, and every page has its frame. First when a page is asked for
# the first time since something changed, then when it is asked for again.
COSTS = {
    "home": (3, 2),
    "section": (4, 3),
    "page": (3, 2),
    "news_list": (3, 2),
    "news": (5, 1),
    "topics": (4, 3),
    "topic": (3, 2),
    "library": (3, 2),
    "library_facet": (3, 2),
    "document": (2, 1),
    "practices": (6, 5),
    "practices_facet": (6, 5),
    "practice": (12, 1),
    "road_map": (5, 4),
}
LISTS = {"news_list", "topics", "library", "library_facet", "practices", "practices_facet"}


def _links(*pages: Page) -> list[dict[str, object]]:
    return [{"text": page.title, "page": page.pk, "url": ""} for page in pages]


def _fill(tree: SimpleNamespace, amount: int) -> dict[str, str]:
    """A site with so many things of each kind; addresses by name."""
    topic = TopicPageFactory()
    section = SectionPageFactory()
    road_map = RoadMapFactory()
    road_map_page = RoadMapPageFactory(parent=tree.home, road_map=road_map)
    tree.home.entrances = [
        {"type": "entrance", "value": {"title": "Школам", "links": _links(section, topic)}},
        {"type": "entrance", "value": {"title": "Родителям", "links": _links(topic)}},
    ]
    tree.home.save_revision().publish()
    author = UserFactory()
    for _number in range(amount):
        news = NewsPageFactory(topics=[topic.topic])
        document = DocumentPageFactory(topics=[topic.topic])
        page = StandardPageFactory(parent=section)
        practice = PracticePageFactory(author=author)
        order = _number + 1
        MeasureFactory(road_map=road_map, order=order, responsible=["А"], evidence=[page])
        years = {2023: (1, 1), 2024: (2, 2)}
        IndicatorFactory(road_map=road_map, number=order, years=years)
    return {
        "home": tree.home.url,
        "section": section.url,
        "page": page.url,
        "news_list": tree.news.url,
        "news": news.url,
        "topics": tree.topics.url,
        "topic": topic.url,
        "library": tree.library.url,
        "library_facet": f"{tree.library.url}?status=in_force",
        "document": document.url,
        "practices": practice.get_parent().get_parent().url,
        "practices_facet": f"{practice.get_parent().get_parent().url}?level=basic",
        "practice": practice.url,
        "road_map": road_map_page.url,
        "search": "/search/?q=новость",
    }


@pytest.fixture(params=AMOUNTS)
def addresses(
    request: pytest.FixtureRequest, site_tree: SimpleNamespace, page_cache: None
) -> dict[str, str]:
    """The same site in three sizes."""
    return _fill(site_tree, request.param)


def _cost(client: Client, address: str, *, again: bool = True) -> int:
    """Questions of a page that the page cache does not answer, with what is shared at hand.

    ``again`` is a page that this process has made before: it holds what the page alone shows.
    """
    past_the_cache = {"HTTP_RANGE": "bytes=0-"}
    assert client.get(address, **past_the_cache).status_code == 200
    if not again:
        own_parts.clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, **past_the_cache)
    assert response["X-Cache"] == "bypass"
    return len(captured)


def test_budgets(client: Client, addresses: dict[str, str]) -> None:
    first = {name: _cost(client, address, again=False) for name, address in addresses.items()}
    again = {name: _cost(client, address) for name, address in addresses.items()}
    # The two databases look words up in different ways.
    assert max(first.pop("search"), again.pop("search")) <= SEARCH
    assert {name: (first[name], again[name]) for name in first} == COSTS


def test_what_is_spent_is_allowed() -> None:
    assert max(max(cost) for name, cost in COSTS.items() if name in LISTS) <= LIST
    assert max(max(cost) for name, cost in COSTS.items() if name not in LISTS) <= PAGE


def test_length_of_a_list_costs_nothing(
    client: Client, site_tree: SimpleNamespace, page_cache: None
) -> None:
    filled = _fill(site_tree, 3)
    addresses = [filled[name] for name in ("news_list", "library", "home")]
    few = [_cost(client, address) for address in addresses]
    for _number in range(17):
        NewsPageFactory()
        DocumentPageFactory()
    assert [_cost(client, address) for address in addresses] == few


def test_signed_in_people_cost_five_more_at_most(
    client: Client,
    client_of: Callable[..., Client],
    teacher: object,
    site_tree: SimpleNamespace,
    page_cache: None,
) -> None:
    address = _fill(site_tree, 3)["document"]
    visitor = _cost(client, address)
    # The session, the account, its rights and those of its groups, how many notices are new.
    assert _cost(client_of(teacher), address) <= visitor + 5
