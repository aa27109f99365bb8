"""Each finds in the settings of notices only what may reach this person now."""

from __future__ import annotations

from typing import Any

import pytest

from core.services.notices import notice_kinds_for, set_pace
from home.services.roles import set_up_roles
from people.enums import Role
from people.models import TeacherPage
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
URL = "/cabinet/notices/settings/"


def kinds_of(user: Any) -> set[str]:
    return {kind.name for kind in notice_kinds_for(type(user).objects.get(pk=user.pk))}


def test_each_sees_the_kinds_that_may_come(site_tree) -> None:
    set_up_roles()
    teacher = UserFactory()
    always = {"rights_decided"}
    assert kinds_of(teacher) == {*always, "staff_link_decided"}
    StaffRecordFactory(organisation=OrganisationFactory(), user=teacher)
    assert kinds_of(teacher) == {*always, "training_decided"}
    TeacherPage.objects.create(user=teacher, slug="anna-petrova")
    assert kinds_of(teacher) == {*always, "training_decided", "teacher_page_decided"}
    head = OrganisationRoleFactory().user
    # Corrections of the register are asked of the school.
    assert {"staff_link_asked", "staff_move_asked", "rights_asked"} <= kinds_of(head)
    assert "rights_asked" not in kinds_of(UserFactory(groups=[Role.COORDINATOR.value]))
    administrator = UserFactory(groups=[Role.ADMINISTRATOR.value])
    assert "rights_asked" in kinds_of(administrator)
    assert "staff_link_asked" not in kinds_of(administrator)


def test_what_is_not_shown_is_not_changed(site_tree, client_of) -> None:
    """What was chosen for a role that has ended waits for its return."""
    role = OrganisationRoleFactory()
    set_pace(user=role.user, kind="staff_link_asked", pace="daily")
    role.delete()
    client = client_of(role.user)
    assert "Запросы" not in client.get(URL).content.decode().split("<main", 1)[1]
    shown = {"staff_link_decided": "daily", "rights_decided": "at_once"}
    answer = client.post(URL, {**shown, "staff_link_asked": "never"})
    assert answer.status_code == 302
    chosen = dict(role.user.notice_settings.values_list("kind", "pace"))
    assert chosen == {"staff_link_asked": "daily", "staff_link_decided": "daily"}
