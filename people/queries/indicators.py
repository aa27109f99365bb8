"""Whom the indicators of the road map count: people of the register, by year.

Each year is looked at on its last day; the running year is looked at today. A numerator is always
a part of its denominator, and nobody is counted twice, however many positions a person holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import OrganisationKind, TrainingState
from people.models import (
    StaffPosition,
    StaffQuerySet,
    StaffRecord,
    StaffRules,
    SupportForm,
    TrainingRecord,
)


def day_of(year: int) -> date:
    """The day on which ``year`` is looked at: its last day, or today while it runs."""
    return min(date(year, 12, 31), timezone.localdate())


def _holding(positions: QuerySet[StaffPosition]) -> StaffQuerySet:
    """Everybody who holds one of ``positions``, once."""
    return StaffRecord.objects.filter(Exists(positions.filter(record=OuterRef("pk")).order_by()))


@dataclass(frozen=True)
class TrainedStaff:
    """Indicators 3 and 4: who of the staff has finished a confirmed format of training.

    The order does not say whether the share is of the year or grows. ``counted_since=None`` counts
    the training of the year alone; a year there counts everything from its first day on.
    """

    title: Any
    explanation: Any
    heads: bool
    # Only organisations of these kinds; empty: all.
    kinds: tuple[OrganisationKind, ...] = ()
    counted_since: int | None = None

    def denominator(self, year: int) -> StaffQuerySet:
        """Everybody who works on the day of ``year``."""
        held = StaffPosition.objects.held_on(day_of(year)).filter(is_head=self.heads)
        if self.kinds:
            held = held.filter(organisation__kind__in=self.kinds)
        return _holding(held)

    def numerator(self, year: int) -> StaffQuerySet:
        """Those of them with a confirmed training that has ended."""
        first = year if self.counted_since is None else min(year, self.counted_since)
        finished = TrainingRecord.objects.filter(
            record=OuterRef("pk"),
            state=TrainingState.CONFIRMED,
            ends_on__gte=date(first, 1, 1),
            ends_on__lte=day_of(year),
        )
        return self.denominator(year).filter(Exists(finished.order_by()))


@dataclass(frozen=True)
class SupportedBeginners:
    """Indicator 6: which of the young beginning teachers are supported in any form."""

    title: Any
    explanation: Any

    def denominator(self, year: int) -> StaffQuerySet:
        """Teachers who are young and beginners on the day of ``year``, as the rules say."""
        day, rules = day_of(year), StaffRules.load()
        # Only teachers, as the order says; a title may be written with a capital letter.
        teacher = Q(title__startswith="учитель") | Q(title__startswith="Учитель")
        held = StaffPosition.objects.held_on(day).filter(teacher, is_head=False)
        return _holding(held).filter(
            birth_date__gt=rules.young_born_after(day),
            teaching_since__gt=rules.early_since_after(day),
            teaching_since__lte=day,
        )

    def numerator(self, year: int) -> StaffQuerySet:
        """Those of them who had a form of support on some day of ``year``."""
        support = SupportForm.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=date(year, 1, 1)),
            record=OuterRef("pk"),
            starts_on__lte=day_of(year),
        )
        return self.denominator(year).filter(Exists(support.order_by()))


# General education and its levels (273-FZ, article 10, part 4).
GENERAL_EDUCATION = (OrganisationKind.SCHOOL, OrganisationKind.PRESCHOOL)

TRAINED_TEACHERS = TrainedStaff(
    title=_("Teaching staff with training"),
    explanation=_(
        "Denominator: everybody who holds a teaching position on 31 December of the year (today, "
        "while the year runs). Numerator: those of them with a confirmed training that ended "
        "in that year. The share is of the year, not cumulative."
    ),
    heads=False,
)
TRAINED_HEADS = TrainedStaff(
    title=_("Heads with training"),
    explanation=_(
        "Denominator: heads and deputy heads of schools and preschool organisations on 31 December "
        "of the year (today, while the year runs): the order names heads of organisations with "
        "programmes of general education, and by 273-FZ, article 10, preschool education is its "
        "first level. Numerator: those of them with a confirmed training that ended in that year. "
        "The share is of the year, not cumulative."
    ),
    heads=True,
    kinds=GENERAL_EDUCATION,
)
SUPPORTED_BEGINNERS = SupportedBeginners(
    title=_("Young teachers with support"),
    explanation=_(
        "Denominator: people in the position of a teacher on 31 December of the year (today, while "
        "the year runs), young by age and beginners by teaching service as the rules of the staff "
        "register say; those whose service is unknown are left out. Numerator: those of them with "
        "a form of support in force on some day of the year."
    ),
)
