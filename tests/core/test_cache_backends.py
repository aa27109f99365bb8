"""Without Redis the site answers all the same, and nothing old is shown when it is back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client, RequestFactory

from core.cache_backends import ForgivingRedisCache
from core.page_cache import depends_on, versions
from core.page_cache.middleware import PageCacheMiddleware
from tests.factories.home import StandardPageFactory


@pytest.fixture
def dead(monkeypatch: pytest.MonkeyPatch) -> ForgivingRedisCache:
    """A cache whose server nobody runs."""
    cache = ForgivingRedisCache("redis://127.0.0.1:1/0", {})
    monkeypatch.setattr(versions, "_owed", False)
    return cache


def test_every_question_has_an_answer(dead: ForgivingRedisCache) -> None:
    assert dead.get("a") is None
    assert dead.get("a", "default") == "default"
    assert dead.get_many(["a", "b"]) == {}
    assert dead.add("a", 1) is True
    assert dead.set_many({"a": 1, "b": 2}) == ["a", "b"]
    dead.set("a", 1)
    dead.delete("a")
    dead.delete_many(["a"])
    assert dead.touch("a") is False
    assert dead.has_key("a") is False
    with pytest.raises(ValueError):
        dead.incr("a")


def test_dead_server_is_asked_once_in_a_while(
    dead: ForgivingRedisCache, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for _turn in range(5):
        dead.get("a")
    assert len([record for record in caplog.records if "REDIS_URL" in record.message]) == 1


def test_site_answers(
    site_tree: SimpleNamespace,
    page_cache: None,
    dead: ForgivingRedisCache,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = StandardPageFactory()
    monkeypatch.setattr("core.page_cache.versions.caches", {"pages": dead})
    for _turn in range(2):
        response = Client().get(page.url)
        assert response.status_code == 200
        assert response["X-Cache"] in {"miss", "bypass"}


def test_lost_purge_is_made_up_for(page_cache: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor publishes while the cache is away; afterwards nothing old is shown."""
    shown = {"text": "old"}

    def view(request: Any) -> HttpResponse:
        depends_on("thing")
        return HttpResponse(shown["text"])

    middleware = PageCacheMiddleware(view)

    def answer() -> HttpResponse:
        return middleware(RequestFactory().get("/x/"))

    answer()
    cache = caches["pages"]
    with monkeypatch.context() as patch:
        patch.setattr(cache, "set_many", lambda values, timeout=None: list(values))
        versions.purge_now(["thing"])
    shown["text"] = "new"
    assert answer().content == b"new"
