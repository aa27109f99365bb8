"""Two coordinators take the figures of one year at the same moment: one fact, written once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from wagtail.models import ModelLogEntry

from home.services.roles import set_up_roles
from monitoring.models import Indicator, IndicatorSnapshot
from monitoring.services import take_snapshot
from people.enums import Role
from people.models import User
from tests.factories.monitoring import IndicatorFactory
from tests.factories.people import (
    OrganisationFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
    UserFactory,
)


@pytest.fixture
def indicator(ground: None) -> Indicator:
    set_up_roles()
    school = OrganisationFactory()
    trained = StaffRecordFactory(organisation=school)
    TrainingRecordFactory(record=trained, ends_on=date(2024, 6, 1), confirmed=True)
    StaffRecordFactory(organisation=school)
    return IndicatorFactory(number=3, years={2024: (50, None)})


def taking(indicator: Indicator) -> Callable[[threading.Barrier], Any]:
    """A coordinator who has read the indicator and takes its figures."""
    user = UserFactory(groups=[Role.COORDINATOR.value])

    def run(barrier: threading.Barrier) -> tuple[int, int]:
        own, person = Indicator.objects.get(pk=indicator.pk), User.objects.get(pk=user.pk)
        barrier.wait()
        taken = take_snapshot(indicator=own, year=2024, user=person)
        return taken.numerator, taken.denominator

    return run


def test_two_at_once_leave_one(indicator: Indicator, at_once: Callable[..., list[Any]]) -> None:
    assert at_once(taking(indicator), taking(indicator)) == [(1, 2), (1, 2)]
    assert IndicatorSnapshot.objects.count() == 1
    assert ModelLogEntry.objects.filter(action="monitoring.take_snapshot").count() == 1
    assert indicator.revisions.count() == 1
    row = Indicator.objects.get(pk=indicator.pk).years.get(year=2024)
    assert (row.numerator, row.denominator, row.fact) == (1, 2, 50)
