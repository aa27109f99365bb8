"""What browsers are told on the public site and in the admin area."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from people.models import User
from tests.factories.core import PortalImageFactory
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


@pytest.mark.parametrize("name", ["site.css", "site.js", "motif.svg", "wagtailadmin/css/core.css"])
def test_static_files_run_nothing_of_themselves(client: Client, db: None, name: str) -> None:
    response = client.get(f"/static/{name}")
    policy = _policy(response)
    assert response.status_code == 200
    assert policy["default-src"] == ["'none'"]
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in response


def test_an_uploaded_picture_is_shown_and_runs_nothing(client: Client, db: None) -> None:
    image = PortalImageFactory()
    for spec in ("width-40|format-avif", "width-40|format-webp", "width-40|format-jpeg"):
        address = image.get_rendition(spec).url
        response = client.get(address)
        assert response.status_code == 200
        assert response["Content-Type"] == f"image/{spec.rsplit('-')[-1]}"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in _policy(response)
        assert "max-age" in response["Cache-Control"]
        assert not response.cookies
    head = {"if-modified-since": response["Last-Modified"]}
    assert client.get(address, headers=head).status_code == 304


def test_a_drawing_among_the_pictures_runs_no_script(client: Client, settings: Settings) -> None:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "x.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')
    (folder / "x.html").write_text("<script>alert(1)</script>")
    response = client.get("/media/x.svg")
    assert response["Content-Type"] == "image/svg+xml"
    policy = _policy(response)
    assert policy["sandbox"] == []
    assert policy["default-src"] == ["'none'"]
    assert "script-src" not in policy


@pytest.mark.parametrize(
    "path",
    [
        "x.html",
        "no.png",
        "../portal.sqlite3",
        "%2e%2e/private/a.png",
        "%00.png",
        "images/",
        "a" * 300 + ".png",
    ],
)
def test_nothing_but_pictures_is_among_the_pictures(
    client: Client, site_tree: SimpleNamespace, path: str
) -> None:
    assert client.get(f"/media/{path}").status_code == 404
