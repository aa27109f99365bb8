"""Whom the register tells what: exactly those, once, and only what has really happened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.models import Letter, Notice
from people.services.links import ask_link, confirm_link, refuse_link
from people.services.training import confirm_training, return_training
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return OrganisationFactory(name="СОШ с. Степной Яр")


@pytest.fixture
def keeper(school):
    return OrganisationRoleFactory(organisation=school).user


def told() -> list[tuple[str, str]]:
    return [(item.recipient.email, item.subject) for item in Notice.objects.order_by("pk")]


def ask(user, school):
    return ask_link(
        user=user,
        organisation=school,
        last_name="Петрова",
        first_name="Анна",
        patronymic="",
        birth_date=date(1980, 5, 17),
    )


def test_those_who_act_for_the_school_today_hear_of_a_request(school, keeper, teacher):
    today = timezone.localdate()
    OrganisationRoleFactory(organisation=school, ends_on=today - timedelta(days=1))
    OrganisationRoleFactory(organisation=school, user=UserFactory(inactive=True))
    OrganisationRoleFactory()
    ask(teacher, school)
    assert told() == [(keeper.email, "Запрос на связь с реестром: Петрова Анна")]
    assert Letter.objects.get().recipient == keeper.email


def test_nobody_hears_of_the_own_request(school, keeper):
    ask(keeper, school)
    assert told() == []


def test_the_person_hears_of_the_decision_once(school, keeper, teacher):
    record = StaffRecordFactory(organisation=school)
    link = ask(teacher, school)
    Notice.objects.all().delete()
    for _click in range(2):
        confirm_link(link=link, record=record, user=keeper)
    assert told() == [(teacher.email, "Ваша учётная запись связана с реестром педагогов")]


def test_a_refusal_says_why(school, keeper, teacher):
    link = ask(teacher, school)
    Notice.objects.all().delete()
    refuse_link(link=link, remark="Уточните дату рождения", user=keeper)
    (notice,) = Notice.objects.all()
    assert (notice.subject, notice.text) == (
        "Школа не подтвердила ваш запрос",
        "Замечание: Уточните дату рождения",
    )


def test_training_is_confirmed_and_returned(school, keeper, teacher):
    record = StaffRecordFactory(organisation=school, user=teacher)
    training = TrainingRecordFactory(record=record, programme="Основы {программы}")
    for _click in range(2):
        confirm_training(training=training, user=keeper)
    for _click in range(2):
        return_training(training=training, remark="Приложите скан", user=keeper)
    assert told() == [
        (teacher.email, "Обучение подтверждено: Основы {программы}"),
        (teacher.email, "Исправьте сведения об обучении: Основы {программы}"),
    ]
    assert Notice.objects.first().text == "Замечание: Приложите скан"


def test_people_without_an_account_and_refused_actions_tell_nobody(school, keeper, teacher):
    training = TrainingRecordFactory(record=StaffRecordFactory(organisation=school))
    with pytest.raises(PermissionDenied):
        confirm_training(training=training, user=teacher)
    confirm_training(training=training, user=keeper)
    assert told() == []
