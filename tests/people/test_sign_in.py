"""The entrance: guessing passwords ends soon, and a stranger learns nothing."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from people.models import User
from people.services import sign_in as services

pytestmark = pytest.mark.django_db
RIGHT = "correct horse battery"
LOG_IN = "/account/log-in/"


@pytest.fixture
def account() -> User:
    return User.objects.create_superuser("chief@example.org", RIGHT)


def enter(password: str, email: str = "chief@example.org") -> bool:
    """Whether a new visitor gets in."""
    response = Client().post(LOG_IN, {"login": email, "password": password})
    return response.status_code == 302


def test_guessing_ends_and_begins_anew_later(
    account: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _attempt in range(services.ATTEMPTS):
        assert not enter("wrong")
    assert not enter(RIGHT)
    assert not enter(RIGHT, "CHIEF@example.org ")
    cache.clear()
    assert enter(RIGHT)


def test_the_right_password_wipes_out_the_wrong_ones(account: User) -> None:
    for _attempt in range(3):
        for _wrong in range(services.ATTEMPTS - 1):
            enter("wrong")
        assert enter(RIGHT)


def test_one_account_does_not_close_another(account: User) -> None:
    User.objects.create_superuser("other@example.org", RIGHT)
    for _attempt in range(services.ATTEMPTS + 1):
        enter("wrong")
    assert enter(RIGHT, "other@example.org")


def test_no_address_stands_in_the_cache(account: User) -> None:
    assert "chief" not in services._key("chief@example.org")


@pytest.mark.parametrize("email", ["chief@example.org", "nobody@example.org"])
def test_the_answer_does_not_tell_whether_there_is_an_account(account: User, email: str) -> None:
    texts = []
    for _attempt in range(services.ATTEMPTS + 1):
        page = Client().post(LOG_IN, {"login": email, "password": "wrong"})
        texts.append(page.content.decode())
    assert "не подходят друг к другу" in texts[0]
    assert "Слишком много попыток" in texts[-1]


def test_a_session_of_before_is_not_taken_over(account: User) -> None:
    client = Client()
    client.get(LOG_IN)
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post(LOG_IN, {"login": account.email, "password": RIGHT})
    assert client.cookies["sessionid"].value != before


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"],
)
def test_the_way_after_the_entrance_stays_on_the_site(account: User, target: str) -> None:
    page = Client().post(LOG_IN, {"login": account.email, "password": RIGHT, "next": target})
    assert page["Location"] == "/admin/"
