"""Quarterly confirmations: which organisations of a person still owe theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count

from people.models import Organisation, QuarterConfirmation, StaffPosition

if TYPE_CHECKING:
    from people.models import User


@dataclass(frozen=True)
class Quarter:
    """A quarter of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that ``day`` belongs to."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def last_day(self) -> date:
        """The day by which the quarter is to be confirmed."""
        return date(self.year + self.number // 4, self.number * 3 % 12 + 1, 1) - timedelta(days=1)


@dataclass(frozen=True)
class QuarterState:
    """An organisation with the people of its register today and the confirmation, if given."""

    organisation: Organisation
    people: int
    confirmation: QuarterConfirmation | None


def quarter_states(*, user: User, today: date) -> list[QuarterState]:
    """Every open organisation that ``user`` acts for, with its quarter; three queries."""
    quarter = Quarter.of(today)
    organisations = list(Organisation.objects.in_charge_of(user).open_on(today))
    held = StaffPosition.objects.held_on(today).filter(organisation__in=organisations)
    people = dict(
        held.order_by()
        .values("organisation")
        .annotate(people=Count("record", distinct=True))
        .values_list("organisation", "people")
    )
    given = QuarterConfirmation.objects.filter(
        organisation__in=organisations, year=quarter.year, quarter=quarter.number
    ).select_related("confirmed_by")
    confirmations = {item.organisation_id: item for item in given}
    return [
        QuarterState(item, people.get(item.pk, 0), confirmations.get(item.pk))
        for item in organisations
    ]
