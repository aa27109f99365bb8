"""The public page of totals: nobody is given away, and the page is made anew when people change."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import timezone

from people.enums import Category, OrganisationKind
from people.models import StaffPosition, TeachingLoad
from people.queries.staff_totals import staff_totals
from tests.factories.people import OrganisationFactory, StaffRecordFactory, SubjectFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/organisations/staff-in-numbers/"


def staff(organisation, number: int, **values) -> list:
    return StaffRecordFactory.create_batch(number, organisation=organisation, **values)


def test_small_groups_are_hidden_across_all_tables(site_tree) -> None:
    """A school of two hides itself, its kind, and whatever would let them be reckoned."""
    big, other, small = (OrganisationFactory(name=name) for name in ("Большая", "Другая", "Малая"))
    garden = OrganisationFactory(name="Сад", kind=OrganisationKind.PRESCHOOL)
    camp = OrganisationFactory(name="Дом творчества", kind=OrganisationKind.ADDITIONAL)
    staff(big, 9, category=Category.FIRST)
    staff(big, 7, category=Category.HIGHEST)
    staff(other, 8, category=Category.FIRST)
    staff(other, 6, category=Category.HIGHEST)
    staff(small, 2, category=Category.FIRST)
    staff(garden, 3, category=Category.CONFORMITY)
    staff(camp, 10, category=Category.HIGHEST)
    totals = staff_totals(timezone.localdate())
    assert totals.people == 45
    groups = {item.name: {g.title: g.count for g in item.groups} for item in totals.divisions}
    hidden = [title for title, count in groups["kinds"].items() if count is None]
    assert len(hidden) == 2, "the garden alone would be the total less the rest"
    assert list(groups["categories"].values()).count(None) == 2
    assert totals.table is not None
    names = [name for name, _cells, _total in totals.table.rows]
    assert "Малая" not in names
    assert "Сад" not in names
    assert "Дом творчества" not in names
    assert names[-1] == "Остальные организации"
    for _name, cells, total in totals.table.rows:
        assert total >= 5
        assert all(count is None or count == 0 or count >= 5 for _title, count in cells)
    assert sum(total for _name, _cells, total in totals.table.rows) == 45


def test_each_counts_once_and_only_who_works_in_the_district(site_tree) -> None:
    school, other = OrganisationFactory(), OrganisationFactory()
    people = staff(school, 6)
    staff(school, 1, organisation__ends_on=date(2022, 8, 31))
    staff(OrganisationFactory(in_district=False), 7)
    StaffPosition.objects.create(
        record=people[0], organisation=other, title="педагог", starts_on=date(2023, 9, 1)
    )
    rare, often = SubjectFactory(name="редкий"), SubjectFactory(name="частый")
    for number, record in enumerate(people):
        TeachingLoad.objects.create(record=record, subject=often)
        if number < 4:
            TeachingLoad.objects.create(record=record, subject=rare)
    totals = staff_totals(timezone.localdate())
    assert totals.people == 6
    subjects = next(item for item in totals.divisions if item.name == "subjects")
    assert [(group.title, group.count) for group in subjects.groups] == [("частый", 6)]


def test_too_few_people_are_no_number(site_tree, client_of) -> None:
    staff(OrganisationFactory(), 4)
    assert staff_totals(timezone.localdate()).people is None
    assert "Чисел пока нет" in client_of().get(ADDRESS).content.decode().replace("\xa0", " ")


def test_the_page_is_kept_and_made_anew(
    site_tree, client_of, settings, django_assert_num_queries, django_capture_on_commit_callbacks
) -> None:
    settings.PAGE_CACHE_SECONDS = 600
    school = OrganisationFactory()
    staff(school, 8)
    client = client_of()

    def people() -> str:
        html = client.get(ADDRESS).content.decode()
        return re.search(r'class="whole"><b>(\d+)<', html)[1]

    assert people() == "8"
    with django_assert_num_queries(0):
        assert people() == "8"
    with django_capture_on_commit_callbacks(execute=True):
        staff(school, 1)
    assert people() == "9"
    with django_assert_num_queries(2):
        staff_totals(timezone.localdate())
