"""The question after a log-in: put once, put off, answered; and the way of a new person."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from people.enums import ConsentItem, Role
from people.models import Consent, ConsentAnswer, ConsentText, User
from people.queries.consent_texts import questions_for
from people.queries.publishing import may_process, published_items
from people.services.consent_texts import add_version, text_in_force
from people.services.consents import give_consent, withdraw_consent
from tests.factories.people import UserFactory
from tests.people.accounts import FORM, NAMES, PASSWORD, REGISTER, link_in_letter, log_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("letters_at_once", "roles_and_texts"),
]
QUESTION = "/cabinet/consents/question/"


def current(kind: str) -> ConsentText:
    text = text_in_force(kind)
    assert text is not None
    return text


def renew(kind: str, **words: Any) -> ConsentText:
    """Put a new version in force."""
    text = current(kind)
    seen = text.version
    for name, value in (words or {"title": f"{text.title} (новое)"}).items():
        setattr(text, name, value)
    return add_version(text=text, seen=seen, user=UserFactory(groups=[Role.ADMINISTRATOR.value]))


def sent(action: str, kind: str = "processing", **more: Any) -> dict[str, Any]:
    version = str(current(kind).version)
    return {"kind": kind, "version": version, "next": "/cabinet/", "action": action, **more}


def asked(client: Client) -> str:
    """What the question says; «» when nothing is asked and the way goes on."""
    answer = client.get(QUESTION)
    return "" if answer.status_code == 302 else answer.content.decode().replace("\xa0", " ")


def test_a_new_person_comes_smoothly_to_the_profile() -> None:
    client = Client()
    client.post(REGISTER, FORM)
    place = client.post(link_in_letter()).headers["Location"]
    assert place == f"{QUESTION}?next=%2Fcabinet%2F"
    page = client.get(place).content.decode()
    assert "152-ФЗ" in page
    assert 'name="last_name"' in page
    # A mistake loses nothing.
    wrong = client.post(QUESTION, sent("give", **{**NAMES, "last_name": ""}))
    assert 'value="Ивановна"' in wrong.content.decode()
    assert not Consent.objects.exists()
    place = client.post(QUESTION, sent("give", **NAMES)).headers["Location"]
    assert client.get(place).headers["Location"] == "/cabinet/profile/"
    profile = client.get("/cabinet/profile/").content.decode()
    assert all(f'value="{name}"' in profile for name in NAMES.values())
    assert "Петрова-Водкина Анна Ивановна" in Consent.objects.get().wording
    assert log_in("anna@example.org")[1] == "/cabinet/"


def test_put_off_it_is_asked_again_once_at_the_next_log_in(anna: User) -> None:
    for _day in range(2):
        client, place = log_in(anna.email, next="/search/")
        assert place == f"{QUESTION}?next=%2Fsearch%2F"
        for _click in range(2):
            answer = client.post(QUESTION, sent("later", next="/search/"))
            assert client.get(answer.headers["Location"]).headers["Location"] == "/search/"
        # The rest of the session is quiet, and no other page leads to the question.
        assert asked(client) == ""
        assert client.get("/cabinet/").status_code == 200
    assert ConsentAnswer.objects.get().answer == "postponed"
    assert ModelLogEntry.objects.filter(action="people.answer_consent").count() == 1
    assert not may_process(anna)


def test_declined_it_is_not_asked_again_and_can_still_be_given(anna: User) -> None:
    client, _place = log_in(anna.email)
    for action in ("decline", "decline", "later"):
        client.post(QUESTION, sent(action))
    assert ConsentAnswer.objects.get().answer == "declined"
    assert ModelLogEntry.objects.filter(action="people.answer_consent").count() == 1
    assert log_in(anna.email)[1] == "/cabinet/"
    renew("processing")
    assert questions_for(anna) == []
    page = "/cabinet/consents/processing/"
    assert client.post(page, {**sent("give"), **NAMES}).status_code == 302
    assert may_process(anna)


def test_a_new_version_is_asked_of_those_who_agreed_and_changes_nothing_by_itself(
    teacher: User, client_of: Any
) -> None:
    first = give_consent(user=teacher, text=current("processing"))
    give_consent(user=teacher, text=current("distribution"), items=[ConsentItem.NAME])
    assert questions_for(teacher) == []
    newer = renew("processing", data_list="фамилия; рост")
    renew("distribution")
    stranger = UserFactory()
    give_consent(user=stranger, text=newer)
    assert questions_for(stranger) == []

    client = client_of(teacher)
    page = asked(client)
    assert "<ins>рост</ins>" in page
    assert may_process(teacher)
    client.post(QUESTION, sent("decline"))
    first.refresh_from_db()
    assert first.withdrawn_at is None
    assert Consent.objects.filter(user=teacher, kind="processing").get() == first
    # One after the other; what was ticked before is ticked, and nothing else.
    page = asked(client)
    assert page.count(" checked") == 1
    client.post(QUESTION, sent("give", "distribution", items=["name", "photo"]))
    assert published_items(teacher) == {"name", "photo"}
    assert asked(client) == ""
    # The next version is a new question, to whom the earlier consent holds.
    renew("processing", data_list="фамилия; рост; вес")
    assert [text.version for text in questions_for(teacher)] == [3]


def test_who_has_withdrawn_is_not_asked(teacher: User) -> None:
    give_consent(user=teacher, text=current("processing"))
    withdraw_consent(user=teacher, kind="processing")
    assert questions_for(teacher) == []
    renew("processing")
    assert questions_for(teacher) == []


@pytest.mark.parametrize(
    "target",
    [
        *("/cabinet/my-data/", "/cabinet/my-data/erase/", "/cabinet/consents/"),
        *("/cabinet/consents/distribution/", "/account/log-out/"),
    ],
)
def test_nothing_stands_before_ones_rights(anna: User, target: str) -> None:
    client, place = log_in(anna.email, next=target)
    assert place == target
    assert client.get(target).status_code in (200, 302)


def test_while_asked_every_way_out_is_open(anna: User) -> None:
    give_consent(user=anna, text=current("distribution"), items=[ConsentItem.NAME])
    client, _place = log_in(anna.email)
    assert client.get("/cabinet/my-data/").status_code == 200
    client.post("/cabinet/consents/distribution/", {"action": "withdraw"})
    assert published_items(anna) == frozenset()
    assert 'action="/account/log-out/"' in asked(client)
    client.post("/account/log-out/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example/"])
def test_the_way_on_stays_on_the_site(anna: User, target: str) -> None:
    client, _place = log_in(anna.email)
    place = client.post(QUESTION, sent("later", next=target)).headers["Location"]
    assert client.get(place).headers["Location"] == "/cabinet/"


@pytest.mark.parametrize(
    ("kind", "version"), [("passport", "1"), ("", ""), ("processing", "9" * 5000)]
)
def test_an_odd_answer_is_no_error(anna: User, kind: str, version: str) -> None:
    client, _place = log_in(anna.email)
    odd = {"kind": kind, "version": version, "action": "later"}
    assert client.post(QUESTION, odd).status_code == 302
    assert client.post(QUESTION, odd).status_code in (302, 404)


def test_a_required_second_factor_lets_the_question_pass(anna: User, settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    anna.is_superuser = True
    anna.save()
    client, place = log_in(anna.email, PASSWORD)
    assert client.get(place).status_code == 200
    assert client.get("/cabinet/").headers["Location"] == "/account/security/"


@pytest.mark.parametrize("name", ["О’Нил", "Мамин-Сибиряк", "Абдул Керим", "Ёлкина", "И."])
def test_names_of_people_are_accepted(client_of: Any, teacher: User, name: str) -> None:
    sent = {**NAMES, "last_name": name, "version": "1", "action": "give"}
    client_of(teacher).post("/cabinet/consents/processing/", sent)
    assert User.objects.get(pk=teacher.pk).last_name == name
