"""The staff register: keeping, confirming, closing records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from people.models import QuarterConfirmation, StaffRecord
from people.permissions import (
    user_can_confirm_staff,
    user_can_edit_staff,
    user_can_keep_staff_of,
)

if TYPE_CHECKING:
    from people.models import Organisation, User


class ChangedMeanwhileError(ValidationError):
    """Somebody else saved the same record after this form was opened."""


@transaction.atomic
def add_staff(*, record: StaffRecord, user: User) -> StaffRecord:
    """Put a new person with positions and all the rest into the register.

    Raises PermissionDenied unless ``user`` keeps every organisation that the record names,
    ValidationError when the person is in the register already or the record contradicts itself.
    """
    for position in record.positions.all():
        if not user_can_keep_staff_of(user, position.organisation):
            raise PermissionDenied
    record.full_clean(exclude=["name_key"])
    record.validate_constraints()
    record.save()
    record.save_revision(user=user)
    log(instance=record, action="wagtail.create", user=user)
    return record


@transaction.atomic
def change_staff(*, record: StaffRecord, user: User, opened_revision: int | None) -> StaffRecord:
    """Save ``record`` as its form left it, as a new revision.

    ``opened_revision`` is the number of the revision that the form was filled from. Raises
    ChangedMeanwhileError when another one was saved since: nothing of theirs is overwritten.
    """
    current = StaffRecord.objects.select_for_update().get(pk=record.pk)
    if not user_can_edit_staff(user, current):
        raise PermissionDenied
    if current.latest_revision_id != opened_revision:
        raise ChangedMeanwhileError(
            _("Somebody else has changed this record meanwhile. Compare and save again."),
            code="changed_meanwhile",
        )
    # What only services change does not come from a form.
    for name in ("user_id", "confirmed_at", "confirmed_by_id", "confirmed_revision_id"):
        setattr(record, name, getattr(current, name))
    record.full_clean(exclude=["name_key"])
    record.validate_constraints()
    record.save()
    record.save_revision(user=user, changed=True)
    log(instance=record, action="wagtail.edit", user=user, revision=record.latest_revision)
    return record


@transaction.atomic
def confirm_staff(*, record: StaffRecord, user: User, revision_id: int) -> StaffRecord:
    """A methodist vouches for the record as of the revision that was looked at.

    Confirming twice changes nothing. Raises ChangedMeanwhileError when the record has moved on.
    """
    record = StaffRecord.objects.select_for_update().get(pk=record.pk)
    if not user_can_confirm_staff(user, record):
        raise PermissionDenied
    if record.latest_revision_id != revision_id:
        raise ChangedMeanwhileError(
            _("The record has been changed since you opened it. Look at it again."),
            code="changed_meanwhile",
        )
    if record.confirmed:
        return record
    record.confirmed_revision = Revision.objects.get(pk=revision_id)
    record.confirmed_by, record.confirmed_at = user, timezone.now()
    record.save(update_fields=["confirmed_revision", "confirmed_by", "confirmed_at"])
    log(instance=record, action="people.confirm_staff", user=user, revision=record.latest_revision)
    return record


@transaction.atomic
def confirm_quarter(
    *, organisation: Organisation, year: int, quarter: int, user: User
) -> QuarterConfirmation:
    """The school says that its records are true for the quarter; a second time changes nothing.

    Raises ValidationError for a quarter that has not begun.
    """
    if not user_can_keep_staff_of(user, organisation):
        raise PermissionDenied
    today = timezone.localdate()
    if (year, quarter) > (today.year, (today.month + 2) // 3):
        raise ValidationError(_("This quarter has not begun yet."), code="future")
    confirmation, created = QuarterConfirmation.objects.get_or_create(
        organisation=organisation,
        year=year,
        quarter=quarter,
        defaults={
            "people": StaffRecord.objects.working_at(organisation, today).count(),
            "confirmed_at": timezone.now(),
            "confirmed_by": user,
        },
    )
    if created:
        log(
            instance=organisation,
            action="people.confirm_quarter",
            user=user,
            data={"year": year, "quarter": quarter, "people": confirmation.people},
        )
    return confirmation
