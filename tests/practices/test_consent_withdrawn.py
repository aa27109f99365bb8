"""A consent that is withdrawn takes practices off the site in the same moment."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from core.models import Card
from people.enums import ConsentKind
from people.models import ConsentText, User
from people.services.consent_texts import set_up_consent_texts
from people.services.consents import give_consent, withdraw_consent
from practices.enums import Standing
from practices.models import PracticeCase, PracticePage
from tests.factories.people import UserFactory
from tests.factories.practices import PracticeAuthorFactory, PracticePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree", "texts")]


@pytest.fixture
def texts() -> None:
    set_up_consent_texts()


def agree(user: User, *items: str) -> None:
    give_consent(user=user, text=ConsentText.objects.get(kind="distribution"), items=list(items))


def withdraw(user: User) -> None:
    withdraw_consent(user=user, kind=ConsentKind.DISTRIBUTION)


def is_open(practice: PracticePage) -> bool:
    shown = Client().get(practice.url).status_code == 200
    assert Card.objects.filter(page_id=practice.pk).exists() is shown
    return shown


def test_materials_that_may_not_be_shown_any_more_are_gone(client: Client) -> None:
    author = UserFactory()
    agree(author, "name", "materials")
    practice = PracticePageFactory(author=author)
    assert is_open(practice)
    agree(author, "name")
    assert not is_open(practice)
    assert PracticeCase.objects.get(practice=practice).standing == Standing.WITHDRAWN


def test_who_has_never_agreed_stays_nameless() -> None:
    author = UserFactory()
    agree(author, "name")
    practice = PracticePageFactory(author=author)
    withdraw(author)
    assert is_open(practice)


def test_one_of_two_authors_withdraws() -> None:
    one, two = UserFactory(last_name="Первая"), UserFactory(last_name="Вторая")
    practice = PracticePageFactory(author=one)
    PracticeAuthorFactory(practice=practice, user=two, order=1)
    for person in (one, two):
        agree(person, "name", "materials")
    withdraw(one)
    assert is_open(practice)
    html: Any = Client().get(practice.url).content.decode()
    assert "Первая" not in html
    assert "Вторая" in html
    withdraw(two)
    assert not is_open(practice)


def test_what_is_published_later_is_left_alone() -> None:
    author = UserFactory()
    agree(author, "materials")
    withdraw(author)
    practice = PracticePageFactory(author=author)
    give_consent(user=author, text=ConsentText.objects.get(kind="processing"))
    assert is_open(practice)
