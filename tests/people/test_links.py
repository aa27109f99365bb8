"""Accounts and records of the register: a person asks, the school compares and decides."""

from __future__ import annotations

from datetime import date

import pytest
from wagtail.models import ModelLogEntry

from core.models import Notice, PrivateFile
from people.enums import LinkState, RequestState, Role
from people.models import ConsentText, DataArchive, StaffLink, TeacherPage
from people.queries.corrections import target_of
from people.queries.links import Likeness, one_typo_away, with_candidates
from people.services.consents import give_consent
from people.services.corrections import ask_correction
from people.services.data_copies import ask_copy, make_waiting_copies
from people.services.links import ask_link, confirm_link
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("roles_and_texts")]
OWN, QUEUE = "/cabinet/staff/link/", "/cabinet/staff/links/"
BORN = date(1990, 2, 3)


@pytest.fixture
def person(school):
    """A new teacher who has given the consent."""
    user = UserFactory(last_name="Семёнова", first_name="Анна", patronymic="Петровна")
    give_consent(user=user, text=ConsentText.objects.get(kind="processing"))
    return user


def record_of(school, last_name="Семенова", birth_date=BORN, **values):
    names = {"first_name": "Анна", "patronymic": "Петровна"} | values
    return StaffRecordFactory(
        organisation=school, last_name=last_name, birth_date=birth_date, **names
    )


def asked(school, user=None, **values):
    names = {"last_name": "Семёнова", "first_name": "Анна", "patronymic": "Петровна"}
    return ask_link(
        user=user or UserFactory(),
        organisation=school,
        **names | {"birth_date": BORN} | values,
    )


def data(school, **values):
    return {
        "organisation": school.pk,
        "last_name": "Семёнова",
        "first_name": "Анна",
        "patronymic": "Петровна",
        "birth_date": "1990-02-03",
    } | values


def page(client, address):
    return client.get(address).content.decode().replace("\xa0", " ")


def test_without_the_consent_nothing_is_asked(client_of, school) -> None:
    client = client_of(UserFactory())
    for answer in (client.get(OWN), client.post(OWN, data(school))):
        assert answer.headers["Location"] == f"/cabinet/consents/processing/?next={OWN}"
    assert not StaffLink.objects.exists()
    assert client_of().get(OWN).headers["Location"].startswith("/account/log-in/")


def test_a_person_asks_once_and_withdraws(client_of, school, person) -> None:
    client = client_of(person)
    assert "Найдите себя в реестре" in page(client, "/cabinet/")
    assert 'value="Семёнова"' in page(client, OWN)
    for _click in range(2):
        assert client.post(OWN, data(school)).headers["Location"] == OWN
    link = StaffLink.objects.get()
    assert (link.user, link.organisation, link.birth_date) == (person, school, BORN)
    html = page(client, OWN)
    assert "Отозвать заявку" in html
    assert "Найдите себя в реестре" not in page(client, "/cabinet/")
    for _click in range(2):
        client.post(OWN, {"action": "withdraw"})
    assert StaffLink.objects.get().state == LinkState.WITHDRAWN
    assert "Отправить заявку" in page(client, OWN)
    assert "Найдите себя в реестре" in page(client, "/cabinet/")


@pytest.mark.parametrize(
    "wrong", [{"birth_date": "2990-01-01"}, {"organisation": "0"}, {"last_name": ""}]
)
def test_what_makes_no_sense_is_not_asked(client_of, school, person, wrong) -> None:
    assert client_of(person).post(OWN, data(school, **wrong)).status_code == 200
    assert not StaffLink.objects.exists()


def test_the_school_links_and_the_person_sees_the_record(client_of, school, head, person) -> None:
    record, link = record_of(school), asked(school, person)
    client = client_of(head)
    assert "1 педагог просит связать" in page(client, "/cabinet/")
    assert f'value="{record.pk}" checked' in page(client, QUEUE)
    for _click in range(2):
        answer = client.post(f"{QUEUE}{link.pk}/confirm/", {"record": record.pk})
        assert answer.headers["Location"] == QUEUE
    record.refresh_from_db()
    assert record.user == person
    assert "Заявок нет" in page(client, QUEUE)
    html = page(client_of(person), OWN)
    assert f"/cabinet/staff/{record.pk}/" in html
    assert "Отправить заявку" not in html
    assert person.notices.get(kind="staff_link_decided").url == OWN
    assert head.notices.get(kind="staff_link_asked").url == QUEUE


