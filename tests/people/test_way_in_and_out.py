"""From the header of the site into an account and out again, for a reader and for an editor."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from core.models import PortalDocument
from home.models import DocumentFile
from people.models import User
from tests.factories.core import PortalDocumentFactory
from tests.factories.home import DocumentPageFactory, NewsPageFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
IN = "/account/log-in/"
OUT = "/account/log-out/"


@pytest.fixture
def reader(teacher: User) -> User:
    teacher.set_password(PASSWORD)
    teacher.save()
    return teacher


@pytest.fixture
def editor(superuser: User) -> User:
    superuser.set_password(PASSWORD)
    superuser.save()
    return superuser


def enter(client: Client, person: User, address: str):
    """Fill in the form that stands at ``address``, and go where it leads."""
    form = client.get(address)
    found = re.search(r'name="next" value="([^"]*)"', form.content.decode())
    typed = {"login": person.email, "password": PASSWORD}
    if found:
        typed["next"] = unescape(found[1])
    return client.post(IN, typed, follow=True)


def ways_in(client: Client, address: str) -> set[str]:
    """Where the links «Log in» of a page lead."""
    html = client.get(address).content.decode()
    return {unescape(link) for link in re.findall(r'href="(/account/log-in/[^"]*)"', html)}


@pytest.mark.parametrize("person", ["reader", "editor"])
def test_log_in_of_the_header_comes_back_to_the_page(
    site_tree, person: str, request: pytest.FixtureRequest
) -> None:
    news = NewsPageFactory(slug="novost")
    client = Client()
    (way,) = ways_in(client, news.url)
    answer = enter(client, request.getfixturevalue(person), way)
    assert answer.redirect_chain == [(news.url, 302)]
    assert answer.wsgi_request.user.is_authenticated


def test_each_page_names_itself_though_the_header_is_remembered(site_tree) -> None:
    first, second = NewsPageFactory(slug="pervaya"), NewsPageFactory(slug="vtoraya")
    client = Client()
    for news in (first, second, first):
        assert ways_in(client, news.url) == {f"/account/log-in/?by=link&next={news.url}"}


def test_the_query_of_a_visitor_does_not_stand_in_the_link(site_tree) -> None:
    address = site_tree.library.url
    assert ways_in(Client(), f"{address}?sort=title&next=//evil.example") == {
        f"/account/log-in/?by=link&next={address}"
    }
    assert ways_in(Client(), "/search/?q=привет") == {"/account/log-in/?by=link&next=/search/"}


def test_an_odd_path_stays_one_value(site_tree) -> None:
    html = Client().get('/нет/"><b>&next=/admin/').content.decode()
    links = {unescape(link) for link in re.findall(r'href="(/account/log-in/[^"]*)"', html)}
    path = "/%D0%BD%D0%B5%D1%82/%22%3E%3Cb%3E%26next%3D/admin/"
    assert links == {f"/account/log-in/?by=link&next={path}"}


@pytest.mark.parametrize(
    "target", ["", "/admin/", "/admin/pages/", "//evil.example/", "https://evil.example/admin/"]
)
def test_a_reader_never_ends_in_the_admin(site_tree, reader: User, target: str) -> None:
    answer = enter(Client(), reader, f"/account/log-in/?next={target}")
    assert answer.redirect_chain == [("/cabinet/", 302)]
    assert "нет прав" not in answer.content.decode()


def test_an_editor_who_comes_from_nowhere_gets_the_desk(site_tree, editor: User) -> None:
    assert enter(Client(), editor, IN).redirect_chain == [("/admin/", 302)]


def test_a_reader_who_has_logged_in_is_not_asked_again(site_tree, client_of, teacher: User) -> None:
    address = site_tree.library.url
    assert client_of(teacher).get(f"/account/log-in/?next={address}").headers["Location"] == address
    assert client_of(teacher).get(IN).headers["Location"] == "/cabinet/"


def test_a_reader_in_the_admin_is_told_why_not_and_may_change_the_account(
    site_tree, client_of, teacher: User
) -> None:
    answer = client_of(teacher).get("/admin/", follow=True)
    assert answer.redirect_chain == [("/account/log-in/?next=/admin/", 302)]
    html = unescape(answer.content.decode())
    assert "Этот раздел для вас закрыт" in html
    assert 'name="next" value="/account/log-in/?next=%2Fadmin%2F"' in html


def test_a_reader_logs_out_and_what_is_closed_is_closed_again(
    site_tree, client_of, teacher: User
) -> None:
    file: PortalDocument = PortalDocumentFactory()
    page = DocumentPageFactory(signed_in_only=True, files=[DocumentFile(document=file)])
    client = client_of(teacher)
    assert client.get(page.url).status_code == 200
    assert client.get(file.url).status_code == 200
    assert f'action="{OUT}" method="post"' in client.get("/").content.decode()

    answer = client.post(OUT)
    assert answer.headers["Location"] == "/"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "_auth_user_id" not in client.session
    assert client.get(page.url).status_code == 302
    assert client.get(file.url).status_code != 200
    assert ways_in(client, "/") == {"/account/log-in/?by=link&next=/"}


def test_a_link_cannot_log_anybody_out(site_tree, client_of, teacher: User) -> None:
    client = client_of(teacher)
    assert client.get(OUT).status_code == 200
    assert client.get("/admin/logout/").status_code == 200
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/admin/login/?next=/admin/pages/", "/account/log-in/?next=/admin/pages/"),
        ("/admin/password_reset/", "/account/password/forgotten/"),
        ("/admin/password_reset/confirm/MQ/abc-def/", "/account/password/forgotten/"),
    ],
)
def test_the_entrances_of_the_admin_lead_to_ours(site_tree, old: str, new: str) -> None:
    assert Client().get(old).headers["Location"] == new
    # Nobody is checked there without our limits and the second factor.
    answer = Client().post(old, {"username": "a@example.org", "password": "x"})
    assert answer.headers["Location"] == new
