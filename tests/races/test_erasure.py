"""Two administrators decide at the same moment: one erasure, and never nobody left."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from people.enums import Role
from people.models import ErasureRequest, User
from people.queries.rights import administrators
from people.services.erasure import ask_erasure, confirm_erasure
from tests.factories.people import UserFactory

Tab = Callable[[threading.Barrier], Any]


@pytest.fixture
def keepers(ground: None) -> list[User]:
    Group.objects.get_or_create(name=Role.ADMINISTRATOR.value)
    return [UserFactory(groups=[Role.ADMINISTRATOR.value]) for _ in range(2)]


def confirming(request: ErasureRequest, keeper: User) -> Tab:
    def run(barrier: threading.Barrier) -> int:
        asked = ErasureRequest.objects.select_related("user").get(pk=request.pk)
        user = User.objects.get(pk=keeper.pk)
        barrier.wait()
        return confirm_erasure(request=asked, user=user).pk

    return run


def test_one_request_is_done_once(keepers: list[User], at_once: Callable[..., list[Any]]) -> None:
    request = ask_erasure(user=UserFactory())
    answers = at_once(*(confirming(request, keeper) for keeper in keepers))
    assert answers == [request.user_id] * 2
    assert ModelLogEntry.objects.filter(action="people.erase_person").count() == 1


def test_two_who_erase_each_other_leave_one(
    keepers: list[User], at_once: Callable[..., list[Any]]
) -> None:
    requests = [ask_erasure(user=keeper) for keeper in keepers]
    answers = at_once(confirming(requests[0], keepers[1]), confirming(requests[1], keepers[0]))
    assert sum(isinstance(item, ValidationError | PermissionDenied) for item in answers) == 1
    assert administrators().count() == 1
