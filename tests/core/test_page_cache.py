"""Which answers are kept, for whom, and under which name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from core.page_cache import allow_query, depends_on, versions
from core.page_cache.middleware import PageCacheMiddleware
from core.page_cache.recorder import MAX_TAGS
from people.models import User
from tests.core.conftest import Visitor
from tests.factories.home import StandardPageFactory


def _answering(make: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """A site of one view behind the page cache."""
    middleware = PageCacheMiddleware(make)
    return lambda path="/x/", **extra: middleware(RequestFactory().get(path, **extra))


def _page(request: HttpRequest) -> HttpResponse:
    depends_on("thing")
    return HttpResponse(f"<p>{request.get_full_path()}</p>" + "слово " * 200)


def test_second_visit_asks_the_database_nothing(
    site_tree: SimpleNamespace,
    visitor: Visitor,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    page = StandardPageFactory()
    assert visitor.see(page.url) == "miss"
    with django_assert_num_queries(0):
        assert visitor.see(page.url) == "hit"


def test_hit_says_the_same_as_miss(site_tree: SimpleNamespace, visitor: Visitor) -> None:
    page = StandardPageFactory()
    first = visitor.client.get(page.url)
    second = visitor.client.get(page.url)
    assert second["X-Cache"] == "hit"
    assert second.content == first.content
    different = {"X-Cache"}
    assert {name: value for name, value in second.items() if name not in different} == {
        name: value for name, value in first.items() if name not in different
    }
    assert "Content-Security-Policy" in second
    assert second["Content-Language"] == "ru"


def test_packed_for_who_accepts_it(site_tree: SimpleNamespace, visitor: Visitor) -> None:
    import gzip

    page = StandardPageFactory()
    plain = visitor.client.get(page.url)
    packed = visitor.client.get(page.url, HTTP_ACCEPT_ENCODING="gzip, br")
    assert packed["X-Cache"] == "hit"
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content)
    assert "Accept-Encoding" in plain["Vary"]
    assert "Cookie" in plain["Vary"]


def test_browser_asks_and_gets_304(site_tree: SimpleNamespace, visitor: Visitor) -> None:
    page = StandardPageFactory()
    etag = visitor.client.get(page.url)["ETag"]
    again = visitor.client.get(page.url, HTTP_IF_NONE_MATCH=etag)
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == etag
    assert again["Cache-Control"] == "no-cache"


def test_head_is_answered_from_the_same_page(site_tree: SimpleNamespace, visitor: Visitor) -> None:
    page = StandardPageFactory()
    body = visitor.client.get(page.url).content
    head = visitor.client.head(page.url)
    assert head["X-Cache"] == "hit"
    assert head.content == b""
    assert int(head["Content-Length"]) == len(body)


def test_signed_in_people_get_pages_of_their_own(
    site_tree: SimpleNamespace,
    visitor: Visitor,
    teacher: User,
    client_of: Callable[[User | None], Client],
) -> None:
    page = StandardPageFactory()
    visitor.see(page.url)
    own = client_of(teacher).get(page.url)
    assert own["X-Cache"] == "bypass"
    assert "private" in own["Cache-Control"]
    fresh = StandardPageFactory()
    client_of(teacher).get(fresh.url)
    assert visitor.see(fresh.url) == "miss"


@pytest.mark.parametrize(
    "extra",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "messages=abc"},
        {"HTTP_AUTHORIZATION": "Basic abc"},
        {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
        {"HTTP_RANGE": "bytes=0-10"},
    ],
)
def test_requests_that_are_not_looked_up(page_cache: None, extra: dict[str, str]) -> None:
    answer = _answering(_page)
    answer()
    assert answer(**extra)["X-Cache"] == "bypass"


def _with_cookie(request: HttpRequest) -> HttpResponse:
    response = _page(request)
    response.set_cookie("a", "b")
    return response


def _with_token(request: HttpRequest) -> HttpResponse:
    from django.middleware.csrf import get_token

    get_token(request)
    return _page(request)


def _with(**headers: str) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        response = _page(request)
        for name, value in headers.items():
            response[name.replace("_", "-")] = value
        return response

    return view


def _too_many(request: HttpRequest) -> HttpResponse:
    depends_on(*(f"thing:{number}" for number in range(MAX_TAGS + 1)))
    return HttpResponse("x")


@pytest.mark.parametrize(
    "view",
    [
        _with_cookie,
        _with_token,
        _too_many,
        lambda request: HttpResponse("depends on nothing that is known"),
        lambda request: (depends_on("thing"), HttpResponse("gone", status=404))[1],
        _with(Cache_Control="private"),
        _with(Cache_Control="max-age=0, no-store"),
        _with(Content_Disposition="attachment"),
        _with(Content_Type="application/json"),
    ],
)
def test_answers_that_are_not_kept(page_cache: None, view: Any) -> None:
    answer = _answering(view)
    assert answer()["X-Cache"] == "bypass"
    assert answer()["X-Cache"] == "bypass"


def test_posts_are_not_looked_up(page_cache: None) -> None:
    middleware = PageCacheMiddleware(_page)
    middleware(RequestFactory().get("/x/"))
    assert middleware(RequestFactory().post("/x/"))["X-Cache"] == "bypass"


@pytest.mark.parametrize(
    "given",
    ["?page=2&utm_source=mail", "?yclid=1&page=2", "?utm_term=a&page=2&utm_campaign=b", "?page=2"],
)
def test_marks_of_advertisers_do_not_matter(page_cache: None, given: str) -> None:
    allow_query("page")
    answer = _answering(_page)
    first = answer("/x/?page=2")
    again = answer("/x/" + given)
    assert again["X-Cache"] == "hit"
    assert again.content == first.content


def test_first_visitor_with_a_mark_leaves_no_trace(page_cache: None) -> None:
    assert b"utm" not in _answering(_page)("/x/?utm_source=mail").content


def test_order_of_parameters_does_not_matter_but_values_do(page_cache: None) -> None:
    allow_query("page", "year")
    answer = _answering(_page)
    answer("/x/?page=2&year=2024")
    assert answer("/x/?year=2024&page=2")["X-Cache"] == "hit"
    assert answer("/x/?year=2023&page=2")["X-Cache"] == "miss"


@pytest.mark.parametrize(
    "query", ["?unknown=1", "?page=" + "9" * 60, "?page=1&page=2&page=3&page=4", "?" + "a" * 1200]
)
def test_strange_parameters_are_answered_but_not_kept(page_cache: None, query: str) -> None:
    allow_query("page")
    answer = _answering(_page)
    assert answer("/x/" + query)["X-Cache"] == "bypass"


def test_variants_of_one_address_are_bounded(
    page_cache: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.page_cache.middleware.MAX_VARIANTS", 3)
    allow_query("page")
    answer = _answering(_page)
    for number in range(5):
        answer(f"/x/?page={number}")
    kept = [answer(f"/x/?page={number}")["X-Cache"] for number in range(5)]
    assert kept == ["hit", "hit", "hit", "miss", "miss"]


def test_hosts_and_schemes_are_kept_apart(page_cache: None) -> None:
    answer = _answering(_page)
    answer(HTTP_HOST="one.example")
    assert answer(HTTP_HOST="two.example")["X-Cache"] == "miss"
    assert answer(HTTP_HOST="ONE.example")["X-Cache"] == "hit"
    assert answer(HTTP_HOST="one.example", secure=True)["X-Cache"] == "miss"


def test_version_for_the_impaired_is_kept_apart(
    site_tree: SimpleNamespace, visitor: Visitor
) -> None:
    page = StandardPageFactory()
    visitor.see(page.url)
    impaired = Visitor()
    impaired.client.cookies["vis"] = "3.wb.off.2.plain"
    assert impaired.see(page.url) == "miss"
    assert impaired.see(page.url) == "hit"
    assert b'data-scheme="wb"' in impaired.client.get(page.url).content
    assert b"data-scheme" not in visitor.client.get(page.url).content
    # Anything else in the cookie is the ordinary version, and cannot fill the cache.
    strange = Visitor()
    strange.client.cookies["vis"] = "<script>"
    assert strange.see(page.url) == "hit"


def test_preview_of_an_editor_is_neither_kept_nor_shown_from_the_cache(
    site_tree: SimpleNamespace, visitor: Visitor
) -> None:
    page = StandardPageFactory(title="Старое")
    visitor.see(page.url)
    page.title = "Новое"
    preview = page.make_preview_request()
    assert "Новое" in preview.content.decode()
    assert visitor.see(page.url) == "hit"
    assert "Старое" in visitor.client.get(page.url).content.decode()


def test_page_changed_while_it_was_made_is_not_kept(page_cache: None) -> None:
    """The change is committed after the view has read, before the answer is stored."""
    shown = {"text": "old"}

    def view(request: HttpRequest) -> HttpResponse:
        depends_on("thing")
        text = shown["text"]
        if text == "old":
            shown["text"] = "new"
            versions.purge_now(["thing"])
        return HttpResponse(text)

    answer = _answering(view)
    assert answer().content == b"old"
    assert answer().content == b"new"
    assert answer()["X-Cache"] == "hit"


@pytest.mark.parametrize("before_the_end", [0, 1, 2, 3])
def test_purge_in_the_midst_of_a_view_leaves_nothing_old(
    page_cache: None, monkeypatch: pytest.MonkeyPatch, before_the_end: int
) -> None:
    """A view has read old data; some steps of the purge come before it ends, the rest after."""
    cache = caches["pages"]
    steps: list[dict] = []
    with monkeypatch.context() as patch:
        patch.setattr(cache, "set_many", lambda values, timeout=None: steps.append(values))
        versions.purge_now(["thing"])
    assert len(steps) == 3

    shown = {"text": "old", "first": True}

    def view(request: HttpRequest) -> HttpResponse:
        depends_on("thing")
        text = shown["text"]
        if shown["first"]:
            shown.update(first=False, text="new")
            for step in steps[:before_the_end]:
                cache.set_many(step)
        return HttpResponse(text)

    answer = _answering(view)
    answer()
    for step in steps[before_the_end:]:
        # Visitors who come between the steps may see either, but must not make the old last.
        answer()
        cache.set_many(step)
    assert answer().content == b"new"


def test_unrelated_change_costs_one_comparison_and_no_new_page(page_cache: None) -> None:
    answer = _answering(_page)
    answer()
    versions.purge_now(["other"])
    assert answer()["X-Cache"] == "hit"
    versions.purge_now(["thing"])
    assert answer()["X-Cache"] == "miss"


def test_version_that_was_evicted_never_comes_back(page_cache: None) -> None:
    answer = _answering(_page)
    answer()
    caches["pages"].delete("tag:thing")
    versions.purge_now(["other"])
    assert answer()["X-Cache"] == "miss"


def test_nothing_outlives_the_day(page_cache: None) -> None:
    from core.page_cache.schedule import kept_until

    late = timezone.localtime().replace(hour=23, minute=59, second=30, microsecond=0)
    assert kept_until(late, 900) == late + timedelta(seconds=30)
    noon = late.replace(hour=12)
    assert kept_until(noon, 900) == noon + timedelta(seconds=900)


def test_switched_off_by_zero_seconds(settings: Settings, site_tree: SimpleNamespace) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    page = StandardPageFactory()
    assert "X-Cache" not in Client().get(page.url)
