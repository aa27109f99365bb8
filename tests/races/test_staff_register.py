"""Two who fill the register at the same moment: nothing is lost and nobody is there twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from people.enums import ImportState, RowOutcome
from people.models import StaffImport, StaffImportRow, StaffRecord, User
from people.services import staff_imports
from people.services.staff import add_staff
from tests.factories.people import OrganisationFactory, StaffRecordFactory, UserFactory


def person() -> StaffRecord:
    return StaffRecord(last_name="Семёнова", first_name="Анна", birth_date=date(1980, 5, 17))


def waiting(user: User, known: StaffRecord, name: str, degree: str) -> StaffImport:
    """An import that was looked at and confirmed: one new person, one change."""
    load = StaffImport.objects.create(
        user=user, file_name="Список.xlsx", state=ImportState.APPLYING, created=2, changed=1
    )
    new = {"last_name": "Общая", "first_name": "Анна", "birth_date": "1990-05-17"}
    rows = (
        (RowOutcome.CREATED, None, new),
        (RowOutcome.CREATED, None, {**new, "last_name": name}),
        (RowOutcome.CHANGED, known, {"degree": degree}),
    )
    for number, (outcome, record, values) in enumerate(rows, start=2):
        StaffImportRow.objects.create(
            load=load,
            number=number,
            person_row=number,
            outcome=outcome,
            record=record,
            opened_revision=record and record.latest_revision_id,
            values=values,
        )
    return load


def test_a_person_is_added_once(ground: None, at_once: Callable[..., list[Any]]) -> None:
    number = UserFactory(superuser=True).pk

    def add(barrier: threading.Barrier) -> str:
        user = User.objects.get(pk=number)
        barrier.wait()
        add_staff(record=person(), user=user)
        return "added"

    answers = at_once(add, add)
    assert answers.count("added") == 1
    assert [type(answer) for answer in answers if answer != "added"] == [ValidationError]
    assert StaffRecord.objects.count() == 1


def test_two_imports_lose_nothing(ground: None, at_once: Callable[..., list[Any]]) -> None:
    known = StaffRecordFactory(organisation=OrganisationFactory())
    loads = [
        waiting(UserFactory(superuser=True), known, name, degree)
        for name, degree in (("Первая", "кандидат наук"), ("Вторая", "доктор наук"))
    ]

    def apply(load: StaffImport) -> Callable[[threading.Barrier], None]:
        def work(barrier: threading.Barrier) -> None:
            barrier.wait()
            staff_imports.apply_import(pk=load.pk)

        return work

    # Two processes take each import at once.
    answers = at_once(*[apply(load) for load in loads * 2])
    assert answers == [None] * 4
    states = {load.pk: StaffImport.objects.get(pk=load.pk).state for load in loads}
    # The second one is shown to its person again: nothing of it is written, nothing is lost.
    assert sorted(states.values()) == [ImportState.APPLIED, ImportState.WAITING]
    assert StaffRecord.objects.filter(last_name="Общая").count() == 1
    assert StaffRecord.objects.filter(last_name__in=["Первая", "Вторая"]).count() == 1
    assert StaffRecord.objects.get(pk=known.pk).revisions.count() == 2
    left = next(load for load in loads if states[load.pk] == ImportState.WAITING)
    assert left.rows.count() == 3
