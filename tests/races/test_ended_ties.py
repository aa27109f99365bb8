"""A role or a link is ended twice at the same moment: it ends once, and once it is written down."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group
from wagtail.models import ModelLogEntry

from core.models import Notice
from people.enums import Role
from people.models import OrganisationRole, StaffRecord, User
from people.services.links import unlink
from people.services.roles import end_role
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    UserFactory,
)


def test_a_role_is_ended_once(ground: None, at_once: Callable[..., list[Any]]) -> None:
    role = OrganisationRoleFactory()
    Group.objects.get_or_create(name=Role.ADMINISTRATOR.value)
    administrator = UserFactory(groups=[Role.ADMINISTRATOR.value]).pk

    def end(barrier: threading.Barrier) -> str:
        user = User.objects.get(pk=administrator)
        found = OrganisationRole.objects.get(pk=role.pk)
        barrier.wait()
        end_role(role=found, user=user)
        return "ended"

    assert at_once(end, end) == ["ended", "ended"]
    assert ModelLogEntry.objects.filter(action="people.end_role").count() == 1


def test_an_account_is_unlinked_once(ground: None, at_once: Callable[..., list[Any]]) -> None:
    account, school = UserFactory(), OrganisationFactory()
    record = StaffRecordFactory(user=account, organisation=school)
    keepers = [OrganisationRoleFactory(organisation=school).user.pk for _number in range(2)]

    def work(number: int) -> Callable[[threading.Barrier], str]:
        def take(barrier: threading.Barrier) -> str:
            user = User.objects.get(pk=number)
            found = StaffRecord.objects.get(pk=record.pk)
            barrier.wait()
            unlink(record=found, remark="Это другой человек.", user=user)
            return "unlinked"

        return take

    assert at_once(*map(work, keepers)) == ["unlinked", "unlinked"]
    assert ModelLogEntry.objects.filter(action="people.unlink").count() == 1
    assert Notice.objects.filter(recipient=account).count() == 1
