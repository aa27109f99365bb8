"""Training records that wait for somebody."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max, Prefetch, Q
from django.utils import timezone

from people.enums import TrainingState
from people.models import Organisation, StaffPosition, StaffRecord, TrainingRecord
from people.permissions import user_keeps_all_staff

if TYPE_CHECKING:
    from people.models import User
    from people.models.training import TrainingQuerySet


def own_trainings(user: User) -> TrainingQuerySet:
    """The training of the person whose account ``user`` is."""
    return TrainingRecord.objects.filter(record__user=user)


def last_training_of(user: User) -> tuple[bool, date | None]:
    """Whether ``user`` stands in the register, and when the last confirmed training ended.

    One query.
    """
    confirmed = Q(trainings__state=TrainingState.CONFIRMED)
    found = StaffRecord.objects.filter(user=user).order_by()
    row = found.values_list("pk").annotate(last=Max("trainings__ends_on", filter=confirmed)).first()
    return (False, None) if row is None else (True, row[1])


def trainings_waiting_for(user: User) -> TrainingQuerySet:
    """Records that ``user`` has to confirm or return: never one's own; the oldest first."""
    waiting = TrainingRecord.objects.filter(state=TrainingState.ENTERED)
    own_record = StaffRecord.objects.filter(user=user).order_by()
    waiting = waiting.exclude(record__in=own_record.values("pk"))
    if not user_keeps_all_staff(user):
        own = Organisation.objects.in_charge_of(user).order_by().values("pk")
        held = StaffPosition.objects.held_on(timezone.localdate()).filter(organisation__in=own)
        waiting = waiting.filter(record__in=held.order_by().values("record"))
    return waiting.order_by("created_at", "pk")


def with_places(trainings: TrainingQuerySet) -> TrainingQuerySet:
    """``trainings`` with the person, the places of work today and the scan; one query more."""
    held = StaffPosition.objects.held_on(timezone.localdate()).select_related("organisation")
    return trainings.select_related("record", "scan").prefetch_related(
        Prefetch("record__positions", queryset=held, to_attr="held")
    )
