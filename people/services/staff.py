"""The staff register: keeping, confirming, closing records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from people.models import QuarterConfirmation, StaffRecord
from people.permissions import (
    organisations_kept_by,
    user_can_confirm_staff,
    user_can_edit_staff,
    user_can_keep_staff_of,
    user_keeps_all_staff,
    user_keeps_staff,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import Organisation, StaffPosition, User


class ChangedMeanwhileError(ValidationError):
    """Somebody else saved the same record after this form was opened."""


@transaction.atomic
def add_staff(*, record: StaffRecord, user: User) -> StaffRecord:
    """Put a new person with positions and all the rest into the register.

    Raises PermissionDenied unless ``user`` keeps every organisation that the record names,
    ValidationError when the person is in the register already or the record contradicts itself.
    """
    if not user_keeps_staff(user):
        raise PermissionDenied
    positions = record.positions.all()
    _check_positions(before=[], after=positions, user=user)
    today = timezone.localdate()
    kept = any(item.ends_on is None or item.ends_on >= today for item in positions)
    if not kept and not user_keeps_all_staff(user):
        # Its school would not see the person.
        raise ValidationError(_("Name a position that has not ended."), code="no_position")
    _check(record)
    _save(record)
    record.save_revision(user=user, clean=False)
    log(instance=record, action="wagtail.create", user=user)
    return record


@transaction.atomic
def change_staff(*, record: StaffRecord, user: User, opened_revision: int | None) -> StaffRecord:
    """Save ``record`` as its form left it, as a new revision.

    ``opened_revision`` is the number of the revision that the form was filled from. Raises
    ChangedMeanwhileError when another one was saved since: nothing of theirs is overwritten.
    PermissionDenied when it touches positions at organisations that ``user`` does not keep.
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
    _check_positions(before=current.positions.all(), after=record.positions.all(), user=user)
    _check(record)
    _save(record)
    record.save_revision(user=user, changed=True, clean=False)
    log(instance=record, action="wagtail.edit", user=user, revision=record.latest_revision)
    return record


def _check(record: StaffRecord) -> None:
    """Fields, then constraints, each once: of a file this is done for thousands of records."""
    record.full_clean(exclude=["name_key"], validate_constraints=False)
    record.validate_constraints()


def _save(record: StaffRecord) -> None:
    """Save with the children; a person whom somebody entered a moment ago is refused in words."""
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        if "people_staff_once" not in str(error) and "name_key" not in str(error):
            raise
        raise ValidationError(
            _("A person with this name and date of birth is in the register already."),
            code="duplicate",
        ) from error


def _check_positions(
    *, before: Iterable[StaffPosition], after: Iterable[StaffPosition], user: User
) -> None:
    """Positions elsewhere stay as they are: those who keep that organisation answer for them."""
    if user_keeps_all_staff(user):
        return
    kept = set(organisations_kept_by(user).order_by().values_list("pk", flat=True))

    def elsewhere(positions: Iterable[StaffPosition]) -> dict[int | None, tuple[object, ...]]:
        return {
            item.pk: (
                *(item.organisation_id, item.title, item.is_head, item.employment),
                *(item.rate, item.starts_on, item.ends_on),
            )
            for item in positions
            if item.organisation_id not in kept
        }

    if elsewhere(before) != elsewhere(after):
        raise PermissionDenied


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

    Raises ValidationError for any quarter but the one that runs: the people of today say nothing
    about another.
    """
    if not user_can_keep_staff_of(user, organisation):
        raise PermissionDenied
    today = timezone.localdate()
    if (year, quarter) != (today.year, (today.month + 2) // 3):
        raise ValidationError(
            _(
                "The form was opened in another quarter, so nothing is confirmed. Look through the "
                "records and confirm the quarter that runs now."
            ),
            code="other_quarter",
        )
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
