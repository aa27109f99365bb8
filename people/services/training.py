"""Training records: a teacher enters, the school confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from people.enums import TrainingState
from people.models import StaffRecord, TrainingRecord
from people.permissions import user_can_confirm_training, user_can_edit_staff
from people.services.notices import tell_training_decided

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.models import PrivateFile
    from people.models import User


@transaction.atomic
def enter_training(*, training: TrainingRecord, user: User) -> TrainingRecord:
    """Enter a new training, or correct one that is not confirmed yet.

    By the person or by the school. A correction of a returned record waits for the school again.
    Raises PermissionDenied for somebody else's record, ValidationError for a confirmed one.
    """
    # One at a time for each person: the second click finds what the first one entered.
    record = StaffRecord.objects.select_for_update().get(pk=training.record_id)
    if record.user_id != user.pk and not user_can_edit_staff(user, record):
        raise PermissionDenied
    new = training.pk is None
    scan_before = None
    if not new:
        before = TrainingRecord.objects.select_for_update().get(pk=training.pk)
        if before.record_id != training.record_id:
            raise PermissionDenied
        if before.state == TrainingState.CONFIRMED:
            raise ValidationError(
                _("A confirmed record is not changed. Ask the school to return it."),
                code="confirmed",
            )
        scan_before = before.scan
    training.state, training.remark = TrainingState.ENTERED, ""
    training.decided_by = training.decided_at = None
    if new:
        training.entered_by = user
    training.full_clean()
    training.save()
    if scan_before is not None and scan_before.pk != training.scan_id:
        _let_go(scan_before)
    log(instance=training, action="wagtail.create" if new else "wagtail.edit", user=user)
    return training


@transaction.atomic
def confirm_training(
    *, training: TrainingRecord, user: User, seen: str | None = None
) -> TrainingRecord:
    """The school has seen the document; from now on the record counts. Twice changes nothing.

    ``seen`` is the ``content_mark`` of what was looked at. Raises ValidationError when the author
    has changed the record since.
    """
    training = TrainingRecord.objects.select_for_update().get(pk=training.pk)
    if not user_can_confirm_training(user, training):
        raise PermissionDenied
    if training.state == TrainingState.CONFIRMED:
        return training
    if training.state != TrainingState.ENTERED:
        raise ValidationError(_("This record waits for its author."), code="returned")
    if seen is not None and seen != training.content_mark:
        raise ValidationError(
            _("The author has changed “%(programme)s” meanwhile. Look at it again.")
            % {"programme": training.programme},
            code="changed_meanwhile",
        )
    return _decide(training, TrainingState.CONFIRMED, user, "people.confirm_training")


@transaction.atomic
def return_training(*, training: TrainingRecord, remark: str, user: User) -> TrainingRecord:
    """Back to the author with ``remark``; a confirmed record stops counting."""
    training = TrainingRecord.objects.select_for_update().get(pk=training.pk)
    if not user_can_confirm_training(user, training):
        raise PermissionDenied
    if not remark.strip():
        raise ValidationError({"remark": _("Say what has to be corrected.")})
    if training.state == TrainingState.RETURNED and training.remark == remark:
        return training
    return _decide(training, TrainingState.RETURNED, user, "people.return_training", remark)


@transaction.atomic
def correct_training(
    *, training: TrainingRecord, values: Mapping[str, Any], user: User
) -> TrainingRecord:
    """Who confirms the record corrects what its author asks for; it stays confirmed, if it was.

    Raises PermissionDenied for who does not confirm it, ValidationError when it could not be so.
    """
    training = TrainingRecord.objects.select_for_update().get(pk=training.pk)
    if not user_can_confirm_training(user, training):
        raise PermissionDenied
    for name, value in values.items():
        setattr(training, name, value)
    training.full_clean()
    training.save()
    log(
        instance=training,
        action="people.correct_training",
        user=user,
        data={"fields": sorted(values)},
    )
    return training


@transaction.atomic
def delete_training(*, training: TrainingRecord, user: User) -> None:
    """Delete a record that nobody has confirmed; a second click finds nothing to do."""
    found = TrainingRecord.objects.select_for_update().filter(pk=training.pk).first()
    if found is None:
        return
    if found.record.user_id != user.pk and not user_can_edit_staff(user, found.record):
        raise PermissionDenied
    if found.state == TrainingState.CONFIRMED:
        raise ValidationError(
            _("A confirmed record is not deleted. Ask the school to return it."), code="confirmed"
        )
    log(instance=found, action="wagtail.delete", user=user)
    scan = found.scan
    found.delete()
    if scan is not None:
        _let_go(scan)


def _let_go(scan: PrivateFile) -> None:
    """A scan that no training shows any more is not kept."""
    if not TrainingRecord.objects.filter(scan=scan).exists():
        scan.delete()


def _decide(
    training: TrainingRecord, state: TrainingState, user: User, action: str, remark: str = ""
) -> TrainingRecord:
    training.state, training.remark = state, remark
    training.decided_by, training.decided_at = user, timezone.now()
    training.save()
    log(instance=training, action=action, user=user)
    tell_training_decided(training=training)
    return training
