"""The quarterly confirmation of the register by the school."""

from __future__ import annotations

from datetime import date

import pytest

from home.services.roles import set_up_roles
from people import staff_front
from people.enums import Role
from people.models import QuarterConfirmation
from people.queries.quarters import Quarter
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/cabinet/staff/quarter/"


@pytest.mark.parametrize(
    ("day", "number", "last_day"),
    [
        (date(2026, 1, 1), 1, date(2026, 3, 31)),
        (date(2026, 6, 30), 2, date(2026, 6, 30)),
        (date(2026, 12, 31), 4, date(2026, 12, 31)),
    ],
)
def test_quarters_of_the_year(day, number, last_day) -> None:
    assert (Quarter.of(day).number, Quarter.of(day).last_day) == (number, last_day)


def test_a_school_confirms_once_and_only_for_itself(site_tree, client_of, teacher) -> None:
    school, other = OrganisationFactory(), OrganisationFactory()
    StaffRecordFactory.create_batch(2, organisation=school)
    head = OrganisationRoleFactory(organisation=school).user
    client = client_of(head)
    assert "Подтвердить квартал" in client.get(ADDRESS).content.decode()
    for _click in range(2):
        assert client.post(ADDRESS, {"organisation": school.pk}).status_code == 302
    assert QuarterConfirmation.objects.get().people == 2
    assert "Подтвердить квартал" not in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS, {"organisation": other.pk}).status_code == 404
    assert client.post(ADDRESS, {"organisation": "x"}).status_code == 404
    assert client_of(teacher).get(ADDRESS).status_code == 403
    assert client_of(teacher).post(ADDRESS, {"organisation": school.pk}).status_code == 403
    assert client_of().post(ADDRESS, {"organisation": school.pk}).status_code == 302
    assert QuarterConfirmation.objects.count() == 1


def test_a_form_of_the_former_quarter_confirms_nothing(site_tree, client_of) -> None:
    """Opened on the last day of a quarter and sent on the next one."""
    role = OrganisationRoleFactory(organisation=OrganisationFactory())
    client = client_of(role.user)
    quarter = client.get(ADDRESS).context["quarter"]
    assert f'name="quarter" value="{quarter.code}"' in client.get(ADDRESS).content.decode()
    former = Quarter(quarter.year - 1, quarter.number)
    form = {"organisation": role.organisation_id, "quarter": former.code}
    assert "Посмотрите ещё раз" in client.post(ADDRESS, form, follow=True).content.decode()
    assert not QuarterConfirmation.objects.exists()
    client.post(ADDRESS, form | {"quarter": quarter.code})
    given = QuarterConfirmation.objects.get()
    assert (given.year, given.quarter) == (quarter.year, quarter.number)


@pytest.mark.parametrize("role", [Role.METHODIST, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_the_district_sees_who_has_confirmed(site_tree, client_of, role) -> None:
    set_up_roles()
    done, waits = (OrganisationFactory(name=name) for name in ("Лицей", "Гимназия"))
    OrganisationFactory(name="Никого нет")
    for school in (done, waits):
        StaffRecordFactory(organisation=school)
    head = OrganisationRoleFactory(organisation=done).user
    client_of(head).post(ADDRESS, {"organisation": done.pk})
    client = client_of(UserFactory(groups=[role.value]))
    page = client.get(ADDRESS)
    states = {item.organisation.name: item for item in page.context["states"]}
    assert {name: bool(item.confirmation) for name, item in states.items()} == {
        "Лицей": True,
        "Гимназия": False,
    }
    html = page.content.decode().replace("\xa0", " ")
    assert "1 из 2" in html
    assert "Подтвердить квартал" not in html
    assert ADDRESS in client.get("/cabinet/staff/").content.decode()
    assert client.post(ADDRESS, {"organisation": waits.pk}).status_code == 404
    assert QuarterConfirmation.objects.count() == 1
    # A school reads of none but itself.
    assert "Гимназия" not in client_of(head).get(ADDRESS).content.decode()


def test_a_school_is_reminded_until_it_has_confirmed(site_tree, client_of, monkeypatch) -> None:
    role = OrganisationRoleFactory(organisation=OrganisationFactory(name="Лицей"))
    client = client_of(role.user)
    monkeypatch.setattr(staff_front.timezone, "localdate", lambda: date(2026, 11, 30))
    assert "реестр за квартал" not in client.get("/cabinet/").content.decode()
    monkeypatch.setattr(staff_front.timezone, "localdate", lambda: date(2026, 12, 1))
    html = client.get("/cabinet/").content.decode().replace("\xa0", " ")
    assert "Подтвердите реестр за квартал: Лицей" in html
    client.post(ADDRESS, {"organisation": role.organisation_id})
    assert "реестр за квартал" not in client.get("/cabinet/").content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_do_not_grow(
    site_tree, client_of, number, settings, django_assert_num_queries
) -> None:
    first = OrganisationRoleFactory(organisation=OrganisationFactory())
    for _number in range(number - 1):
        OrganisationRoleFactory(user=first.user, organisation=OrganisationFactory())
    client = client_of(first.user)
    client.get(ADDRESS)
    with django_assert_num_queries(16 - ("cached" in settings.SESSION_ENGINE)):
        client.get(ADDRESS)
