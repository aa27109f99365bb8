"""Indicators in the cabinet: figures of the register, people behind them, facts of years."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from home.services.roles import set_up_roles
from monitoring.models import Indicator, IndicatorSnapshot, RoadMap
from monitoring.registries import calculators_of, register_calculator
from monitoring.services import confirm_fact, take_snapshot
from people.enums import Role
from people.models import CardOpening, Organisation, StaffPosition, StaffRecord, User
from people.queries.indicators import TRAINED_HEADS, TRAINED_TEACHERS
from tests.factories.monitoring import IndicatorFactory, RoadMapFactory
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(site_tree: SimpleNamespace) -> SimpleNamespace:
    """Indicator 3 with four people of whom one was trained in 2024, and people of the centre."""
    set_up_roles()
    school = OrganisationFactory()
    trained = StaffRecordFactory(organisation=school, last_name="Обученная")
    TrainingRecordFactory(record=trained, ends_on=date(2024, 6, 1), confirmed=True)
    for name in ("Аистова", "Белова", "Вьюгина"):
        StaffRecordFactory(organisation=school, last_name=name)
    return SimpleNamespace(
        school=school,
        trained=trained,
        indicator=IndicatorFactory(number=3, years={2023: (30, None), 2024: (50, None)}),
        coordinator=UserFactory(groups=[Role.COORDINATOR.value]),
        methodist=UserFactory(groups=[Role.METHODIST.value]),
    )


def text_of(answer: Any) -> str:
    """What a person reads, without marks and line breaks."""
    html = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_one_indicator_has_one_calculator() -> None:
    assert {3, 4, 6} <= calculators_of("2020-2024").keys()
    assert calculators_of("2020-2024")[3] is TRAINED_TEACHERS
    assert register_calculator(number=3, calculator=TRAINED_TEACHERS) is TRAINED_TEACHERS
    with pytest.raises(ValueError, match="already"):
        register_calculator(number=3, calculator=TRAINED_HEADS)
    assert calculators_of("2030-2034") == {}


def test_the_screen_says_what_the_register_gives(desk: SimpleNamespace, client_of: Any) -> None:
    for person in (desk.coordinator, desk.methodist):
        answer = client_of(person).get("/cabinet/indicators/?year=2024")
        words = text_of(answer)
        assert "25 %" in words
        assert "50 % (на 25 пунктов ниже)" in words
        html = answer.content.decode()
        for part in ("numerator", "denominator"):
            assert f'href="/cabinet/indicators/3/2024/{part}/"' in html
        assert ("/snapshot/" in html) is (person == desk.coordinator)
    assert answer.headers["Cache-Control"].count("no-store")
    # A year that is none: the last one of the plan. The running year has no row in the plan.
    assert (
        'aria-current="page">2024<'
        in client_of(desk.methodist).get("/cabinet/indicators/?year=1").content.decode()
    )
    running = client_of(desk.methodist).get(
        f"/cabinet/indicators/?year={timezone.localdate().year}"
    )
    assert "не планируется" in text_of(running)


def test_without_a_road_map_the_screen_is_empty(site_tree: Any, client_of: Any) -> None:
    set_up_roles()
    methodist = UserFactory(groups=[Role.METHODIST.value])
    assert "Пока ничего не рассчитывается" in text_of(
        client_of(methodist).get("/cabinet/indicators/")
    )
    assert client_of(methodist).get("/cabinet/indicators/3/2024/numerator/").status_code == 404


ADDRESSES = [
    ("indicators", {}, "get"),
    ("indicator_people", {"number": 3, "year": 2024, "part": "numerator"}, "get"),
    ("indicator_snapshot", {"number": 3, "year": 2024}, "post"),
    ("indicator_confirm", {"number": 3, "year": 2024}, "post"),
]


@pytest.mark.parametrize(("name", "parts", "method"), ADDRESSES)
def test_others_are_refused(
    desk: SimpleNamespace, client_of: Any, name: str, parts: Any, method: str
) -> None:
    refused: list[User] = [
        UserFactory(),
        OrganisationRoleFactory(organisation=desk.school).user,
        UserFactory(groups=[Role.EDITOR.value]),
        UserFactory(groups=[Role.ADMINISTRATOR.value]),
    ]
    if method == "post":
        refused.append(desk.methodist)
    for person in refused:
        assert getattr(client_of(person), method)(reverse(name, kwargs=parts)).status_code == 403
    assert getattr(client_of(), method)(reverse(name, kwargs=parts)).status_code == 302
    assert not IndicatorSnapshot.objects.exists()
    assert not CardOpening.objects.exists()


def test_people_behind_a_number_are_opened_and_written_down(
    desk: SimpleNamespace, client_of: Any
) -> None:
    client = client_of(desk.methodist)
    # A position that begins later is not one of today.
    StaffPosition.objects.create(
        record=desk.trained,
        organisation=OrganisationFactory(name="Завтрашняя школа"),
        starts_on=timezone.localdate() + timedelta(days=30),
    )
    html = client.get("/cabinet/indicators/3/2024/numerator/").content.decode()
    assert "Завтрашняя школа" not in html
    assert f'href="/cabinet/staff/{desk.trained.pk}/"' in html
    assert "Аистова" not in html
    opened = CardOpening.objects.get()
    assert (opened.record, opened.viewer, opened.place) == (
        desk.trained,
        desk.methodist,
        "indicator 3",
    )
    assert "Аистова" in client.get("/cabinet/indicators/3/2024/denominator/").content.decode()
    assert CardOpening.objects.count() == 5


@pytest.mark.parametrize(
    "address", ["3/2024/other", "5/2024/numerator", "4/2024/numerator", "3/2019/numerator"]
)
def test_a_number_that_is_not_there(desk: SimpleNamespace, client_of: Any, address: str) -> None:
    answer = client_of(desk.methodist).get(f"/cabinet/indicators/{address}/")
    assert answer.status_code == 404


def crowd(desk: SimpleNamespace, number: int) -> None:
    """``number`` people, all of them trained in 2024."""
    StaffRecord.objects.all().delete()
    for record in StaffRecordFactory.create_batch(number, organisation=desk.school):
        TrainingRecordFactory(record=record, ends_on=date(2024, 6, 1), confirmed=True)


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_of_the_screen_and_of_the_people(
    desk: SimpleNamespace, client_of: Any, number: int, settings: Any, django_assert_num_queries
) -> None:
    crowd(desk, number)
    IndicatorFactory(number=4, road_map=desk.indicator.road_map, years={2024: (50, None)})
    IndicatorFactory(number=6, road_map=desk.indicator.road_map, years={2024: (70, None)})
    client, cached = client_of(desk.coordinator), "cached" in settings.SESSION_ENGINE
    people = "/cabinet/indicators/3/2024/numerator/"
    client.get(people)
    with django_assert_num_queries(29 - cached):
        client.get("/cabinet/indicators/?year=2024")
    with django_assert_num_queries(23 - cached):
        answer = client.get(people)
    rows = re.findall(r'href="/cabinet/staff/\d+/"', answer.content.decode())
    assert len(rows) == min(number, 25)


def year_of(indicator: Indicator, year: int = 2024) -> Any:
    return Indicator.objects.get(pk=indicator.pk).years.get(year=year)


def test_a_snapshot_becomes_the_fact_and_is_confirmed(
    desk: SimpleNamespace, client_of: Any
) -> None:
    client = client_of(desk.coordinator)
    answer = client.post("/cabinet/indicators/3/2024/snapshot/", follow=True)
    assert "Данные за 2024 год взяты из реестра: 1 из 4." in text_of(answer)
    taken = IndicatorSnapshot.objects.get()
    assert (taken.indicator, taken.year, taken.taken_by) == (
        desk.indicator,
        2024,
        desk.coordinator,
    )
    row = year_of(desk.indicator)
    assert (row.numerator, row.denominator, row.fact) == (1, 4, Decimal("25.00"))
    assert row.target == 50
    assert not row.confirmed
    assert year_of(desk.indicator, 2023).fact is None
    entry = ModelLogEntry.objects.get(action="monitoring.take_snapshot")
    assert (entry.user, entry.data["numerator"], entry.data["denominator"]) == (
        desk.coordinator,
        1,
        4,
    )
    assert entry.message == "Данные за 2024 год взяты из реестра: 1 из 4"
    client.post("/cabinet/indicators/3/2024/confirm/")
    assert year_of(desk.indicator).confirmed
    assert year_of(desk.indicator).confirmed_by == desk.coordinator


def test_the_same_figures_change_nothing_and_others_need_another_confirmation(
    desk: SimpleNamespace,
) -> None:
    first = take_snapshot(indicator=desk.indicator, year=2024, user=desk.coordinator)
    confirm_fact(indicator=desk.indicator, year=2024, user=desk.coordinator)
    revision = Indicator.objects.get(pk=desk.indicator.pk).latest_revision_id
    entries = ModelLogEntry.objects.count()
    other = UserFactory(groups=[Role.COORDINATOR.value])

    again = take_snapshot(indicator=desk.indicator, year=2024, user=other)

    assert (again.pk, again.taken_at, again.taken_by) == (
        first.pk,
        first.taken_at,
        desk.coordinator,
    )
    assert Indicator.objects.get(pk=desk.indicator.pk).latest_revision_id == revision
    assert ModelLogEntry.objects.count() == entries
    assert year_of(desk.indicator).confirmed

    StaffRecordFactory(organisation=desk.school)
    changed = take_snapshot(indicator=desk.indicator, year=2024, user=other)

    assert (changed.pk, changed.numerator, changed.denominator) == (first.pk, 1, 5)
    assert changed.taken_by == other
    assert year_of(desk.indicator).fact == Decimal("20.00")
    assert not year_of(desk.indicator).confirmed


def test_a_draft_of_an_editor_stays_a_draft(desk: SimpleNamespace) -> None:
    draft = Indicator.objects.get(pk=desk.indicator.pk)
    draft.name = "Новые слова, процент"
    draft.save_revision()
    take_snapshot(indicator=desk.indicator, year=2024, user=desk.coordinator)
    after = Indicator.objects.get(pk=desk.indicator.pk)
    assert after.name != "Новые слова, процент"
    assert after.years.get(year=2024).numerator == 1
    latest = after.get_latest_revision_as_object()
    assert latest.name == "Новые слова, процент"
    assert {item.year: item.numerator for item in latest.years.all()}[2024] == 1


def test_who_may_not_and_what_cannot_be_counted(desk: SimpleNamespace, monkeypatch: Any) -> None:
    for person in (desk.methodist, UserFactory(), UserFactory(groups=[Role.ADMINISTRATOR.value])):
        with pytest.raises(PermissionDenied):
            take_snapshot(indicator=desk.indicator, year=2024, user=person)

    def refused(indicator: Indicator, year: int) -> str:
        with pytest.raises(ValidationError) as caught:
            take_snapshot(indicator=indicator, year=year, user=desk.coordinator)
        return " ".join(caught.value.messages)

    plan: RoadMap = desk.indicator.road_map
    not_counted = "Этот показатель за этот год не рассчитывается."
    heads = IndicatorFactory(road_map=plan, number=4, years={2024: (50, None)})
    assert refused(heads, 2024) == "Считать некого: в знаменателе ноль."
    assert refused(desk.indicator, 2022) == not_counted
    assert refused(IndicatorFactory(road_map=plan, number=5, years={2024: (1, None)}), 2024) == (
        not_counted
    )
    other = IndicatorFactory(
        road_map=RoadMapFactory(start_year=2025, end_year=2029), number=3, years={2025: (1, None)}
    )
    assert refused(other, 2025) == not_counted
    draft = IndicatorFactory(road_map=plan, number=6, years={2024: (1, None)}, draft=True)
    assert refused(draft, 2024) == not_counted
    monkeypatch.setattr(timezone, "localdate", lambda: date(2023, 12, 31))
    assert refused(desk.indicator, 2024) == not_counted
    assert not IndicatorSnapshot.objects.exists()


def test_a_school_sees_nothing_of_another(desk: SimpleNamespace) -> None:
    """The people behind a number are those whose cards the person may open."""
    foreign: Organisation = OrganisationFactory()
    head = OrganisationRoleFactory(organisation=foreign).user
    assert not TRAINED_TEACHERS.denominator(2024).visible_to(head).exists()
    assert TRAINED_TEACHERS.denominator(2024).visible_to(desk.methodist).count() == 4
