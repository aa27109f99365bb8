"""Whom the indicators count: people at the boundaries of years, ages, service and positions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from people.enums import OrganisationKind, SupportKind, TrainingState
from people.models import Organisation, StaffPosition, StaffQuerySet, StaffRules, SupportForm
from people.queries.indicators import (
    SUPPORTED_BEGINNERS,
    TRAINED_HEADS,
    TRAINED_TEACHERS,
    day_of,
)
from tests.factories.people import (
    OrganisationFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(site_tree: Any) -> Organisation:
    return OrganisationFactory()


def surnames(found: StaffQuerySet) -> list[str]:
    return sorted(found.values_list("last_name", flat=True))


def test_a_past_year_is_looked_at_on_its_last_day_and_the_running_one_today(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: date(2024, 11, 25))
    assert day_of(2023) == date(2023, 12, 31)
    assert day_of(2024) == date(2024, 11, 25)


@pytest.mark.parametrize(
    ("position", "counted"),
    [
        ({"ends_on": date(2024, 12, 30)}, False),
        ({"ends_on": date(2024, 12, 31)}, True),
        ({"ends_on": None}, True),
        ({"starts_on": date(2024, 12, 31)}, True),
        ({"starts_on": date(2025, 1, 1)}, False),
        ({"is_head": True}, False),
    ],
)
def test_who_works_on_the_last_day(school: Organisation, position: Any, counted: bool) -> None:
    named = {f"organisation__{name}": value for name, value in position.items()}
    record = StaffRecordFactory(organisation=school, **named)
    assert list(TRAINED_TEACHERS.denominator(2024)) == ([record] if counted else [])


def test_the_running_year_counts_who_works_today(
    school: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: date(2024, 11, 25))
    StaffRecordFactory(
        organisation=school, organisation__ends_on=date(2024, 11, 24), last_name="Ушла"
    )
    StaffRecordFactory(
        organisation=school, organisation__ends_on=date(2024, 11, 25), last_name="Уходит"
    )
    StaffRecordFactory(
        organisation=school, organisation__starts_on=date(2024, 11, 26), last_name="Придёт"
    )
    assert surnames(TRAINED_TEACHERS.denominator(2024)) == ["Уходит"]


def test_two_positions_and_two_trainings_are_one_person(school: Organisation) -> None:
    record = StaffRecordFactory(organisation=school)
    StaffPosition.objects.create(
        record=record,
        organisation=OrganisationFactory(),
        title="учитель",
        starts_on=date(2020, 9, 1),
    )
    for day in (date(2024, 3, 1), date(2024, 5, 1)):
        TrainingRecordFactory(record=record, ends_on=day, confirmed=True)
    assert TRAINED_TEACHERS.denominator(2024).count() == 1
    assert TRAINED_TEACHERS.numerator(2024).count() == 1


@pytest.mark.parametrize("kind", OrganisationKind.values)
def test_heads_are_those_of_general_education_alone(site_tree: Any, kind: str) -> None:
    """Indicator 4 leaves out what indicator 3 names: additional and professional education."""
    StaffRecordFactory(organisation=OrganisationFactory(kind=kind), organisation__is_head=True)
    assert TRAINED_HEADS.denominator(2024).exists() is (kind in ("school", "preschool"))


def test_a_head_who_teaches_is_counted_in_both(school: Organisation) -> None:
    record = StaffRecordFactory(organisation=school, organisation__is_head=True)
    StaffRecordFactory(organisation=school)
    assert list(TRAINED_HEADS.denominator(2024)) == [record]
    StaffPosition.objects.create(
        record=record, organisation=school, title="учитель", starts_on=date(2020, 9, 1)
    )
    TrainingRecordFactory(record=record, ends_on=date(2024, 6, 1), confirmed=True)
    assert TRAINED_TEACHERS.denominator(2024).count() == 2
    assert list(TRAINED_HEADS.numerator(2024)) == list(TRAINED_TEACHERS.numerator(2024)) == [record]


@pytest.mark.parametrize(
    ("ends_on", "state", "of_year", "cumulative"),
    [
        (date(2019, 12, 31), TrainingState.CONFIRMED, False, False),
        (date(2020, 1, 1), TrainingState.CONFIRMED, False, True),
        (date(2023, 12, 31), TrainingState.CONFIRMED, False, True),
        (date(2024, 1, 1), TrainingState.CONFIRMED, True, True),
        (date(2024, 12, 31), TrainingState.CONFIRMED, True, True),
        (date(2025, 1, 1), TrainingState.CONFIRMED, False, False),
        (date(2024, 6, 1), TrainingState.ENTERED, False, False),
        (date(2024, 6, 1), TrainingState.RETURNED, False, False),
    ],
)
def test_which_training_counts(
    school: Organisation, ends_on: date, state: str, of_year: bool, cumulative: bool
) -> None:
    record = StaffRecordFactory(organisation=school)
    TrainingRecordFactory(record=record, ends_on=ends_on, state=state)
    grows = replace(TRAINED_TEACHERS, counted_since=2020)
    assert TRAINED_TEACHERS.numerator(2024).exists() is of_year
    assert grows.numerator(2024).exists() is cumulative


def test_training_of_somebody_who_has_left_is_not_counted(school: Organisation) -> None:
    record = StaffRecordFactory(organisation=school, organisation__ends_on=date(2024, 12, 30))
    TrainingRecordFactory(record=record, ends_on=date(2024, 6, 1), confirmed=True)
    assert not TRAINED_TEACHERS.numerator(2024).exists()


@pytest.mark.parametrize(
    ("person", "inclusive", "exclusive"),
    [
        # 35th birthday on the day after the last of the year, and on it.
        ({"birth_date": date(1990, 1, 1)}, True, True),
        ({"birth_date": date(1989, 12, 31)}, True, False),
        # 36th birthday.
        ({"birth_date": date(1989, 1, 1)}, True, False),
        ({"birth_date": date(1988, 12, 31)}, False, False),
        # Three full years of service on the day after the last of the year, and on it.
        ({"teaching_since": date(2022, 1, 1)}, True, True),
        ({"teaching_since": date(2021, 12, 31)}, True, False),
        # Four full years.
        ({"teaching_since": date(2021, 1, 1)}, True, False),
        ({"teaching_since": date(2020, 12, 31)}, False, False),
        ({"teaching_since": date(2024, 12, 31)}, True, True),
        ({"teaching_since": date(2025, 1, 1)}, False, False),
        ({"teaching_since": None}, False, False),
    ],
)
def test_who_is_young_and_a_beginner(
    school: Organisation, person: Any, inclusive: bool, exclusive: bool
) -> None:
    values = {"birth_date": date(2000, 1, 1), "teaching_since": date(2023, 9, 1), **person}
    StaffRecordFactory(organisation=school, **values)
    assert SUPPORTED_BEGINNERS.denominator(2024).exists() is inclusive
    rules = StaffRules.load()
    rules.young_age_inclusive = rules.early_service_inclusive = False
    rules.save()
    assert SUPPORTED_BEGINNERS.denominator(2024).exists() is exclusive


@pytest.mark.parametrize(
    ("title", "counted"),
    [("учитель", True), ("Учитель", True), ("воспитатель", False), ("методист", False)],
)
def test_only_teachers_are_beginners(school: Organisation, title: str, counted: bool) -> None:
    beginner(school, organisation__title=title)
    assert SUPPORTED_BEGINNERS.denominator(2024).exists() is counted


def beginner(school: Organisation, **values: Any) -> Any:
    """Somebody who began to teach in the year."""
    return StaffRecordFactory(
        organisation=school,
        birth_date=date(2000, 1, 1),
        teaching_since=date(2023, 9, 1),
        **values,
    )


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "counted"),
    [
        (date(2023, 9, 1), date(2023, 12, 31), False),
        (date(2023, 9, 1), date(2024, 1, 1), True),
        (date(2023, 9, 1), None, True),
        (date(2024, 12, 31), None, True),
        (date(2025, 1, 1), None, False),
    ],
)
def test_which_support_counts(
    school: Organisation, starts_on: date, ends_on: date | None, counted: bool
) -> None:
    record = beginner(school)
    for kind in (SupportKind.MENTOR, SupportKind.CONTEST):
        SupportForm.objects.create(record=record, kind=kind, starts_on=starts_on, ends_on=ends_on)
    assert list(SUPPORTED_BEGINNERS.numerator(2024)) == ([record] if counted else [])


def test_support_of_somebody_who_is_no_beginner_is_not_counted(school: Organisation) -> None:
    record = StaffRecordFactory(organisation=school)
    SupportForm.objects.create(
        record=record, kind=SupportKind.MENTOR, starts_on=date(2024, 1, 1), ends_on=None
    )
    assert not SUPPORTED_BEGINNERS.numerator(2024).exists()
