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
    typed = {"username": person.email, "password": PASSWORD}
    if found:
        typed["next"] = unescape(found[1])
    return client.post("/admin/login/", typed, follow=True)


def ways_in(client: Client, address: str) -> set[str]:
    """Where the links «Log in» of a page lead."""
    html = client.get(address).content.decode()
    return {unescape(link) for link in re.findall(r'href="(/admin/login/[^"]*)"', html)}


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
        assert ways_in(client, news.url) == {f"/admin/login/?next={news.url}"}


def test_the_query_of_a_visitor_does_not_stand_in_the_link(site_tree) -> None:
    address = site_tree.library.url
    assert ways_in(Client(), f"{address}?sort=title&next=//evil.example") == {
        f"/admin/login/?next={address}"
    }
    assert ways_in(Client(), "/search/?q=привет") == {"/admin/login/?next=/search/"}


def test_an_odd_path_stays_one_value(site_tree) -> None:
    html = Client().get('/нет/"><b>&next=/admin/').content.decode()
    links = set(re.findall(r'href="(/admin/login/[^"]*)"', html))
    path = "/%D0%BD%D0%B5%D1%82/%22%3E%3Cb%3E%26next%3D/admin/"
    assert links == {f"/admin/login/?next={path}"}


@pytest.mark.parametrize(
    "target", ["", "/admin/", "/admin/pages/", "//evil.example/", "https://evil.example/admin/"]
)
def test_a_reader_never_ends_in_the_admin(site_tree, reader: User, target: str) -> None:
    answer = enter(Client(), reader, f"/admin/login/?next={target}")
    assert answer.redirect_chain == [("/", 302)]
    assert "нет прав" not in answer.content.decode()


def test_an_editor_who_comes_from_nowhere_gets_the_desk(site_tree, editor: User) -> None:
    assert enter(Client(), editor, "/admin/login/").redirect_chain == [("/admin/", 302)]


def test_a_reader_who_has_logged_in_is_not_asked_again(site_tree, client_of, teacher: User) -> None:
    address = site_tree.library.url
    assert client_of(teacher).get(f"/admin/login/?next={address}").headers["Location"] == address
    assert client_of(teacher).get("/admin/login/").headers["Location"] == "/"


def test_a_reader_in_the_admin_is_told_why_not_and_may_change_the_account(
    site_tree, client_of, teacher: User
) -> None:
    answer = client_of(teacher).get("/admin/", follow=True)
    assert answer.redirect_chain == [("/admin/login/?next=/admin/", 302)]
    assert 'name="password"' in answer.content.decode()


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
    assert ways_in(client, "/") == {"/admin/login/?next=/"}


def test_a_link_cannot_log_anybody_out(site_tree, client_of, teacher: User) -> None:
    client = client_of(teacher)
    response = client.get(OUT)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert "_auth_user_id" in client.session


def test_no_page_of_a_forgotten_password_is_a_dead_end(client: Client) -> None:
    back = 'href="/admin/login/"'
    assert back in client.get("/admin/password_reset/").content.decode()
    sent = client.post("/admin/password_reset/", {"email": "a@example.org"}, follow=True)
    assert back in sent.content.decode()
