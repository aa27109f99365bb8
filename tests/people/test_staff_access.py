"""Whose cards a person may open: role × where the teacher works, every cell."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from home.services.roles import set_up_roles
from people.enums import OrganisationRoleKind, Role
from people.models import StaffRecord, TrainingRecord
from people.permissions import (
    user_can_confirm_staff,
    user_can_confirm_training,
    user_can_edit_staff,
)
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

# role: (sees own school's teacher, sees another school's, edits own school's, edits another's,
#        confirms the record, confirms training of own school's teacher)
TABLE = {
    "visitor": (False, False, False, False, False, False),
    "teacher": (False, False, False, False, False, False),
    "closed account": (False, False, False, False, False, False),
    "head": (True, False, True, False, False, True),
    "methodical service": (True, False, True, False, False, True),
    "former head": (False, False, False, False, False, False),
    "future head": (False, False, False, False, False, False),
    "editor": (False, False, False, False, False, False),
    "methodist": (True, True, True, True, True, True),
    "coordinator": (True, True, False, False, False, False),
    "administrator": (True, True, True, True, False, True),
    "superuser": (True, True, True, True, True, True),
}


def person(role: str, school):
    """Somebody in that role; the roles of a school hold for ``school``."""
    if role == "visitor":
        return AnonymousUser()
    if role in ("head", "methodical service"):
        kind = (
            OrganisationRoleKind.HEAD if role == "head" else OrganisationRoleKind.METHODICAL_SERVICE
        )
        return OrganisationRoleFactory(organisation=school, kind=kind).user
    if role == "former head":
        return OrganisationRoleFactory(organisation=school, ends_on=date(2021, 8, 31)).user
    if role == "future head":
        return OrganisationRoleFactory(organisation=school, starts_on=date(2199, 9, 1)).user
    if role == "closed account":
        return UserFactory(superuser=True, inactive=True)
    if role == "superuser":
        return UserFactory(superuser=True)
    if role == "teacher":
        return UserFactory()
    set_up_roles()
    return UserFactory(groups=[Role[role.upper()].value])


@pytest.mark.parametrize("role", TABLE)
def test_every_cell(site_tree, role: str) -> None:
    school, other = OrganisationFactory(), OrganisationFactory()
    own = StaffRecordFactory(organisation=school)
    foreign = StaffRecordFactory(organisation=other)
    training = TrainingRecordFactory(record=own)
    user = person(role, school)
    visible = set(StaffRecord.objects.visible_to(user))
    assert (
        own in visible,
        foreign in visible,
        user_can_edit_staff(user, own),
        user_can_edit_staff(user, foreign),
        user_can_confirm_staff(user, own),
        user_can_confirm_training(user, training),
    ) == TABLE[role]
    assert TrainingRecord.objects.visible_to(user).filter(pk=training.pk).exists() == TABLE[role][0]


@pytest.mark.parametrize("role", ["teacher", "head", "methodist", "administrator", "superuser"])
def test_nobody_decides_about_oneself(site_tree, role: str) -> None:
    school = OrganisationFactory()
    user = person(role, school)
    own = StaffRecordFactory(organisation=school, user=user)
    assert own in StaffRecord.objects.visible_to(user)
    assert not user_can_edit_staff(user, own)
    assert not user_can_confirm_staff(user, own)
    assert not user_can_confirm_training(user, TrainingRecordFactory(record=own))


def test_a_teacher_who_left_is_no_longer_seen_by_the_school(site_tree) -> None:
    school = OrganisationFactory()
    left = StaffRecordFactory(organisation=school, organisation__ends_on=date(2022, 8, 31))
    head = person("head", school)
    assert left not in StaffRecord.objects.visible_to(head)
    assert not user_can_edit_staff(head, left)


def test_a_person_in_two_schools_is_seen_by_both_and_once(site_tree) -> None:
    school, other = OrganisationFactory(), OrganisationFactory()
    both = StaffRecordFactory(organisation=school)
    both.positions.model.objects.create(
        record=both, organisation=other, title="учитель", starts_on=date(2023, 9, 1)
    )
    head = OrganisationRoleFactory(organisation=school).user
    OrganisationRoleFactory(user=head, organisation=other)
    assert list(StaffRecord.objects.visible_to(head)) == [both]
    assert list(StaffRecord.objects.visible_to(person("head", other))) == [both]


def test_only_the_district_is_offered_the_list_of_who_left(site_tree, client_of) -> None:
    set_up_roles()
    offered = 'value="left"'
    head = OrganisationRoleFactory().user
    assert offered not in client_of(head).get("/cabinet/staff/").content.decode()
    coordinator = UserFactory(groups=[Role.COORDINATOR.value])
    assert offered in client_of(coordinator).get("/cabinet/staff/").content.decode()
