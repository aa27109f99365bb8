"""Two real connections at once: PostgreSQL only. What a test has written is flushed after it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import close_old_connections, connection
from wagtail.models import Collection, Locale, Page, Site


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/races/" in str(item.path):
            item.add_marker("races")


@pytest.fixture
def ground(transactional_db: None) -> None:
    """What the migrations of Wagtail make and the flush after an earlier race has taken away."""
    assert connection.vendor == "postgresql"
    locale, _created = Locale.objects.get_or_create(language_code="ru")
    if not Page.objects.filter(depth=1).exists():
        root = Page.add_root(instance=Page(title="Все страницы", slug="root", locale=locale))
        Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)
    if not Collection.objects.exists():
        Collection.add_root(name="Все файлы")


@pytest.fixture
def at_once() -> Callable[..., list[Any]]:
    """Runs functions in threads of their own, each with its own connection; returns answers.

    Each gets a barrier and passes it when all have read what they decide upon.
    """

    def run(*functions: Callable[[threading.Barrier], Any]) -> list[Any]:
        barrier = threading.Barrier(len(functions), timeout=20)
        answers: list[Any] = [None] * len(functions)

        def work(place: int) -> None:
            close_old_connections()
            try:
                answers[place] = functions[place](barrier)
            except Exception as error:
                answers[place] = error
            finally:
                connection.close()

        threads = [threading.Thread(target=work, args=(n,)) for n in range(len(functions))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return answers

    return run
