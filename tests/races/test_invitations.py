"""Two browsers accept one invitation at the same moment: one of them wins."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.models import Letter
from people.enums import OrganisationRoleKind
from people.models import Invitation, OrganisationRole, User
from people.services import invitations as services
from tests.factories.people import OrganisationRoleFactory, UserFactory

SERVICE = OrganisationRoleKind.METHODICAL_SERVICE


@pytest.fixture
def token(ground: None) -> str:
    head = OrganisationRoleFactory(kind=OrganisationRoleKind.HEAD)
    services.invite(
        email="anna@example.org",
        user=head.user,
        organisation=head.organisation,
        organisation_role=SERVICE,
    )
    found = re.search(r"/invitation/([\w-]+)/", Letter.objects.get().text)
    assert found
    return found[1]


def test_an_invitation_is_accepted_once(token: str, at_once: Callable[..., list[Any]]) -> None:
    number = UserFactory(email="anna@example.org").pk

    def accept(barrier: threading.Barrier) -> str:
        user = User.objects.get(pk=number)
        assert services.find_invitation(token) is not None
        barrier.wait()
        services.accept(token=token, user=user)
        return "accepted"

    answers = at_once(accept, accept)

    assert sorted(type(answer) for answer in answers if answer != "accepted") == [ValidationError]
    assert answers.count("accepted") == 1
    assert OrganisationRole.objects.filter(kind=SERVICE).count() == 1


def test_withdrawn_or_accepted_but_not_both(token: str, at_once: Callable[..., list[Any]]) -> None:
    number = UserFactory(email="anna@example.org").pk
    invitation = Invitation.objects.get()

    def accept(barrier: threading.Barrier) -> None:
        user = User.objects.get(pk=number)
        barrier.wait()
        services.accept(token=token, user=user)

    def revoke(barrier: threading.Barrier) -> None:
        head = User.objects.get(pk=invitation.invited_by_id)
        barrier.wait()
        services.revoke(invitation=invitation, user=head)

    answers = at_once(accept, revoke)

    invitation.refresh_from_db()
    assert (invitation.accepted_at is None) is not (invitation.revoked_at is None)
    assert [type(answer) for answer in answers if answer is not None] == [ValidationError]
    given = OrganisationRole.objects.filter(kind=SERVICE).exists()
    assert given is (invitation.accepted_at is not None)
