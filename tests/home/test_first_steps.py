"""The first screen of a portal that has just been set up says what it waits for."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from core.models import SiteSettings
from home.models import NewsIndexPage
from home.queries.first_steps import first_steps_for
from home.services.seeding import find_page
from people.models import User
from tests.factories.home import NewsPageFactory, RubricFactory

pytestmark = pytest.mark.django_db


def titles(user: User) -> list[str]:
    return [row.title for row in first_steps_for(user).rows]


def test_an_empty_portal_begins_with_its_owner_and_first_news(
    portal: None, superuser: User
) -> None:
    found = first_steps_for(superuser)
    assert [row.title for row in found.rows[:3]] == [
        "Настройки портала",
        "Первая новость",
        "О центре",
    ]
    assert found.more
    assert all(row.url and row.remark for row in found.rows)


def test_what_is_done_leaves_the_list(portal: None, superuser: User) -> None:
    site = Site.objects.get()
    owner = SiteSettings.for_site(site)
    owner.email, owner.phone, owner.address = "imc@example.ru", "+7 35341 2-00-00", "с. Курманаевка"
    owner.save()
    NewsPageFactory(parent=NewsIndexPage.objects.get(), rubric=RubricFactory())
    page = find_page("o-centre")
    assert page is not None
    page.save_revision(user=superuser)
    assert titles(superuser)[0] == "Участвуем в нацпроекте «Образование»"


def test_whoever_may_change_nothing_is_asked_for_nothing(portal: None, teacher: User) -> None:
    assert titles(teacher) == []


def test_the_panel_stands_on_the_first_screen(
    portal: None, superuser: User, client: Client
) -> None:
    client.force_login(superuser)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "С чего начать" in html
    assert "Блок «Контакт» для каждого кабинета" in html
