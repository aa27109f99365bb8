"""People leave an organisation and come to another one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from people.days import day_before
from people.enums import Employment
from people.models import StaffPosition, StaffRecord
from people.permissions import user_can_edit_staff, user_can_keep_staff_of

if TYPE_CHECKING:
    from people.models import Organisation, User


@transaction.atomic
def leave(
    *, record: StaffRecord, positions: Collection[int], last_day: date, user: User
) -> StaffRecord:
    """End ``positions`` (numbers) with ``last_day``, inclusive; a second time changes nothing.

    Raises PermissionDenied for positions that ``user`` does not keep, ValidationError when a
    position began later or nothing is named.
    """
    record = _locked(record, user)
    if _end(record, positions, last_day, user):
        _write(record, user, "people.leave_staff", last_day)
    return record


@transaction.atomic
def move(
    *,
    record: StaffRecord,
    positions: Collection[int],
    last_day: date,
    organisation: Organisation,
    title: str,
    user: User,
) -> StaffRecord:
    """As ``leave``, and from the day after ``last_day`` on the person works at ``organisation``.

    ``user`` keeps both organisations, or PermissionDenied is raised. A second time changes nothing.
    """
    if not user_can_keep_staff_of(user, organisation):
        raise PermissionDenied
    return carry_over(
        record=record,
        positions=positions,
        last_day=last_day,
        organisation=organisation,
        title=title,
        user=user,
    )


@transaction.atomic
def carry_over(
    *,
    record: StaffRecord,
    positions: Collection[int],
    last_day: date,
    organisation: Organisation,
    title: str,
    user: User,
) -> StaffRecord:
    """As ``move``, where ``organisation`` itself has asked: ``user`` keeps what the person leaves.

    A second time changes nothing.
    """
    record = _locked(record, user)
    changed = _end(record, positions, last_day, user)
    first_day = last_day + timedelta(days=1)
    already = any(
        item.organisation_id == organisation.pk
        and item.title == title
        and (item.ends_on is None or item.ends_on >= first_day)
        and item.pk not in positions
        for item in record.positions.all()
    )
    if not already:
        model = next(item for item in record.positions.all() if item.pk in positions)
        record.positions.add(
            StaffPosition(
                organisation=organisation,
                title=title,
                employment=model.employment,
                rate=model.rate,
                starts_on=first_day,
            )
        )
        changed = True
    if changed:
        _write(record, user, "people.move_staff", last_day)
    return record


@transaction.atomic
def take_in(
    *,
    record: StaffRecord,
    organisation: Organisation,
    title: str,
    starts_on: date,
    user: User,
    beside: bool = False,
) -> StaffRecord:
    """Somebody comes to ``organisation``, which has asked for it, and nothing ends.

    ``beside``: an external part-time job beside the positions that are held. Without it the person
    holds none, or ValidationError is raised: then something ends, or nothing moves.
    """
    record = _locked(record, user)
    held = StaffPosition.objects.held_on(timezone.localdate()).filter(record=record)
    if not beside and held.exists():
        raise ValidationError(_("Name at least one position."), code="no_position")
    record.positions.add(
        StaffPosition(
            organisation=organisation,
            title=title,
            employment=Employment.EXTERNAL if beside else Employment.MAIN,
            starts_on=starts_on,
        )
    )
    _write(record, user, "people.move_staff", day_before(starts_on))
    return record


def _locked(record: StaffRecord, user: User) -> StaffRecord:
    """The record as it stands, and nobody else changes it meanwhile."""
    record = StaffRecord.objects.select_for_update().get(pk=record.pk)
    if not user_can_edit_staff(user, record):
        raise PermissionDenied
    return record


def _end(record: StaffRecord, positions: Collection[int], last_day: date, user: User) -> bool:
    """Whether anything changed by ending the positions."""
    named = [item for item in record.positions.all() if item.pk in positions]
    if not named:
        raise ValidationError({"positions": _("Name at least one position.")}, code="no_position")
    if last_day > timezone.localdate() + timedelta(days=366):
        raise ValidationError({"last_day": _("This day is more than a year ahead.")})
    changed = False
    for item in named:
        if not user_can_keep_staff_of(user, item.organisation):
            raise PermissionDenied
        if item.starts_on > last_day:
            raise ValidationError(
                {
                    "last_day": _("The person began to work here later: %(day)s.")
                    % {"day": f"{item.starts_on:%d.%m.%Y}"}
                }
            )
        if item.ends_on != last_day:
            item.ends_on, changed = last_day, True
    record.positions.add(*named)
    return changed


def _write(record: StaffRecord, user: User, action: str, last_day: date) -> None:
    record.save()
    record.save_revision(user=user, changed=True)
    log(
        instance=record,
        action=action,
        user=user,
        revision=record.latest_revision,
        data={"last_day": f"{last_day:%Y-%m-%d}"},
    )
