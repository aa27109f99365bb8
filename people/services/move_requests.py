"""A school asks for a person of another one; the other one, or a methodist, decides."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from people.days import refuse_odd_period
from people.enums import RequestState
from people.models import StaffMove, StaffRecord
from people.names import name_key
from people.permissions import user_can_keep_staff_of
from people.queries.moves import moves_decided_by
from people.services.notices import tell_move_asked, tell_move_decided
from people.services.staff_moves import carry_over, take_in
from people.services.waiting import check_waiting

if TYPE_CHECKING:
    from people.models import Organisation, User


@transaction.atomic
def ask_move(
    *,
    user: User,
    organisation: Organisation,
    last_name: str,
    first_name: str,
    patronymic: str,
    birth_date: date,
    title: str,
    starts_on: date,
) -> StaffMove:
    """Ask that a person of the register works at ``organisation`` from ``starts_on`` on.

    A second click finds the request of the first. Raises PermissionDenied unless ``user`` keeps
    ``organisation``, ValidationError when nobody of that name and day is in the register, when the
    person works there already, and about oneself.
    """
    if not user_can_keep_staff_of(user, organisation):
        raise PermissionDenied
    refuse_odd_period(starts_on, None)
    key = name_key(last_name, first_name, patronymic)
    found = StaffRecord.objects.select_for_update().filter(name_key=key, birth_date=birth_date)
    record = found.first()
    if record is None:
        raise ValidationError(
            {
                "last_name": _(
                    "Nobody of this name and date of birth is in the register. Check both, or add "
                    "the person as a new one."
                )
            },
            code="unknown",
        )
    if record.user_id == user.pk:
        raise ValidationError(_("Nobody decides about oneself: ask a methodist."), code="oneself")
    here = StaffRecord.objects.working_at(organisation, timezone.localdate())
    if here.filter(pk=record.pk).exists():
        raise ValidationError(_("This person works at this organisation already."), code="here")
    waiting = StaffMove.objects.filter(
        record=record, organisation=organisation, state=RequestState.WAITING
    ).first()
    if waiting is not None:
        return waiting
    move = StaffMove.objects.create(
        record=record, organisation=organisation, title=title, starts_on=starts_on, asked_by=user
    )
    log(instance=move, action="people.ask_move", user=user)
    tell_move_asked(move=move)
    return move


@transaction.atomic
def confirm_move(
    *,
    move: StaffMove,
    positions: Collection[int],
    last_day: date | None,
    stays: bool = False,
    user: User,
) -> StaffMove:
    """The person leaves ``positions`` (numbers) with ``last_day`` and works where it was asked.

    Without positions for a person who holds none, and for one who ``stays``: the new position is
    a part-time job beside those that are held. A second click changes nothing. Raises
    PermissionDenied for those who do not decide, ValidationError as a move does.
    """
    move = _locked(move, user)
    if move.state == RequestState.DONE:
        return move
    check_waiting(move)
    if last_day is not None and positions and not stays:
        carry_over(
            record=move.record,
            positions=positions,
            last_day=last_day,
            organisation=move.organisation,
            title=move.title,
            user=user,
        )
    else:
        take_in(
            record=move.record,
            organisation=move.organisation,
            title=move.title,
            starts_on=move.starts_on,
            beside=stays,
            user=user,
        )
    _decide(move, RequestState.DONE, user)
    log(instance=move, action="people.confirm_move", user=user)
    tell_move_decided(move=move)
    return move


@transaction.atomic
def refuse_move(*, move: StaffMove, remark: str, user: User) -> StaffMove:
    """The person stays; ``remark`` is what the school that has asked reads."""
    move = _locked(move, user)
    if move.state == RequestState.REFUSED:
        return move
    check_waiting(move)
    if not remark.strip():
        raise ValidationError({"remark": _("Say why: the organisation that asks reads it.")})
    _decide(move, RequestState.REFUSED, user, remark=remark.strip())
    log(instance=move, action="people.refuse_move", user=user)
    tell_move_decided(move=move)
    return move


@transaction.atomic
def withdraw_move(*, move: StaffMove, user: User) -> StaffMove:
    """The school that has asked takes the request back while nobody has decided."""
    move = StaffMove.objects.select_for_update().get(pk=move.pk)
    if not user_can_keep_staff_of(user, move.organisation):
        raise PermissionDenied
    if move.state == RequestState.WITHDRAWN:
        return move
    check_waiting(move)
    _decide(move, RequestState.WITHDRAWN, user)
    log(instance=move, action="people.withdraw_move", user=user)
    return move


def _locked(move: StaffMove, user: User) -> StaffMove:
    """The request as it stands, for somebody who decides about it.

    Once it is carried out the person may work elsewhere: who has decided may press again.
    """
    found = StaffMove.objects.select_for_update().get(pk=move.pk)
    decides = moves_decided_by(user).filter(pk=move.pk).exists()
    if not decides and not (found.decided_by_id == user.pk and found.asked_by_id != user.pk):
        raise PermissionDenied
    return found


def _decide(move: StaffMove, state: RequestState, user: User, *, remark: str = "") -> None:
    move.state, move.decided_by, move.decided_at = state, user, timezone.now()
    move.remark = remark
    move.save()
