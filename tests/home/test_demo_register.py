"""Organisations, staff and accounts of the demonstration, and what an empty portal begins with."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from home.services.demo import load_demo
from home.services.demo_people import load_demo_people
from monitoring.queries.calculation import calculated_road_map, calculations
from people.enums import OrganisationKind, TrainingState
from people.models import (
    Organisation,
    OrganisationRole,
    StaffRecord,
    Subject,
    TrainingRecord,
    User,
)
from people.permissions import user_can_edit_staff

pytestmark = pytest.mark.django_db

REAL = {"МАОУ «Курманаевская СОШ»", "МКУ «ИМЦ»"}


def test_an_empty_portal_knows_the_subjects_and_nobody(portal: None) -> None:
    assert Subject.objects.filter(slug="fizika").exists()
    assert Subject.objects.count() == 33
    assert not Organisation.objects.exists()
    assert not StaffRecord.objects.exists()


def test_everything_invented_says_so(demo: None) -> None:
    assert Organisation.objects.count() == 10
    assert {item.name for item in Organisation.objects.exclude(name__endswith="(демо)")} == REAL
    assert StaffRecord.objects.count() == 46
    assert not StaffRecord.objects.exclude(last_name__endswith="(демо)").exists()
    real = Organisation.objects.get(kind=OrganisationKind.SCHOOL, name__in=REAL)
    assert not StaffRecord.objects.filter(positions__organisation=real).exists()


def test_people_are_whole_and_some_wait(demo: None) -> None:
    today = timezone.localdate()
    assert StaffRecord.objects.working_on(today).count() == 46
    assert StaffRecord.objects.unconfirmed().count() == 12
    for record in StaffRecord.objects.all():
        record.full_clean(exclude=["name_key"])
    young = StaffRecord.objects.get(last_name="Начинаева (демо)")
    assert (young.age_on(today), young.teaching_years_on(today)) == (24, 1)
    assert young.support_forms.count() == 1
    states = set(TrainingRecord.objects.values_list("state", flat=True))
    assert states == set(TrainingState.values)


def test_facts_of_the_road_map_are_those_of_the_register(demo: None) -> None:
    """What is published and what the cabinet counts say the same of every year of the plan."""
    plan = calculated_road_map()
    assert plan is not None
    for year in (2020, 2021, 2022, 2023, 2024):
        for item in calculations(plan, year):
            assert item.published is not None
            assert item.published.fact == item.percent, (year, item.indicator.number)
            assert item.published.denominator == item.denominator


def test_each_role_has_an_account_that_may_do_its_work(demo: None) -> None:
    printed = {login.email: login.role for login in load_demo_people()}
    assert printed["molodoj@demo.local"] == "Молодой педагог"
    assert printed["direktor@demo.local"] == "Руководитель организации"
    head = User.objects.get(email="direktor@demo.local")
    young = User.objects.get(email="molodoj@demo.local").staff_record
    assert young.full_name == "Пробная (демо) Лидия"
    assert user_can_edit_staff(head, young)
    other = User.objects.get(email="metodsluzhba@demo.local")
    assert not user_can_edit_staff(other, young)
    assert OrganisationRole.objects.count() == 2


def test_a_second_run_makes_nobody_anew(demo: None) -> None:
    load_demo_people()
    StaffRecord.objects.get(last_name="Шаблонов (демо)").delete()
    Organisation.objects.filter(slug="ksosh").delete()
    load_demo()
    load_demo_people()
    assert StaffRecord.objects.count() == 45
    assert OrganisationRole.objects.count() == 2


def test_the_directory_shows_statuses_of_the_demonstration(demo: None) -> None:
    html = Client().get("/organisations/").content.decode().replace("\xa0", " ")
    assert "Опорная (базовая) школа" in html
    school = Organisation.objects.get(name__in=REAL, kind=OrganisationKind.SCHOOL)
    page = Client().get(school.get_absolute_url()).content.decode().replace("\xa0", " ")
    assert "от 25.06.2020 № 64" in page
    assert '/dokumenty/prikaz-64/"' in page
