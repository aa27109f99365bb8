"""A school asks for a person of another one: nothing moves before the other one has agreed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.models import Notice
from people.models import StaffMove, StaffRecord
from people.services.move_requests import ask_move, confirm_move, refuse_move
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
MOVES = "/cabinet/staff/moves/"
BORN = date(1985, 3, 4)


@pytest.fixture
def gymnasium(site_tree):
    return OrganisationFactory(name="Гимназия")


@pytest.fixture
def asker(gymnasium):
    return OrganisationRoleFactory(organisation=gymnasium).user


@pytest.fixture
def record(school):
    return StaffRecordFactory(
        organisation=school, last_name="Алёхина", patronymic="Петровна", birth_date=BORN
    )


def asked(asker: Any, gymnasium: Any, **values: Any) -> StaffMove:
    names = {"last_name": "алехина", "first_name": "Анна", "patronymic": "Петровна"}
    day = {"birth_date": BORN, "starts_on": timezone.localdate(), "title": "методист"}
    return ask_move(user=asker, organisation=gymnasium, **{**names, **day, **values})


def test_the_school_that_is_left_confirms(
    school, head, gymnasium, asker, record, client_of
) -> None:
    today = timezone.localdate()
    assert client_of(asker).get(f"/cabinet/staff/{record.pk}/").status_code == 404
    form = {
        "last_name": "Алёхина",
        "first_name": "Анна",
        "patronymic": "Петровна",
        "birth_date": "1985-03-04",
        "organisation": gymnasium.pk,
        "title": "методист",
        "starts_on": today.isoformat(),
    }
    for _click in range(2):
        assert client_of(asker).post(f"{MOVES}new/", form).status_code == 302
    move = StaffMove.objects.get()
    assert [item.recipient for item in Notice.objects.all()] == [head]
    assert "Алёхина" in client_of(asker).get(MOVES).content.decode()
    assert client_of(asker).get(f"{MOVES}{move.pk}/").status_code == 404, "not one's own request"
    desk = client_of(head)
    assert "1 перевод ждёт" in desk.get("/cabinet/").content.decode().replace("\xa0", " ")
    html = desk.get(f"{MOVES}{move.pk}/").content.decode()
    assert "Гимназия" in html
    assert f'value="{today - timedelta(days=1):%Y-%m-%d}"' in html
    nothing = desk.post(f"{MOVES}{move.pk}/", {"last_day": today.isoformat()})
    assert nothing.context["form"].errors["positions"]
    position = record.positions.get()
    last_day = (today - timedelta(days=1)).isoformat()
    for _click in range(2):
        desk.post(f"{MOVES}{move.pk}/", {"positions": position.pk, "last_day": last_day})
    held = {
        (item.organisation.name, item.title, item.ends_on)
        for item in StaffRecord.objects.get(pk=record.pk).positions.all()
    }
    assert held == {
        ("Лицей", "учитель", today - timedelta(days=1)),
        ("Гимназия", "методист", None),
    }
    assert client_of(asker).get(f"/cabinet/staff/{record.pk}/").status_code == 200
    assert desk.get(f"/cabinet/staff/{record.pk}/").status_code == 404
    actions = ModelLogEntry.objects.values_list("action", flat=True)
    assert sorted(item for item in actions if "move" in item) == [
        "people.ask_move",
        "people.confirm_move",
        "people.move_staff",
    ]
    told = Notice.objects.get(recipient=asker)
    assert told.subject == "Перевод подтверждён: Алёхина Анна Петровна"


def test_a_part_time_job_beside_the_one_that_is_held(
    head, gymnasium, asker, record, client_of
) -> None:
    """Whoever works at both leaves nothing: both schools keep the card."""
    move = asked(asker, gymnasium)
    desk = client_of(head)
    for _click in range(2):
        assert desk.post(f"{MOVES}{move.pk}/", {"stays": "on", "last_day": ""}).status_code == 302
    held = {
        (item.organisation.name, item.title, item.employment, item.ends_on)
        for item in StaffRecord.objects.get(pk=record.pk).positions.all()
    }
    assert held == {
        ("Лицей", "учитель", "main", None),
        ("Гимназия", "методист", "external", None),
    }
    for keeper in (head, asker):
        assert client_of(keeper).get(f"/cabinet/staff/{record.pk}/").status_code == 200


def test_a_refusal_has_its_reason_and_keeps_what_was_typed(
    head, gymnasium, asker, record, client_of
) -> None:
    move = asked(asker, gymnasium)
    desk = client_of(head)
    for typed, said in ((" ", "Напишите почему"), ("Д" * 501, f">{'Д' * 501}</textarea>")):
        answer = desk.post(f"{MOVES}{move.pk}/", {"action": "refuse", "remark": typed})
        assert said in answer.content.decode()
    desk.post(f"{MOVES}{move.pk}/", {"action": "refuse", "remark": "Доведёт до конца года"})
    move.refresh_from_db()
    assert (move.state, record.positions.get().ends_on) == ("refused", None)
    html = client_of(asker).get(MOVES).content.decode()
    assert "Доведёт до конца года" in html.replace("\xa0", " ")
    with pytest.raises(ValidationError, match="уже"):
        confirm_move(move=move, positions=[record.positions.get().pk], last_day=BORN, user=head)


def test_who_decides(school, head, methodist, gymnasium, asker, record) -> None:
    move = asked(asker, gymnasium)
    stranger = OrganisationRoleFactory().user
    for user in (asker, stranger, UserFactory()):
        with pytest.raises(PermissionDenied):
            refuse_move(move=move, remark="Нет", user=user)
    record.user = head
    record.save()
    with pytest.raises(PermissionDenied):
        refuse_move(move=move, remark="Нет", user=head)
    refuse_move(move=move, remark="Нет", user=methodist)


def test_what_cannot_be_asked_for(school, head, gymnasium, asker, record) -> None:
    with pytest.raises(PermissionDenied):
        asked(asker, school)
    with pytest.raises(ValidationError) as unknown:
        asked(asker, gymnasium, birth_date=date(1985, 3, 5))
    assert "last_name" in unknown.value.message_dict
    with pytest.raises(ValidationError, match="уже работает"):
        asked(head, school)
    record.user = asker
    record.save()
    with pytest.raises(ValidationError, match="О себе"):
        asked(asker, gymnasium)
    assert not StaffMove.objects.exists()


def test_who_works_nowhere_is_decided_by_a_methodist(
    school, methodist, gymnasium, asker, record, client_of
) -> None:
    today = timezone.localdate()
    record.positions.update(ends_on=today - timedelta(days=30))
    move = asked(asker, gymnasium)
    assert [item.recipient for item in Notice.objects.all()] == [methodist]
    answer = client_of(methodist).post(f"{MOVES}{move.pk}/", {})
    assert answer.status_code == 302, answer.context["form"].errors
    assert record.positions.filter(organisation=gymnasium, starts_on=today).exists()


def test_a_request_is_withdrawn_while_nobody_has_decided(
    head, gymnasium, asker, record, client_of
) -> None:
    move = asked(asker, gymnasium)
    assert client_of(head).post(f"{MOVES}{move.pk}/withdraw/").status_code == 404
    client_of(asker).post(f"{MOVES}{move.pk}/withdraw/")
    move.refresh_from_db()
    assert move.state == "withdrawn"
    assert "Алёхина" not in client_of(head).get(MOVES).content.decode()
    assert asked(asker, gymnasium).pk != move.pk, "it may be asked again"


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_of_the_requests(
    school, head, gymnasium, client_of, number, settings, django_assert_num_queries
) -> None:
    OrganisationRoleFactory(organisation=gymnasium, user=head)
    other = OrganisationFactory()
    for _index in range(number):
        values = {"title": "учитель", "starts_on": timezone.localdate()}
        StaffMove.objects.create(
            record=StaffRecordFactory(organisation=school),
            organisation=other,
            asked_by=UserFactory(),
            **values,
        )
        StaffMove.objects.create(
            record=StaffRecordFactory(organisation=other), organisation=gymnasium, **values
        )
    client = client_of(head)
    client.get(MOVES)
    with django_assert_num_queries(16 - ("cached" in settings.SESSION_ENGINE)):
        answer = client.get(MOVES)
    assert len(answer.context["page_obj"].object_list) == min(number, 25)
    assert len(answer.context["own"]) == min(number, 10)
