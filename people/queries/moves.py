"""Requests for moves: who decides about them, and what has become of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from people.enums import RequestState
from people.models import Organisation, StaffMove, StaffPosition
from people.permissions import organisations_kept_by, user_keeps_all_staff

if TYPE_CHECKING:
    from people.models import User

Moves = models.QuerySet[StaffMove]


def moves_decided_by(user: User) -> Moves:
    """Requests on which ``user`` decides: where the person works now, or a methodist.

    Never those that ``user`` has made, nor those about ``user``.
    """
    moves = StaffMove.objects.filter(record__erased_at=None).exclude(asked_by=user)
    moves = moves.exclude(record__user=user)
    if user_keeps_all_staff(user):
        return moves
    own = Organisation.objects.in_charge_of(user).order_by().values("pk")
    held = StaffPosition.objects.held_on(timezone.localdate()).filter(organisation__in=own)
    return moves.filter(record__in=held.order_by().values("record"))


def moves_waiting_for(user: User) -> Moves:
    """Requests that wait for the decision of ``user``, the oldest first."""
    waiting = moves_decided_by(user).filter(state=RequestState.WAITING)
    return waiting.select_related("record", "organisation", "asked_by")


def moves_asked_for(user: User) -> Moves:
    """Requests of the organisations whose people ``user`` keeps, the newest first."""
    kept = organisations_kept_by(user).order_by().values("pk")
    found = StaffMove.objects.filter(organisation__in=kept, record__erased_at=None)
    return found.select_related("record", "organisation").order_by("-created_at", "-pk")


def positions_left(move: StaffMove, user: User) -> models.QuerySet[StaffPosition]:
    """Positions of the person that ``user`` may end today."""
    kept = organisations_kept_by(user).order_by().values("pk")
    held = StaffPosition.objects.held_on(timezone.localdate()).filter(record=move.record_id)
    return held.filter(organisation__in=kept).select_related("organisation")
