"""Two who keep the record decide on one request at the same moment: one decision, one revision."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from core.models import Notice
from people.enums import RequestState
from people.models import CorrectionRequest, StaffRecord, User
from people.queries.corrections import target_of
from people.services.corrections import accept_correction, ask_correction, refuse_correction
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    UserFactory,
)

Tab = Callable[[threading.Barrier], Any]


@pytest.fixture
def asked(ground: None) -> SimpleNamespace:
    school = OrganisationFactory()
    keepers = [OrganisationRoleFactory(organisation=school).user for _ in range(2)]
    user = UserFactory()
    StaffRecordFactory(organisation=school, user=user, birth_date=date(1980, 5, 6))
    target = target_of(user, "card-birth_date")
    assert target is not None
    right = {"birth_date": date(1981, 5, 6)}
    request = ask_correction(user=user, target=target, values=right)
    return SimpleNamespace(request=request, keepers=keepers, user=user)


def deciding(asked: SimpleNamespace, keeper: User, *, accepts: bool) -> Tab:
    def run(barrier: threading.Barrier) -> str:
        request = CorrectionRequest.objects.select_related("record").get(pk=asked.request.pk)
        user = User.objects.get(pk=keeper.pk)
        opened = request.record.latest_revision_id
        barrier.wait()
        if accepts:
            return accept_correction(request=request, user=user, opened_revision=opened).state
        return refuse_correction(request=request, remark="По паспорту иначе", user=user).state

    return run


def record_of(asked: SimpleNamespace) -> StaffRecord:
    found: StaffRecord = StaffRecord.objects.get(user=asked.user)
    return found


def test_two_who_accept_correct_once(
    asked: SimpleNamespace, at_once: Callable[..., list[Any]]
) -> None:
    before = record_of(asked).revisions.count()
    answers = at_once(*(deciding(asked, keeper, accepts=True) for keeper in asked.keepers))
    assert answers == [RequestState.DONE] * 2
    assert record_of(asked).birth_date == date(1981, 5, 6)
    assert record_of(asked).revisions.count() == before + 1
    assert ModelLogEntry.objects.filter(action="people.accept_correction").count() == 1
    assert Notice.objects.filter(recipient=asked.user).count() == 1


def test_one_who_accepts_and_one_who_refuses(
    asked: SimpleNamespace, at_once: Callable[..., list[Any]]
) -> None:
    answers = at_once(
        deciding(asked, asked.keepers[0], accepts=True),
        deciding(asked, asked.keepers[1], accepts=False),
    )
    state = CorrectionRequest.objects.get().state
    assert sum(isinstance(item, ValidationError) for item in answers) == 1
    assert state in answers
    changed = record_of(asked).birth_date == date(1981, 5, 6)
    assert changed == (state == RequestState.DONE)
    assert Notice.objects.filter(recipient=asked.user).count() == 1


def test_two_clicks_make_one_request(ground: None, at_once: Callable[..., list[Any]]) -> None:
    user = UserFactory()
    StaffRecordFactory(organisation=OrganisationFactory(), user=user, last_name="Петрова")

    def ask(barrier: threading.Barrier) -> int:
        target = target_of(User.objects.get(pk=user.pk), "card-last_name")
        assert target is not None
        barrier.wait()
        return ask_correction(user=user, target=target, values={"last_name": "Сидорова"}).pk

    first, second = at_once(ask, ask)
    assert first == second == CorrectionRequest.objects.get().pk
