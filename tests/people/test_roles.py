"""Roles in organisations: who gives them takes them back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.models import ModelLogEntry

from people.enums import OrganisationRoleKind, Role
from people.models import Organisation, OrganisationRole, User
from people.permissions import acts_for_somebody
from people.services.invitations import invite
from people.services.roles import end_role
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]
ROOM = "/cabinet/invitations/roles/"
HEAD = OrganisationRoleKind.HEAD
SERVICE = OrganisationRoleKind.METHODICAL_SERVICE
ClientOf = Callable[[User], Client]


@pytest.fixture
def administrator() -> User:
    for role in Role:
        Group.objects.get_or_create(name=role.value)
    return UserFactory(groups=[Role.ADMINISTRATOR.value])


@pytest.fixture
def head_of(school: Organisation) -> User:
    return OrganisationRoleFactory(organisation=school, kind=HEAD).user


def end(client: Client, role: OrganisationRole) -> int:
    return client.post(f"{ROOM}{role.pk}/end/").status_code


def test_who_has_left_opens_nothing_any_more(
    school: Organisation, head_of: User, administrator: User, client_of: ClientOf
) -> None:
    held = OrganisationRoleFactory(organisation=school, kind=SERVICE)
    elsewhere = OrganisationRoleFactory(kind=SERVICE)
    heads = OrganisationRole.objects.get(user=head_of)
    record = StaffRecordFactory(organisation=school)
    keeper = client_of(held.user)
    assert keeper.get(f"/cabinet/staff/{record.pk}/").status_code == 200
    invite(
        email=held.user.email, user=head_of, organisation=school, organisation_role=SERVICE.value
    )
    # A head sees and ends what a head gives, and nobody's own role or another school's.
    assert keeper.get(ROOM).status_code == 403
    client = client_of(head_of)
    html = client.get(ROOM).content.decode()
    assert held.user.email in html
    assert elsewhere.user.email not in html
    assert head_of.email not in html.partition("<main")[2]
    assert (end(client, heads), end(client, elsewhere)) == (404, 404)
    with pytest.raises(PermissionDenied):
        end_role(role=heads, user=head_of)
    assert (end(client, held), end(client, held)) == (302, 302)
    assert keeper.get(f"/cabinet/staff/{record.pk}/").status_code == 404
    assert keeper.get("/cabinet/staff/").status_code == 403
    assert not acts_for_somebody(User.objects.get(pk=held.user.pk))
    held.refresh_from_db()
    assert held.ends_on == timezone.localdate() - timedelta(days=1)
    assert held.user.is_active, "the account stays"
    assert not held.organisation.invitations.waiting().exists(), "it would bring the role back"
    entry = ModelLogEntry.objects.get(action="people.end_role")
    assert (entry.user, entry.data) == (head_of, {"role": SERVICE, "account": held.user.pk})

    # An administrator ends every role, also one that was given today.
    given = OrganisationRoleFactory(organisation=school, starts_on=timezone.localdate())
    client = client_of(administrator)
    assert client.get(ROOM).content.decode().count("Прекратить роль<") == 3
    assert [end(client, role) for role in (heads, given, given)] == [302, 302, 302]
    assert client_of(head_of).get("/cabinet/invitations/").status_code == 403
    assert not OrganisationRole.objects.filter(pk=given.pk).exists()


def test_a_dismissal_says_that_the_role_is_not_over(
    school: Organisation, methodist: User, client_of: ClientOf
) -> None:
    account = OrganisationRoleFactory(organisation=school).user
    record = StaffRecordFactory(organisation=school, user=account)
    client = client_of(methodist)
    answer = client.post(
        f"/cabinet/staff/{record.pk}/leave/",
        {"positions": [record.positions.get().pk], "last_day": date(2026, 1, 31)},
        follow=True,
    )
    words = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "роль, которая не прекращена" in words


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_of_the_roles(
    administrator: User,
    client_of: ClientOf,
    number: int,
    settings: Settings,
    django_assert_num_queries: Any,
) -> None:
    OrganisationRoleFactory.create_batch(number, organisation=OrganisationFactory())
    client = client_of(administrator)
    client.get(ROOM)
    with django_assert_num_queries(14 - ("cached" in settings.SESSION_ENGINE)):
        client.get(ROOM)
