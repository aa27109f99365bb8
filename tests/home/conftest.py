"""Whole portals, made once for all tests; each test's own changes are undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client, TestCase
from pytest_django.fixtures import DjangoAssertNumQueries, Settings
from wagtail.models import Locale

from core.bulk import writing_much
from core.page_cache.versions import store
from home.services.demo import load_demo
from home.services.demo_translations import load_demo_translations
from home.services.setup import set_up_portal
from tests.kept import standing_on


@pytest.fixture(scope="module")
def made_portal(kept_databases: None, django_db_blocker: Any) -> Iterator[None]:
    """The structure alone, as a department starts."""
    with django_db_blocker.unblock(), standing_on("portal", set_up_portal):
        yield


@pytest.fixture(scope="module")
def made_demo(made_portal: None, django_db_blocker: Any) -> Iterator[None]:
    """The structure with the demonstration on top."""
    with django_db_blocker.unblock(), standing_on("demo", _load_demo):
        yield


def _load_demo() -> None:
    load_demo()
    # Translations are published after the commit, which never comes here.
    with TestCase.captureOnCommitCallbacks(execute=True):
        load_demo_translations()


@pytest.fixture
def portal(made_portal: None, db: None) -> None:
    """The structure; what this test changes in it is undone."""


@pytest.fixture
def demo(made_demo: None, db: None) -> None:
    """The demonstration; what this test changes in it is undone."""


@pytest.fixture
def kept_frame(settings: Settings) -> None:
    """Header, menu and footer are kept between requests, as on a running site."""
    settings.PAGE_CACHE_SECONDS = 600
    store().clear()


@pytest.fixture
def english(db: None) -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


class ListBudget:
    """How many queries a list may cost, whatever the number of things in it: 1, 3 or 30."""

    def __init__(self, count: int, client: Client, exactly: DjangoAssertNumQueries) -> None:
        self.count = count
        self._client, self._exactly = client, exactly

    def check(self, make: Callable[[], object], queries: int, look: Callable[[], Any]) -> Any:
        """``make`` so many things, then ``look`` at them; returns what was seen."""
        with writing_much():
            for _number in range(self.count):
                make()
        # The frame of the pages is kept from here on.
        self._client.get("/")
        with self._exactly(queries):
            return look()


@pytest.fixture(params=[1, 3, 30])
def list_budget(
    request: pytest.FixtureRequest,
    client: Client,
    site_tree: Any,
    django_assert_num_queries: DjangoAssertNumQueries,
    kept_frame: None,
) -> ListBudget:
    """The same test three times, each with more things in the list."""
    return ListBudget(request.param, client, django_assert_num_queries)