def test_the_school_refuses_with_a_remark(client_of, school, head, person) -> None:
    link = asked(school, person)
    client = client_of(head)
    for remark in ("", "  ", "я" * 256):
        answer = client.post(f"{QUEUE}{link.pk}/refuse/", {"remark": remark})
        assert f">{remark}</textarea>" in answer.content.decode(), "nothing typed is lost"
        link.refresh_from_db()
        assert link.state == LinkState.REQUESTED
    for _click in range(2):
        client.post(f"{QUEUE}{link.pk}/refuse/", {"remark": "Проверьте дату рождения"})
    link.refresh_from_db()
    assert (link.state, link.remark) == (LinkState.REFUSED, "Проверьте дату рождения")
    assert "Проверьте дату рождения" in page(client_of(person), OWN)
    assert "Замечание: Проверьте дату рождения" in page(client_of(person), "/cabinet/")


def test_a_forged_record_is_not_linked(client_of, school, head) -> None:
    link, other = asked(school), OrganisationFactory()
    foreign = record_of(other)
    client = client_of(head)
    address = f"{QUEUE}{link.pk}/confirm/"
    for number in (foreign.pk, "0", "x", "9" * 30):
        assert client.post(address, {"record": number}).status_code == 404
    assert client.post(address).status_code == 302
    # A methodist may open the card, but the person works elsewhere.
    methodist = UserFactory(groups=[Role.METHODIST.value])
    assert client_of(methodist).post(address, {"record": foreign.pk}).status_code == 302
    link.refresh_from_db()
    assert link.state == LinkState.REQUESTED


@pytest.mark.parametrize("state", LinkState)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("visitor", 302),
        ("teacher", 403),
        ("editor", 403),
        ("coordinator", 403),
        ("other head", 404),
        ("author", 404),
        ("head", 302),
        ("methodist", 302),
        ("administrator", 302),
    ],
)
def test_roles_states_and_actions(client_of, school, head, role, status, state) -> None:
    author = OrganisationRoleFactory(organisation=school).user
    record, link = record_of(school), asked(school, author)
    StaffLink.objects.filter(pk=link.pk).update(state=state)
    people = {
        "visitor": lambda: None,
        "teacher": UserFactory,
        "other head": lambda: OrganisationRoleFactory().user,
        "author": lambda: author,
        "head": lambda: head,
    }
    user = people.get(role, lambda: UserFactory(groups=[Role[role.upper()].value]))()
    decides = role in ("head", "methodist", "administrator")
    for action, given, becomes in (
        ("confirm", {"record": record.pk}, LinkState.CONFIRMED),
        ("refuse", {"remark": "Нет такого"}, LinkState.REFUSED),
    ):
        StaffLink.objects.filter(pk=link.pk).update(state=state)
        type(record).objects.filter(pk=record.pk).update(user=None)
        answer = client_of(user).post(f"{QUEUE}{link.pk}/{action}/", given)
        # What a visitor has written is given back; a button alone leads to the log-in.
        written = role == "visitor" and "remark" in given
        assert answer.status_code == (403 if written else status)
        link.refresh_from_db()
        assert link.state == (becomes if decides and state == LinkState.REQUESTED else state)
        record.refresh_from_db()
        linked = decides and action == "confirm" and state == LinkState.REQUESTED
        assert (record.user is not None) is linked


