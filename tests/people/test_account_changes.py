"""A new password, a new address, an end of sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.models import User
from people.services.addresses import set_address
from tests.people.accounts import (
    FORM,
    LOG_IN,
    PASSWORD,
    REGISTER,
    link_in_letter,
    log_in,
    signed_in,
    sure,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("letters_at_once", "site_tree"),
]


# --- Password and address -------------------------------------------------------------------------


def test_a_new_password_by_the_link_works_once_and_ends_other_sessions(anna: User) -> None:
    old, _place = log_in("anna@example.org")
    Client().post("/account/password/forgotten/", {"email": "anna@example.org"})
    link = link_in_letter()
    client = Client()
    form = client.get(link).headers["Location"]
    assert "set-password" in form, "the key does not stay in the address"
    new = {"password1": "Другой-стол-2021", "password2": "Другой-стол-2021"}
    assert client.post(form, new).headers["Location"] == "/account/password/done/"
    assert not signed_in(client)
    assert old.get("/account/security/").status_code == 302
    assert signed_in(log_in("anna@example.org", "Другой-стол-2021")[0])
    assert "больше не действует" in Client().get(link).content.decode().replace("\xa0", " ")
    assert "новый пароль" in mail.outbox[-1].subject


def test_links_of_letters_name_the_portal_and_not_the_host_of_the_request(anna: User) -> None:
    client = Client(HTTP_HOST="evil.example")
    client.post("/account/password/forgotten/", {"email": "anna@example.org"})
    client.post(REGISTER, FORM | {"email": "new@example.org"})
    assert len(mail.outbox) == 2
    assert not any("evil.example" in str(letter.body) for letter in mail.outbox)


def test_a_change_of_address_is_confirmed_and_told_to_the_old_one(anna: User) -> None:
    client = sure(log_in("anna@example.org")[0])
    answer = client.post(
        "/account/security/e-mail/", {"email": "New@example.org", "action_add": ""}
    )
    assert answer.status_code == 302
    anna.refresh_from_db()
    assert anna.email == "anna@example.org"
    assert mail.outbox[-1].to == ["new@example.org"]
    client.post(link_in_letter())
    anna.refresh_from_db()
    assert anna.email == "new@example.org"
    assert mail.outbox[-1].to == ["anna@example.org"]
    assert "new@example.org" in str(mail.outbox[-1].body)
    assert not signed_in(log_in("anna@example.org")[0])
    assert signed_in(log_in("new@example.org")[0])


def test_an_address_longer_than_what_is_kept_is_refused(anna: User) -> None:
    client = sure(log_in("anna@example.org")[0])
    longer = f"{'a' * 238}@example.org.evil"
    answer = client.post("/account/security/e-mail/", {"email": longer, "action_add": ""})
    assert "254" in answer.context["form"].errors["email"][0]
    assert mail.outbox == []


def test_a_change_of_address_asks_for_the_password_first(anna: User) -> None:
    client, _place = log_in("anna@example.org")
    answer = client.post(
        "/account/security/e-mail/", {"email": "new@example.org", "action_add": ""}
    )
    assert answer.headers["Location"].startswith("/account/sure/")
    assert mail.outbox == []


def test_an_address_that_another_account_waits_for_is_not_taken(anna: User) -> None:
    """Made in the admin, not confirmed yet: two accounts with one address are an error."""
    client = sure(log_in("anna@example.org")[0])
    client.post("/account/security/e-mail/", {"email": "boris@example.org", "action_add": ""})
    boris = User(email="boris@example.org")
    boris.save()
    assert client.post(link_in_letter()).status_code in (200, 302)
    anna.refresh_from_db()
    assert anna.email == "anna@example.org"


def test_an_address_changed_in_the_admin_is_confirmed_again(
    anna: User, client_of, superuser: User
) -> None:
    answer = client_of(superuser).post(
        f"/admin/users/edit/{anna.pk}/",
        {
            "email": "other@example.org",
            "first_name": "Анна",
            "last_name": "Пример",
            "is_active": "on",
        },
    )
    assert answer.status_code == 302
    assert not signed_in(log_in("anna@example.org")[0])
    mail.outbox.clear()
    assert not signed_in(log_in("other@example.org")[0])
    assert [letter.to for letter in mail.outbox] == [["other@example.org"]]
    assert Client().post(link_in_letter()).status_code == 302
    assert signed_in(log_in("other@example.org")[0])
    assert not EmailAddress.objects.filter(email="anna@example.org").exists()


def test_a_closed_account_does_not_enter(anna: User) -> None:
    User.objects.update(is_active=False)
    client, place = log_in("anna@example.org")
    assert place == "/account/closed/"
    assert not signed_in(client)


def test_the_address_is_the_only_one(anna: User) -> None:
    anna.email = "second@example.org"
    anna.save()
    set_address(user=anna, confirmed=True)
    assert [one.email for one in EmailAddress.objects.filter(user=anna)] == ["second@example.org"]


# --- Sessions -------------------------------------------------------------------------------------


def test_sessions_are_listed_and_ended(anna: User) -> None:
    firefox = {
        "HTTP_USER_AGENT": "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
    }
    here, there = Client(**firefox), Client()
    for client in (here, there):
        client.post(LOG_IN, {"login": "anna@example.org", "password": PASSWORD})
    # The other one was last in use two days ago, and then came back for a moment.
    long_ago = timezone.now() - timedelta(days=2)
    UserSession.objects.update(last_seen_at=long_ago)
    html = here.get("/account/security/sessions/").content.decode()
    assert html.index("Firefox, Windows") < html.index("Это устройство") < html.index("Неизвестное")
    assert "Последний раз" in html
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        there.get("/cabinet/")
        first = len(asked)
        there.get("/cabinet/")
        assert len(asked) - first < first, "noted once in ten minutes"
    assert UserSession.objects.filter(last_seen_at__gt=long_ago).count() == 1
    here.post("/account/security/sessions/")
    assert there.get("/cabinet/").status_code == 302
    assert here.get("/cabinet/").status_code == 200


def test_all_sessions_are_ended(anna: User) -> None:
    here, there = log_in("anna@example.org")[0], log_in("anna@example.org")[0]
    assert (
        here.post("/account/security/sessions/", {"everywhere": "1"}).headers["Location"] == LOG_IN
    )
    assert not signed_in(here)
    assert there.get("/cabinet/").status_code == 302
