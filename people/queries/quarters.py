"""Quarterly confirmations: which organisations of a person still owe theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef

from people.models import Organisation, QuarterConfirmation, StaffPosition

if TYPE_CHECKING:
    from people.models import OrganisationQuerySet, User


@dataclass(frozen=True)
class Quarter:
    """A quarter of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that ``day`` belongs to."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def read(cls, code: str) -> Quarter | None:
        """The quarter that ``code`` names; None for anything else."""
        found = re.fullmatch(r"([0-9]{4})-([1-4])", code)
        return cls(int(found[1]), int(found[2])) if found else None

    @property
    def code(self) -> str:
        """How a form carries it: ``2026-4``."""
        return f"{self.year}-{self.number}"

    @property
    def before(self) -> Quarter:
        """The one that ended when this began."""
        return Quarter.of(date(self.year, self.number * 3 - 2, 1) - timedelta(days=1))

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
    people = _people_of(organisations, today)
    confirmations = _confirmations(organisations, quarter)
    return [
        QuarterState(item, people.get(item.pk, 0), confirmations.get(item.pk))
        for item in organisations
    ]


@dataclass(frozen=True)
class TwoQuarters:
    """An organisation as the district sees it: the quarter that runs and the one before it."""

    organisation: Organisation
    people: int
    running: QuarterConfirmation | None
    last: QuarterConfirmation | None


def owing(today: date) -> OrganisationQuerySet:
    """The open organisations that have somebody to confirm; the late ones come first."""
    held = StaffPosition.objects.held_on(today).filter(organisation=OuterRef("pk")).order_by()
    return (
        Organisation.objects.open_on(today)
        .filter(Exists(held))
        .annotate(has_confirmed=Exists(_given(Quarter.of(today), OuterRef("pk"))))
        .order_by("has_confirmed", "name", "pk")
    )


def confirmed_count(quarter: Quarter, *, today: date) -> int:
    """How many of those who owe the quarter have confirmed it."""
    return owing(today).filter(Exists(_given(quarter, OuterRef("pk")))).order_by().count()


def two_quarters(organisations: Sequence[Organisation], *, today: date) -> list[TwoQuarters]:
    """What each of ``organisations`` has confirmed; three queries however many there are."""
    running = Quarter.of(today)
    people = _people_of(organisations, today)
    now, earlier = (_confirmations(organisations, item) for item in (running, running.before))
    return [
        TwoQuarters(item, people.get(item.pk, 0), now.get(item.pk), earlier.get(item.pk))
        for item in organisations
    ]


def _given(quarter: Quarter, organisation: Any) -> Any:
    return QuarterConfirmation.objects.filter(
        organisation=organisation, year=quarter.year, quarter=quarter.number
    ).order_by()


def _people_of(organisations: Sequence[Organisation], today: date) -> dict[int, int]:
    """How many people of the register each has today."""
    held = StaffPosition.objects.held_on(today).filter(organisation__in=organisations)
    return dict(
        held.order_by()
        .values("organisation")
        .annotate(people=Count("record", distinct=True))
        .values_list("organisation", "people")
    )


def _confirmations(
    organisations: Sequence[Organisation], quarter: Quarter
) -> dict[int, QuarterConfirmation]:
    given = QuarterConfirmation.objects.filter(
        organisation__in=organisations, year=quarter.year, quarter=quarter.number
    ).select_related("confirmed_by")
    return {item.organisation_id: item for item in given}
