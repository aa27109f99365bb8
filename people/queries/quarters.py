"""Quarterly confirmations: which organisations of a person still owe theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q

from people.models import Organisation, QuarterConfirmation, StaffPosition
from people.models.staff import DISTRICT_STAFF_ROLES

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
    def code(self) -> str:
        """What a form that is about the quarter brings back."""
        return f"{self.year}-{self.number}"

    @property
    def last_day(self) -> date:
        """The day by which the quarter is to be confirmed."""
        return date(self.year + self.number // 4, self.number * 3 % 12 + 1, 1) - timedelta(days=1)


def watches_quarters(user: User) -> bool:
    """Whether ``user`` sees of every organisation whether it has confirmed its quarter."""
    return bool(user.district_roles & DISTRICT_STAFF_ROLES)


@dataclass(frozen=True)
class QuarterState:
    """An organisation with the people of its register today and the confirmation, if given."""

    organisation: Organisation
    people: int
    confirmation: QuarterConfirmation | None
    may_confirm: bool


def quarter_states(*, user: User, today: date) -> list[QuarterState]:
    """Every open organisation that ``user`` acts for, with its quarter; three queries.

    Who works with the staff of the district sees every organisation that has any; one query more.
    """
    quarter = Quarter.of(today)
    own = Organisation.objects.in_charge_of(user).open_on(today)
    if watches_quarters(user):
        kept = set(own.values_list("pk", flat=True))
        works = StaffPosition.objects.held_on(today).filter(organisation=OuterRef("pk")).order_by()
        organisations = list(
            Organisation.objects.open_on(today).filter(Q(pk__in=kept) | Exists(works))
        )
    else:
        organisations = list(own)
        kept = {item.pk for item in organisations}
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
        QuarterState(item, people.get(item.pk, 0), confirmations.get(item.pk), item.pk in kept)
        for item in organisations
    ]
