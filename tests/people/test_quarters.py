"""The quarterly confirmation of the register by the school."""

from __future__ import annotations

import re
from datetime import date

import pytest

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
DISTRICT = "/cabinet/staff/quarters/"


def form_of(client) -> dict[str, str]:
    """What the button of the page sends."""
    html = client.get(ADDRESS).content.decode()
    found = dict(
        re.findall(r'<input type="hidden" name="(organisation|quarter)" value="(.*?)"', html)
    )
    assert found.keys() == {"organisation", "quarter"}
    return found


def on(monkeypatch, day: date) -> None:
    monkeypatch.setattr(staff_front.timezone, "localdate", lambda moment=None: day)


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
    form = form_of(client)
    for _click in range(2):
        assert client.post(ADDRESS, form).status_code == 302
    assert QuarterConfirmation.objects.get().people == 2
    assert "Подтвердить квартал" not in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS, {"organisation": other.pk}).status_code == 404
    assert client.post(ADDRESS, {"organisation": "x"}).status_code == 404
    assert client_of(teacher).get(ADDRESS).status_code == 403
    assert client_of(teacher).post(ADDRESS, {"organisation": school.pk}).status_code == 403
    assert client_of().post(ADDRESS, {"organisation": school.pk}).status_code == 302
    assert QuarterConfirmation.objects.count() == 1


def test_a_school_is_reminded_until_it_has_confirmed(
    roles_and_texts, client_of, monkeypatch
) -> None:
    role = OrganisationRoleFactory(organisation=OrganisationFactory(name="Лицей"))
    StaffRecordFactory(organisation=role.organisation)
    client = client_of(role.user)
    monkeypatch.setattr(staff_front.timezone, "localdate", lambda: date(2026, 11, 30))
    assert "реестр за квартал" not in client.get("/cabinet/").content.decode()
    monkeypatch.setattr(staff_front.timezone, "localdate", lambda: date(2026, 12, 1))
    html = client.get("/cabinet/").content.decode().replace("\xa0", " ")
    assert "Подтвердите реестр за квартал: Лицей" in html
    # Whoever sees all schools is not asked to confirm for them.
    for group in (Role.METHODIST, Role.COORDINATOR):
        watcher = client_of(UserFactory(groups=[group.value]))
        assert "реестр за квартал" not in watcher.get("/cabinet/").content.decode()
    client.post(ADDRESS, {"organisation": role.organisation_id, "quarter": "2026-4"})
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


def test_a_form_confirms_the_quarter_that_it_shows(site_tree, client_of, monkeypatch) -> None:
    """Opened on the last evening, sent after midnight: another quarter is not confirmed by it."""
    role = OrganisationRoleFactory(organisation=OrganisationFactory())
    client = client_of(role.user)
    on(monkeypatch, date(2026, 9, 30))
    form = form_of(client)
    assert form["quarter"] == "2026-3"
    on(monkeypatch, date(2026, 10, 1))
    wrong = ("2026-3", "2027-1", "2025-4", "", "x", "2026-5", "٢٠٢٦-٤")
    for code in wrong:
        answer = client.post(ADDRESS, form | {"quarter": code}, follow=True)
        text = answer.content.decode().replace("\xa0", " ")
        assert "Форма открыта в другом квартале, поэтому ничего не подтверждено" in text, code
    assert not QuarterConfirmation.objects.exists()
    client.post(ADDRESS, form_of(client))
    given = QuarterConfirmation.objects.get()
    assert (given.year, given.quarter) == (2026, 4)


def test_quarter_before_the_first_of_a_year() -> None:
    assert Quarter(2026, 1).before == Quarter(2025, 4)
    assert Quarter(2026, 4).before == Quarter(2026, 3)


def staffed(name: str, **options):
    """A school with one person in the register and somebody who acts for it."""
    school = OrganisationFactory(name=name, **options)
    StaffRecordFactory(organisation=school)
    return OrganisationRoleFactory(organisation=school).user


@pytest.mark.parametrize("role", [Role.METHODIST, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_the_district_sees_who_has_confirmed(roles_and_texts, client_of, monkeypatch, role) -> None:
    on(monkeypatch, date(2026, 9, 1))
    early, late = staffed("Лицей"), staffed("Гимназия")
    staffed("Закрытая", closed_on=date(2026, 1, 1))
    OrganisationRoleFactory(organisation=OrganisationFactory(name="Пустая"))
    for head in (early, late):
        client_of(head).post(ADDRESS, form_of(client_of(head)))
    on(monkeypatch, date(2026, 10, 1))
    client_of(early).post(ADDRESS, form_of(client_of(early)))
    user = UserFactory(groups=[role.value])
    assert DISTRICT in client_of(user).get("/cabinet/staff/").content.decode()
    html = client_of(user).get(DISTRICT).content.decode().replace("\xa0", " ")
    assert "Квартал 4 2026 года: подтвердили 1 из 2 организаций." in html
    assert "Квартал 3 2026 года: подтвердили 2 из 2 организаций." in html
    rows = re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", html, re.DOTALL)
    shown = [
        (re.search(r">([^<>]+)</a>", row)[1], re.findall("Не подтверждено|Подтверждено", row))
        for row in rows
    ]
    # Who still owes the running quarter comes first.
    assert shown == [
        ("Гимназия", ["Не подтверждено", "Подтверждено"]),
        ("Лицей", ["Подтверждено", "Подтверждено"]),
    ]
    assert early.get_full_name() in rows[1]


def test_a_school_does_not_see_the_others(roles_and_texts, client_of, teacher) -> None:
    head = staffed("Лицей")
    assert client_of(head).get(DISTRICT).status_code == 403
    assert DISTRICT not in client_of(head).get("/cabinet/staff/").content.decode()
    assert client_of(teacher).get(DISTRICT).status_code == 403
    assert client_of(UserFactory(groups=[Role.EDITOR.value])).get(DISTRICT).status_code == 403


@pytest.mark.parametrize("number", [1, 5, 30])
def test_the_page_of_the_district_asks_no_more_for_more_schools(
    roles_and_texts, client_of, settings, number, django_assert_num_queries
) -> None:
    for turn in range(number):
        head = staffed(f"Школа {turn:02}")
        if turn % 2:
            client_of(head).post(ADDRESS, form_of(client_of(head)))
    client = client_of(UserFactory(groups=[Role.METHODIST.value]))
    html = client.get(DISTRICT).content.decode()
    assert html.count('<th scope="row">') == min(number, 25)
    last = client.get(f"{DISTRICT}?page=2").content.decode()
    assert last.count('<th scope="row">') == (5 if number == 30 else number)
    with django_assert_num_queries(22 - ("cached" in settings.SESSION_ENGINE)):
        client.get(DISTRICT)
