"""Pages held by the process: a hit asks nobody, and nothing old outlives a change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from core.page_cache import depends_on, versions
from core.page_cache.at_hand import AtHand
from core.page_cache.middleware import PageCacheMiddleware, _pages


class Moment:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def moment(page_cache: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Moment]:
    """The page cache as it runs: the epoch is read twenty times a second at most."""
    clock = Moment()
    monkeypatch.setattr(versions, "RECENT_SECONDS", 0.05)
    monkeypatch.setattr(versions.time, "monotonic", clock.monotonic)
    yield clock
    versions.forget_recent()


class Site:
    """A site of one page behind the page cache."""

    def __init__(self) -> None:
        self.text = "old"
        self._answer = PageCacheMiddleware(self._view)

    def _view(self, request: HttpRequest) -> HttpResponse:
        depends_on("thing")
        return HttpResponse(self.text)

    def see(self) -> tuple[str, str]:
        """What a visitor reads, and what the page cache said."""
        response = self._answer(RequestFactory().get("/x/"))
        return response.content.decode(), response["X-Cache"]


def _elsewhere() -> None:
    """Another process changes the thing that the page is made of."""
    cache = caches["pages"]
    for change in ({"epoch": 1}, {"tag:thing": 2}, {"epoch": 3}):
        cache.set_many(change, None)


def test_a_second_hit_asks_the_cache_server_nothing(
    moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site()
    assert [site.see()[1] for _visit in range(2)] == ["miss", "hit"]
    asked: list[object] = []
    for name in ("get", "get_many"):
        monkeypatch.setattr(BaseCache, name, lambda *args, **kwargs: asked.append(args))
        monkeypatch.setattr(type(caches["pages"]), name, lambda *args, **kwargs: asked.append(args))
    assert site.see() == ("old", "hit")
    assert asked == []


def test_a_change_of_this_process_shows_at_once(moment: Moment) -> None:
    site = Site()
    site.see(), site.see()
    site.text = "new"
    versions.purge_now(["thing"])
    assert site.see() == ("new", "miss")


def test_a_change_of_another_process_shows_after_a_moment(moment: Moment) -> None:
    site = Site()
    site.see(), site.see()
    site.text = "new"
    _elsewhere()
    moment.now += 0.04
    assert site.see() == ("old", "hit")
    moment.now += 0.02
    assert site.see() == ("new", "miss")
    assert site.see() == ("new", "hit")


def test_an_unrelated_change_keeps_the_page(moment: Moment) -> None:
    site = Site()
    site.see(), site.see()
    site.text = "nobody asks for this"
    versions.purge_now(["other"])
    assert site.see() == ("old", "hit")


def test_a_page_that_left_the_cache_server_is_made_anew(moment: Moment) -> None:
    site = Site()
    site.see(), site.see()
    caches["pages"].clear()
    moment.now += 1
    assert site.see()[1] == "miss"


def test_nothing_is_held_while_the_cache_server_is_away(
    moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site()
    site.see(), site.see()
    moment.now += 1
    monkeypatch.setattr(type(caches["pages"]), "get", lambda *args, **kwargs: None)
    site.text = "new"
    assert site.see()[0] == "new"


def test_the_longest_unasked_leave_first() -> None:
    held: AtHand[str] = AtHand(10)
    held.hold("a", "A", 4)
    held.hold("b", "B", 4)
    assert held.get("a") == "A"
    held.hold("c", "C", 4)
    assert [held.get(key) for key in "abc"] == ["A", None, "C"]


def test_a_thing_held_anew_counts_once() -> None:
    held: AtHand[str] = AtHand(10)
    held.hold("a", "A", 4)
    held.hold("b", "B", 6)
    held.hold("b", "BB", 6)
    assert [held.get(key) for key in "ab"] == ["A", "BB"]


def test_what_is_larger_than_the_room_is_not_held() -> None:
    held: AtHand[str] = AtHand(10)
    held.hold("a", "A", 4)
    held.hold("b", "B", 11)
    assert [held.get(key) for key in "ab"] == ["A", None]


def test_dropped_and_cleared() -> None:
    held: AtHand[str] = AtHand(10)
    held.hold("a", "A", 4)
    held.drop("a")
    held.drop("a")
    assert held.get("a") is None
    held.hold("b", "B", 10)
    held.clear()
    assert held.get("b") is None
    held.hold("c", "C", 10)
    assert held.get("c") == "C"


def test_the_site_holds_what_it_has_shown(moment: Moment) -> None:
    site = Site()
    site.see(), site.see()
    assert len(_pages._held) == 1
