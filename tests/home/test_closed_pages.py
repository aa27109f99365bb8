"""What stands before a page that is not open to everybody, and whether it opens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from people.models import User
from tests.factories.home import DocumentPageFactory, NewsPageFactory, TopicPageFactory

ClientOf = Callable[..., Client]


@pytest.fixture
def page(site_tree: SimpleNamespace) -> Page:
    """A news item with a summary that must stay behind the door."""
    return NewsPageFactory(title="За дверью", summary="Только своим")


def _close(page: Page, kind: str, **values: str) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **values)


@pytest.mark.parametrize("kind", ["login", "groups"])
def test_a_visitor_is_led_to_the_log_in(client: Client, page: Page, kind: str) -> None:
    _close(page, kind)
    answer = client.get(page.url, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain == [(f"/account/log-in/?next={page.url}", 302)]


def test_who_has_logged_in_comes_in(client_of: ClientOf, page: Page, teacher: User) -> None:
    _close(page, "login")
    assert "За дверью" in client_of(teacher).get(page.url).content.decode()


def test_a_group_opens_to_its_people_alone(client_of: ClientOf, page: Page, teacher: User) -> None:
    group = Group.objects.create(name="Члены совета")
    _close(page, "groups").groups.add(group)
    refused = client_of(teacher).get(page.url)
    assert refused.status_code == 403
    assert "За дверью" not in refused.content.decode()
    teacher.groups.add(group)
    assert client_of(teacher).get(page.url).status_code == 200


def test_a_password_opens_the_page(client: Client, page: Page) -> None:
    _close(page, "password", password="слово")
    door = client.get(page.url)
    html = door.content.decode()
    assert door.status_code == 200
    assert '<main id="main">' in html
    assert "За дверью" not in html
    assert "Только своим" not in html
    action = door.context["action_url"]
    wrong = client.post(action, {"password": "не то", "return_url": page.url})
    assert wrong.context["form"].errors["password"][0] in wrong.content.decode()
    assert "За дверью" not in client.get(page.url).content.decode()
    answer = client.post(action, {"password": "слово", "return_url": page.url}, follow=True)
    assert answer.redirect_chain == [(page.url, 302)]
    assert "За дверью" in answer.content.decode()


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_the_home_page_leads_to_no_closed_door(
    client: Client,
    client_of: ClientOf,
    site_tree: SimpleNamespace,
    page: Page,
    teacher: User,
    kind: str,
) -> None:
    links = [{"text": "Открыть", "page": page.pk, "url": ""}]
    site_tree.home.entrances = [
        {"type": "entrance", "value": {"title": "Учителю", "links": links}},
    ]
    site_tree.home.save_revision().publish()
    assert f'href="{page.url}">Открыть' in client.get("/").content.decode()
    _close(page, kind)
    assert "Учителю" not in client.get("/").content.decode()
    # Whoever is signed in goes on where a log-in opens the door, and only there.
    assert ("Открыть" in client_of(teacher).get("/").content.decode()) == (kind == "login")


def test_a_page_below_a_closed_one_is_closed_to_the_home_page(
    client: Client, site_tree: SimpleNamespace, page: Page
) -> None:
    links = [{"text": "Открыть", "page": page.pk, "url": ""}]
    site_tree.home.entrances = [
        {"type": "entrance", "value": {"title": "Учителю", "links": links}},
    ]
    site_tree.home.save_revision().publish()
    assert "Учителю" in client.get("/").content.decode()
    _close(page.get_parent(), "login")
    assert "Учителю" not in client.get("/").content.decode()


def test_a_document_for_its_people_is_no_entrance_for_a_visitor(
    client: Client, client_of: ClientOf, site_tree: SimpleNamespace, teacher: User
) -> None:
    document = DocumentPageFactory(title="Для своих", access="signed_in")
    links = [{"text": "Читать", "page": document.pk, "url": ""}]
    site_tree.home.entrances = [
        {"type": "entrance", "value": {"title": "Учителю", "links": links}},
    ]
    site_tree.home.save_revision().publish()
    assert "Учителю" not in client.get("/").content.decode()
    assert f'href="{document.url}">Читать' in client_of(teacher).get("/").content.decode()


def test_a_document_that_is_closed_loses_its_entrance_on_the_kept_page(
    client: Client,
    site_tree: SimpleNamespace,
    page_cache: None,
    committed: Callable[[], AbstractContextManager[None]],
) -> None:
    with committed():
        document = DocumentPageFactory(title="Пока для всех")
        links = [{"text": "Читать", "page": document.pk, "url": ""}]
        site_tree.home.entrances = [
            {"type": "entrance", "value": {"title": "Учителю", "links": links}},
        ]
        site_tree.home.save_revision().publish()
    assert "Учителю" in client.get("/").content.decode()
    with committed():
        document.access = "signed_in"
        document.save_revision().publish()
    assert "Учителю" not in client.get("/").content.decode()


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_the_chip_of_a_topic_leads_to_no_closed_door(
    client: Client, client_of: ClientOf, page: Page, teacher: User, kind: str
) -> None:
    hub = TopicPageFactory(title="Наставникам")
    page.topics.add(hub.topic)
    page.save_revision().publish()
    chip = f'<a class="chip" href="{hub.url}">'
    assert chip in client.get(page.url).content.decode()
    _close(hub, kind)
    assert chip not in client.get(page.url).content.decode()
    assert (chip in client_of(teacher).get(page.url).content.decode()) == (kind == "login")


def test_the_button_of_a_page_leads_to_no_closed_door(
    client: Client, client_of: ClientOf, page: Page, teacher: User
) -> None:
    target = NewsPageFactory(title="Запись")
    button = {"text": "Записаться", "page": target.pk, "url": ""}
    page.body = [{"type": "call_to_action", "value": {"title": "Встреча", "link": button}}]
    page.save_revision().publish()
    assert "Записаться" in client.get(page.url).content.decode()
    _close(target, "login")
    assert "Записаться" not in client.get(page.url).content.decode()
    assert "Записаться" in client_of(teacher).get(page.url).content.decode()
