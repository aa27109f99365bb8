"""Keeping staff records: the same person is not entered twice, and is told so in words."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from people.models import StaffRecord, User
from people.services.staff import add_staff, change_staff
from tests.factories.people import StaffRecordFactory

pytestmark = pytest.mark.django_db
TAKEN = "Педагог с такими ФИО и датой рождения уже есть в реестре."


def person(first_name: str, day: date = date(1980, 5, 17)) -> StaffRecord:
    return StaffRecord(last_name="Семёнова", first_name=first_name, birth_date=day)


def test_the_same_person_is_refused_in_words(superuser: User) -> None:
    add_staff(record=person("Анна"), user=superuser)
    with pytest.raises(ValidationError, match=TAKEN):
        add_staff(record=person("АННА"), user=superuser)
    add_staff(record=person("Анна", date(1981, 5, 17)), user=superuser)
    assert StaffRecord.objects.count() == 2


def test_a_change_into_another_person_is_refused_in_words(superuser: User) -> None:
    add_staff(record=person("Анна"), user=superuser)
    other = StaffRecordFactory(birth_date=date(1980, 5, 17))
    other.last_name, other.first_name, other.patronymic = "Семенова", "Анна", ""
    with pytest.raises(ValidationError, match=TAKEN):
        change_staff(record=other, user=superuser, opened_revision=other.latest_revision_id)
