"""The formal check: each point passed, or returned with a remark at its field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from practices.models import (
    CheckAnswer,
    ChecklistPoint,
    FormalCheck,
    FormalCheckTask,
    PracticeCase,
)
from practices.notifications import tell_authors_returned
from practices.services.review_experts import pass_by_experts
from practices.services.review_steps import (
    OpenStep,
    Remark,
    check_remarks,
    close_for_correction,
    open_step,
)

if TYPE_CHECKING:
    from people.models import User
    from practices.models import PracticePage


@dataclass(frozen=True)
class PointAnswer:
    """What a methodist says of a point; ``None``: nothing yet."""

    point: int
    passed: bool | None
    field: str = ""
    note: str = ""


@transaction.atomic
def check_formally(
    *,
    practice: PracticePage,
    step: int,
    seen: int,
    answers: Sequence[PointAnswer],
    user: User,
    skip_reason: str = "",
    more: Iterable[Remark] = (),
) -> FormalCheck | None:
    """Close the formal check: to the experts, past them with ``skip_reason``, or back.

    One point that is not passed, or one of ``more`` remarks, sends the practice back. Returns the
    check; a second press returns what the first one made. Raises as ``open_step``, and
    ValidationError (``point_<number>``) for points without an answer or without a remark.
    """
    current = open_step(practice=practice, step=step, kind=FormalCheckTask, user=user, seen=seen)
    if current is None:
        return FormalCheck.objects.filter(step=step).first()
    _refuse_gaps(answers)
    failed = [Remark(answer.field, answer.note) for answer in answers if answer.passed is False]
    failed += [remark for remark in more if remark.text.strip()]
    check = FormalCheck.objects.create(
        practice=current.practice,
        step=current.state,
        revision_id=current.revision_id,
        passed=not failed,
        made_by=user,
    )
    CheckAnswer.objects.bulk_create(
        CheckAnswer(
            check_made=check,
            point_id=answer.point,
            passed=bool(answer.passed),
            field="" if answer.passed else answer.field,
            note="" if answer.passed else answer.note.strip(),
        )
        for answer in answers
    )
    if failed:
        _return(current, failed, user)
    else:
        _let_through(current, check, skip_reason.strip(), user)
    return check


def _refuse_gaps(answers: Sequence[PointAnswer]) -> None:
    given = {answer.point: answer for answer in answers}
    errors: dict[str, str] = {}
    points = list(ChecklistPoint.objects.filter(is_used=True))
    for point in points:
        answer = given.get(point.pk)
        if answer is None or answer.passed is None:
            errors[f"point_{point.pk}"] = _("Say whether this point is passed.")
        elif answer.passed is False and not answer.note.strip():
            errors[f"point_{point.pk}"] = _("Say what is to be corrected.")
    if errors:
        raise ValidationError(errors)
    if given.keys() - {point.pk for point in points}:
        raise ValidationError(_("There is no such point."), code="unknown_point")


def _return(current: OpenStep, failed: list[Remark], user: User) -> None:
    remarks = check_remarks(failed)
    close_for_correction(current, remarks=remarks, user=user)
    log(
        instance=current.practice,
        action="practices.return",
        user=user,
        data={"fields": [remark.field for remark in remarks]},
    )
    tell_authors_returned(practice=current.practice, remarks=remarks)


def _let_through(current: OpenStep, check: FormalCheck, skip_reason: str, user: User) -> None:
    PracticeCase.objects.filter(pk=current.case.pk, assigned_to=None).update(assigned_to=user)
    current.state.approve(user=user)
    log(instance=current.practice, action="practices.pass_check", user=user)
    if skip_reason:
        pass_by_experts(practice=current.practice, round_=check, reason=skip_reason, user=user)
