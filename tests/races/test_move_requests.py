"""Two who decide about one move at the same moment: it is done once, or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from people.enums import RequestState
from people.models import StaffMove, StaffPosition, User
from people.services.move_requests import ask_move, confirm_move, refuse_move
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
)

Act = Callable[[threading.Barrier], Any]


@pytest.fixture
def world(ground: None) -> dict[str, Any]:
    old, new = OrganisationFactory(), OrganisationFactory()
    return {
        "record": StaffRecordFactory(organisation=old),
        "new": new,
        "asker": OrganisationRoleFactory(organisation=new).user,
        "heads": [OrganisationRoleFactory(organisation=old).user for _index in range(2)],
    }


def asking(world: dict[str, Any]) -> Act:
    def run(barrier: threading.Barrier) -> int:
        user = User.objects.get(pk=world["asker"].pk)
        record = world["record"]
        barrier.wait()
        return ask_move(
            user=user,
            organisation=world["new"],
            last_name=record.last_name,
            first_name=record.first_name,
            patronymic=record.patronymic,
            birth_date=record.birth_date,
            title="учитель",
            starts_on=timezone.localdate(),
        ).pk

    return run


def deciding(world: dict[str, Any], number: int, *, yes: bool) -> Act:
    def run(barrier: threading.Barrier) -> str:
        user = User.objects.get(pk=world["heads"][number].pk)
        move = StaffMove.objects.get()
        positions = [item.pk for item in world["record"].positions.all()]
        barrier.wait()
        if not yes:
            return refuse_move(move=move, remark="Нет", user=user).state
        day = timezone.localdate() - timedelta(days=1)
        return confirm_move(move=move, positions=positions, last_day=day, user=user).state

    return run


@pytest.mark.parametrize("second_says_yes", [True, False])
def test_one_request_and_one_decision(
    world: dict[str, Any], at_once: Callable[..., list[Any]], second_says_yes: bool
) -> None:
    first, second = at_once(asking(world), asking(world))
    assert first == second == StaffMove.objects.get().pk
    answers = at_once(deciding(world, 0, yes=True), deciding(world, 1, yes=second_says_yes))
    move = StaffMove.objects.get()
    came = StaffPosition.objects.filter(organisation=world["new"]).count()
    assert came == (move.state == RequestState.DONE)
    assert move.state in answers
    refused = [answer for answer in answers if answer != move.state]
    # Whoever is second finds the person gone, or the request closed.
    assert len(refused) == 1, answers
    assert isinstance(refused[0], ValidationError | PermissionDenied), answers