def test_candidates_the_best_first(school) -> None:
    taken = record_of(school, last_name="Семенова", patronymic="Павловна")
    taken.user = UserFactory()
    taken.save()
    typo = record_of(school, last_name="Симёнова", birth_date=date(1991, 1, 1))
    married = record_of(school, last_name="Ковалёва")
    same = record_of(school)
    record_of(school, last_name="Иванова", birth_date=date(1970, 1, 1))
    record_of(OrganisationFactory(), last_name="Семеновa")
    (request,) = with_candidates([asked(school)])
    assert [(item.record, item.likeness) for item in request.candidates] == [
        (same, Likeness.SAME),
        (married, Likeness.BIRTH_DATE),
        (typo, Likeness.NAME),
    ]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("анна", "анна", True),
        ("анна", "ана", True),
        ("анна", "анина", True),
        ("анна", "алла", False),
        ("анна", "анка", True),
        ("анна", "нана", True),
        ("анна", "анналу", False),
        ("", "", True),
        ("иван", "вина", False),
    ],
)
def test_one_typo(one, other, near) -> None:
    assert one_typo_away(one, other) is near
    assert one_typo_away(other, one) is near


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_do_not_grow(
    client_of, school, head, number, settings, django_assert_num_queries
) -> None:
    for _number in range(number):
        record_of(school, last_name=StaffRecordFactory.build().last_name)
        asked(school)
    client = client_of(head)
    client.get(QUEUE)
    with django_assert_num_queries(17 - ("cached" in settings.SESSION_ENGINE)):
        client.get(QUEUE)


def test_own_page_costs_the_same(
    client_of, school, person, settings, django_assert_num_queries
) -> None:
    client = client_of(person)
    client.post(OWN, data(school))
    client.get(OWN)
    with django_assert_num_queries(16 - ("cached" in settings.SESSION_ENGINE)):
        client.get(OWN)


def test_a_wrong_link_is_undone(school, head, client_of) -> None:
    """The account of somebody else keeps nothing of the record, and the record everything."""
    somebody, record = UserFactory(), record_of(school)
    own = client_of(somebody)
    confirm_link(link=asked(school, user=somebody), record=record, user=head)
    give_consent(user=somebody, text=ConsentText.objects.get(kind="processing"))
    give_consent(
        user=somebody, text=ConsentText.objects.get(kind="distribution"), items=["name", "position"]
    )
    training = TrainingRecordFactory(record=record)
    TeacherPage.objects.create(user=somebody, slug="another", is_open=True)
    ask_copy(user=somebody)
    make_waiting_copies()
    file = DataArchive.objects.get().file
    record.refresh_from_db()
    correction = ask_correction(
        user=somebody, target=target_of(somebody, "card-degree"), values={"degree": "д. н."}
    )
    assert own.get("/teachers/another/").status_code == 200
    assert "Семенова" in own.get("/teachers/").content.decode()
    unlink_page = f"/cabinet/staff/{record.pk}/unlink/"

    # Not by oneself, nor by another school; not without a reason.
    assert own.get(unlink_page).status_code == 403
    assert client_of(OrganisationRoleFactory().user).get(unlink_page).status_code == 404
    client = client_of(head)
    assert somebody.email in client.get(unlink_page).content.decode()
    assert client.post(unlink_page, {"remark": " "}).context["form"].errors["remark"]
    record.refresh_from_db()
    assert record.user == somebody

    assert client.post(unlink_page, {"remark": "Однофамилица."}).status_code == 302
    assert client.post(unlink_page, {"remark": "Однофамилица."}).status_code == 302
    record.refresh_from_db()
    assert record.user is None
    assert own.get(f"/cabinet/staff/{record.pk}/").status_code == 404
    assert own.get(f"/cabinet/training/{training.pk}/").status_code == 404
    assert own.get("/teachers/another/").status_code == 404
    assert "Семенова" not in own.get("/teachers/").content.decode()
    assert not TeacherPage.objects.get().is_open, "nor does it open by itself with another record"
    assert not DataArchive.objects.exists()
    assert not PrivateFile.objects.filter(pk=file.pk).exists()
    correction.refresh_from_db()
    assert correction.state == RequestState.REFUSED
    assert "Однофамилица" in own.get(OWN).content.decode()
    assert Notice.objects.filter(recipient=somebody, subject__contains="не связана").count() == 1
    entries = ModelLogEntry.objects.filter(action__in=["people.unlink", "people.close_page"])
    assert [entry.user for entry in entries] == [head, head]
    # The right person is linked as ever.
    confirm_link(link=asked(school), record=record, user=head)
