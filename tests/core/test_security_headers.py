"""What browsers are told on the public site and in the admin area."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from people.models import User
from tests.factories.home import NewsPageFactory


def _policy(response: object) -> dict[str, list[str]]:
    parts = response["Content-Security-Policy"].split(";")  # type: ignore[index]
    return {words[0]: words[1:] for words in (part.split() for part in parts)}


@pytest.fixture(params=["/", "/search/", "/no-such-page/", "news"])
def public_address(request: pytest.FixtureRequest, site_tree: SimpleNamespace) -> str:
    """Pages of every origin: Wagtail, a view, an error."""
    return NewsPageFactory().url if request.param == "news" else request.param


def test_public_pages_are_strict(client: Client, public_address: str) -> None:
    response = client.get(public_address)
    policy = _policy(response)
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["form-action"] == policy["base-uri"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    assert not any(
        "unsafe" in word or "http" in word for words in policy.values() for word in words
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_public_pages_set_no_cookie(client: Client, public_address: str) -> None:
    assert not client.get(public_address).cookies


def test_admin_alone_may_run_inline_code(
    client_of: Callable[[User | None], Client], superuser: User, site_tree: SimpleNamespace
) -> None:
    policy = _policy(client_of(superuser).get("/admin/"))
    assert "'unsafe-inline'" in policy["script-src"]
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert "'unsafe-inline'" not in _policy(client_of(superuser).get("/"))["script-src"]


def test_session_cookie_is_closed(client: Client, db: None) -> None:
    User.objects.create_superuser("a@example.org", "correct horse battery")
    client.post("/account/log-in/", {"login": "a@example.org", "password": "correct horse battery"})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_error_page_stands_without_a_database(
    client: Client, site_tree: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    from django.db import OperationalError
    from django.db.models.sql.compiler import SQLCompiler

    def refuse(*args: object, **kwargs: object) -> None:
        raise OperationalError("could not connect")

    monkeypatch.setattr(SQLCompiler, "execute_sql", refuse)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    text = response.content.decode()
    assert "<h1" in text
    assert "OperationalError" not in text


@pytest.mark.parametrize(
    "path", ["/%00/", "/?q=%00", "/search/?q=%00&year=%00&page=%00", "/news%00"]
)
def test_the_nul_character_is_no_error(
    client: Client, site_tree: SimpleNamespace, path: str
) -> None:
    assert client.get(path).status_code in (200, 301, 404)


def test_a_foreign_name_of_the_site_gets_a_page_that_says_nothing_of_it(
    client: Client, site_tree: SimpleNamespace, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    text = response.content.decode()
    assert "Портал не может прочитать этот адрес" in text
    assert "evil.example" not in text
    assert _policy(response)["script-src"] == ["'self'"]


def test_an_old_form_is_told_in_plain_words(site_tree: SimpleNamespace) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/account/log-in/", {"login": "a@example.org", "password": "x"})
    assert response.status_code == 403
    assert "Форма устарела" in response.content.decode()
