"""Registration and confirmation; guessing ends, and nobody learns who is here."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from core.models import Letter
from core.services.letters import queue_email
from people.models import User
from people.services.addresses import set_address
from people.services.sign_in import ATTEMPTS
from tests.people.accounts import (
    FORM,
    LOG_IN,
    NAMES,
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


def same(first: object, second: object, *private: str) -> None:
    """Two answers that a stranger cannot tell apart."""
    texts = []
    for answer in (first, second):
        text = answer.content.decode()  # type: ignore[attr-defined]
        text = re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", text)
        for word in private:
            text = text.replace(word, "…")
        texts.append((answer.status_code, answer.headers.get("Location"), text))  # type: ignore[attr-defined]
    assert texts[0] == texts[1]


def test_letters_go_through_the_outbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("people.adapters.queue_email", queue_email)
    Client().post(REGISTER, FORM)
    letter = Letter.objects.get()
    assert letter.recipient == "anna@example.org"
    assert letter.subject == "Подтвердите регистрацию"
    assert letter.text.startswith("Здравствуйте!")
    assert '<a href="http://testserver/account/confirm/' in letter.html
    assert mail.outbox == []


# --- Registration ---------------------------------------------------------------------------------


def test_a_person_registers_confirms_and_is_in_the_cabinet() -> None:
    client = Client()
    answer = client.post(REGISTER, FORM)
    assert answer.headers["Location"] == "/account/confirm/"
    user = User.objects.get()
    assert user.email == "anna@example.org"
    assert user.get_full_name() == ""
    assert not signed_in(client)
    assert [letter.to for letter in mail.outbox] == [["anna@example.org"]]
    assert "text/html" in [kind for _html, kind in mail.outbox[0].alternatives]  # type: ignore[attr-defined]

    link = link_in_letter()
    assert client.get(link).status_code == 200
    assert not EmailAddress.objects.get().verified, "a mail scanner only opens the link"
    answer = client.post(link)
    assert answer.headers["Location"] == "/cabinet/"
    assert signed_in(client)


def test_an_unconfirmed_account_gets_a_new_link_instead_of_entering() -> None:
    Client().post(REGISTER, FORM)
    cache.clear()
    mail.outbox.clear()
    client, place = log_in("anna@example.org")
    assert place == ""
    assert not signed_in(client)
    assert Client().post(link_in_letter()).headers["Location"] == LOG_IN
    assert signed_in(log_in("anna@example.org")[0])


def test_a_link_opened_elsewhere_confirms_but_does_not_log_in() -> None:
    Client().post(REGISTER, FORM)
    other = Client()
    assert other.post(link_in_letter()).headers["Location"] == LOG_IN
    assert not signed_in(other)
    assert signed_in(log_in("anna@example.org")[0])


def test_forged_fields_change_nothing() -> None:
    forged = {"is_superuser": "1", "is_staff": "1", "is_active": "", "groups": "1", "pk": "1"}
    Client().post(REGISTER, FORM | NAMES | forged)
    user = User.objects.get()
    # A name is personal data: it is asked for with the consent.
    assert user.get_full_name() == ""
    assert (user.is_superuser, user.is_staff, user.is_active) == (False, False, True)
    assert not user.groups.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "anna@example.org\r\nBcc: all@example.org"),
        ("email", "anna@example.org,boris@example.org"),
        # Cut to what the column holds it would be the address of somebody else.
        ("email", f"{'a' * 238}@example.org.evil"),
        ("password1", "короткий"),
        ("password1", "anna@example.org"),
        ("password2", "Другой-стол-2020"),
    ],
)
def test_what_is_not_accepted_stays_typed(field: str, value: str) -> None:
    answer = Client().post(REGISTER, FORM | {field: value})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert 'value="Anna@Example.org"' in answer.content.decode() or field == "email"
    assert not User.objects.exists()
    assert mail.outbox == []


# --- No page tells who is here --------------------------------------------------------------------


def test_registration_does_not_tell_who_is_here(
    anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    hash_it = User.set_password
    monkeypatch.setattr(
        User, "set_password", lambda self, raw: (hashed.append(raw), hash_it(self, raw))[1]
    )
    clients = Client(), Client()
    answers = [
        client.post(REGISTER, FORM | {"email": email})
        for client, email in zip(clients, ("ANNA@example.org", "new@example.org"), strict=True)
    ]
    same(*answers)
    pages = [client.get("/account/confirm/") for client in clients]
    same(*pages, "anna@example.org", "new@example.org")
    assert len(hashed) == 2, "a hash is made for both: it is what takes time"
    assert len(mail.outbox) == 2
    assert "уже есть" in str(mail.outbox[0].body)
    anna.refresh_from_db()
    assert anna.first_name == "Анна"
    assert User.objects.count() == 2


def test_a_forgotten_password_does_not_tell_who_is_here(anna: User) -> None:
    addresses = ("anna@example.org", "nobody@example.org")
    answers = [Client().post("/account/password/forgotten/", {"email": one}) for one in addresses]
    same(*answers)
    assert [letter.to for letter in mail.outbox] == [[one] for one in addresses]
    assert "нет" in mail.outbox[1].subject


def test_the_log_in_does_not_tell_who_is_here(anna: User) -> None:
    answers = [
        Client().post(LOG_IN, {"login": one, "password": "wrong"})
        for one in ("anna@example.org", "nobody@example.org")
    ]
    same(*answers, "anna@example.org", "nobody@example.org")


def test_a_change_of_address_does_not_tell_who_is_here(anna: User) -> None:
    User.objects.create_user("boris@example.org", PASSWORD)
    client = sure(log_in("anna@example.org")[0])
    answers = [
        client.post("/account/security/e-mail/", {"email": one, "action_add": ""})
        for one in ("boris@example.org", "free@example.org")
    ]
    same(*answers)


def test_somebody_registers_at_the_same_moment(anna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "people.forms.entrance.RegistrationForm.validate_unique_email", lambda self, value: value
    )
    answer = Client().post(REGISTER, FORM)
    assert answer.headers["Location"] == "/account/confirm/"
    assert User.objects.count() == 1


def test_an_attempt_to_register_does_not_tell_who_is_here(anna: User) -> None:
    """Whoever registers an address and logs in with the same password learns nothing from it."""
    set_address(user=anna, confirmed=True)
    chosen = "Совсем-другой-стол-64"
    emails = ("anna@example.org", "new@example.org")
    clients = [Client(), Client()]
    for email in emails:
        Client().post(REGISTER, FORM | {"email": email, "password1": chosen, "password2": chosen})
    # Longer than an account stays open to guessing.
    for _attempt in range(ATTEMPTS + 2):
        answers = [
            client.post(LOG_IN, {"login": email, "password": chosen})
            for client, email in zip(clients, emails, strict=True)
        ]
        same(*answers, *emails)
        assert [sorted(answer.cookies) for answer in answers] in ([[], []], [["csrftoken"]] * 2)
    assert "Слишком много" in answers[0].content.decode()


def test_the_right_password_of_an_unconfirmed_account_is_answered_as_a_wrong_one() -> None:
    """Nothing but the letter tells them apart, and the answer says that one may come."""
    Client().post(REGISTER, FORM)
    cache.clear()
    mail.outbox.clear()
    passwords = ("Неверный-стол-2020", FORM["password1"])
    answers, letters = [], []
    for password in passwords:
        sent = {"login": FORM["email"], "password": password}
        answers.append(Client().post(LOG_IN, sent))
        letters.append(len(mail.outbox))
    assert letters == [0, 1]
    text = answers[0].content.decode().replace("\xa0", " ")
    assert "при верном пароле оно придёт ещё раз" in text
    same(*answers, *passwords)
    assert [sorted(answer.cookies) for answer in answers] == [["csrftoken"], ["csrftoken"]]


# --- Guessing -------------------------------------------------------------------------------------


def test_guessing_from_one_address_ends_whatever_the_accounts(settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_address": "5/15m/ip"}  # type: ignore[attr-defined]
    User.objects.create_user("anna@example.org", PASSWORD)
    for number in range(5):
        log_in(f"nobody-{number}@example.org", "wrong")
    assert not signed_in(log_in("anna@example.org")[0])
    elsewhere = Client(REMOTE_ADDR="203.0.113.7")
    elsewhere.post(LOG_IN, {"login": "anna@example.org", "password": PASSWORD})
    assert signed_in(elsewhere)


def test_a_right_password_does_not_use_up_the_address(settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_address": "2/15m/ip"}  # type: ignore[attr-defined]
    User.objects.create_user("anna@example.org", PASSWORD)
    for _number in range(4):
        assert signed_in(log_in("anna@example.org")[0])


def test_a_visitor_cannot_choose_the_address(settings: object) -> None:
    """Without the proxy its header says nothing."""
    settings.ACCOUNT_RATE_LIMITS = {"login_address": "2/15m/ip"}  # type: ignore[attr-defined]
    User.objects.create_user("anna@example.org", PASSWORD)
    for number in range(3):
        Client().post(
            LOG_IN,
            {"login": "anna@example.org", "password": "wrong"},
            headers={"X-Real-IP": f"203.0.113.{number}", "X-Forwarded-For": f"203.0.113.{number}"},
        )
    assert not signed_in(log_in("anna@example.org")[0])
