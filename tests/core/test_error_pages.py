"""The page of an error keeps the way to everything else, whatever has failed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from core import chrome, serving
from core.views.errors import server_error

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_frame_seen() -> Iterator[None]:
    chrome._frames.clear()
    yield
    chrome._frames.clear()


def broken(*_args: Any, **_options: Any) -> None:
    raise ConnectionError("The database does not answer.")


def test_sections_stay_without_a_database(
    site_tree: Any, rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Client().get("/")
    with django_assert_num_queries(0):
        response = server_error(rf.get("/"))
    html = response.content.decode()
    assert response.status_code == 500
    assert f'<a href="{site_tree.library.url}">' in html
    assert "Портал не смог ответить" in html.replace("\xa0", " ")


def test_the_view_answers_for_what_fails_inside(
    site_tree: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(raise_request_exception=False)
    client.get("/")
    monkeypatch.setattr(serving, "serve_by_wagtail", broken)
    response = client.get(site_tree.library.url)
    assert response.status_code == 500
    assert f'<a href="{site_tree.news.url}">' in response.content.decode()


def test_a_process_that_has_shown_nothing_yet_leads_home_and_to_the_search(
    db: None, rf: RequestFactory
) -> None:
    html = server_error(rf.get("/")).content.decode()
    assert '<a href="/">' in html
    assert 'action="/search/"' in html


def test_it_keeps_the_version_for_the_visually_impaired(db: None, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.COOKIES["vis"] = "4.wb.off.1.plain"
    assert 'data-scheme="wb"' in server_error(request).content.decode()
