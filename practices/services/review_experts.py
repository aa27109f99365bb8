"""Experts: asked, accepted, declined, released; and the way past them with a reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState

from core.working_days import due_after
from practices.enums import Standing
from practices.models import (
    ExpertReview,
    ExpertReviewTask,
    ExpertScore,
    FormalCheck,
    PracticeCase,
    PracticePage,
    ReviewCriterion,
    ReviewRules,
)
from practices.notifications import (
    tell_expert_asked,
    tell_expert_released,
    tell_methodists_declined,
    tell_methodists_erased,
)
from practices.permissions import user_reviews
from practices.queries.review import current_round, obstacles
from practices.review_enums import SheetState
from practices.services.review_steps import locked_case, open_step

if TYPE_CHECKING:
    from people.models import User


@transaction.atomic
def ask_expert(*, practice: PracticePage, expert: User, user: User) -> ExpertReview:
    """A methodist asks ``expert`` to score the newest version; a second press changes nothing.

    Raises PermissionDenied for who does not decide about it, ValidationError when the step is not
    open, enough experts are asked, or a rule stands against this one.
    """
    case = locked_case(practice)
    page = PracticePage.objects.get(pk=practice.pk)
    if not user_reviews(user, page):
        raise PermissionDenied
    round_ = current_round(page)
    if case.standing != Standing.EXPERTISE or round_ is None:
        raise ValidationError(_("The practice is not with the experts now."), code="closed")
    sheets = ExpertReview.objects.filter(practice=page, round=round_)
    asked = sheets.open().filter(expert=expert).first()
    if asked is not None:
        return asked
    rules = ReviewRules.load()
    if sheets.open().count() + sheets.submitted().count() >= rules.experts:
        words = _("Enough experts are asked: %(n)s. Release one before you ask another.")
        raise ValidationError(words % {"n": rules.experts}, code="enough")
    if against := obstacles(page, [expert]).get(expert.pk):
        words = _("%(person)s cannot be asked: %(reason)s.")
        raise ValidationError(words % {"person": expert, "reason": against}, code="excluded")
    due_on = due_after(timezone.localdate(), rules.expert_days)
    sheet = ExpertReview.objects.create(
        practice=page,
        round=round_,
        revision_id=page.latest_revision_id,
        expert=expert,
        asked_by=user,
        due_on=due_on,
    )
    criteria = ReviewCriterion.objects.filter(is_used=True)
    ExpertScore.objects.bulk_create(
        ExpertScore(review=sheet, criterion=criterion) for criterion in criteria
    )
    _wait_until(case, due_on)
    log(instance=page, action="practices.ask_expert", user=user, data={"expert": expert.pk})
    tell_expert_asked(sheet=sheet)
    return sheet


@transaction.atomic
def accept_review(*, sheet: ExpertReview, user: User) -> ExpertReview:
    """The expert takes the work; a second press changes nothing."""
    sheet = own_open_sheet(sheet=sheet, user=user)
    if sheet.state == SheetState.ASKED:
        sheet.state = SheetState.ACCEPTED
        sheet.save(update_fields=["state"])
        log(instance=sheet.practice, action="practices.accept_review", user=user)
    return sheet


@transaction.atomic
def decline_review(*, sheet: ExpertReview, reason: str, user: User) -> ExpertReview:
    """The expert declines, for example for a conflict of interest; methodists hear why."""
    locked_case(sheet.practice)
    current = ExpertReview.objects.select_for_update().get(pk=sheet.pk)
    if current.expert_id == user.pk and current.state == SheetState.DECLINED:
        return current
    current = own_open_sheet(sheet=sheet, user=user)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the methodist chooses another expert.")})
    _close(current, SheetState.DECLINED, reason)
    log(instance=current.practice, action="practices.decline_review", user=user)
    tell_methodists_declined(sheet=current)
    return current


@transaction.atomic
def release_expert(*, sheet: ExpertReview, reason: str, user: User) -> ExpertReview:
    """A methodist takes the work back from an expert; what was scored so far does not count.

    Raises ValidationError when the scores are handed in already: they stay.
    """
    locked_case(sheet.practice)
    sheet = ExpertReview.objects.select_for_update().get(pk=sheet.pk)
    if not user_reviews(user, sheet.practice):
        raise PermissionDenied
    if sheet.state == SheetState.SUBMITTED:
        words = _("The scores are handed in already. They stay with the practice.")
        raise ValidationError(words, code="submitted")
    if not sheet.is_open:
        return sheet
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the expert reads it.")})
    _close(sheet, SheetState.REMOVED, reason)
    log(
        instance=sheet.practice,
        action="practices.release_expert",
        user=user,
        data={"expert": sheet.expert_id},
    )
    tell_expert_released(sheet=sheet)
    close_if_complete(practice=sheet.practice, user=user)
    return sheet


@transaction.atomic
def skip_experts(*, practice: PracticePage, step: int, reason: str, user: User) -> None:
    """Go on to the decision without (more) experts; the reason stays with the check.

    A second press changes nothing. Raises as ``open_step``, and ValidationError without a reason.
    """
    current = open_step(practice=practice, step=step, kind=ExpertReviewTask, user=user)
    if current is None:
        return
    round_ = current_round(current.practice)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the practice goes on without experts.")})
    if round_ is not None:
        pass_by_experts(practice=current.practice, round_=round_, reason=reason.strip(), user=user)


def pass_by_experts(
    *, practice: PracticePage, round_: FormalCheck, reason: str, user: User
) -> None:
    """The same within a transaction that holds the lock already."""
    release_all(practice=practice, reason=reason)
    round_.skip_reason = reason
    round_.save(update_fields=["skip_reason"])
    log(instance=practice, action="practices.skip_experts", user=user, data={"reason": reason})
    _go_on(practice, user, TaskState.STATUS_SKIPPED)


def release_all(*, practice: PracticePage, reason: str) -> None:
    """Nobody waits for any expert of ``practice``; within a transaction that holds the lock."""
    for sheet in ExpertReview.objects.filter(practice=practice).open():
        _close(sheet, SheetState.REMOVED, reason)
        tell_expert_released(sheet=sheet)


def close_if_complete(*, practice: PracticePage, user: User | None) -> bool:
    """End the expert review when nobody is waited for and enough have scored; under the lock."""
    case = PracticeCase.objects.get(practice=practice)
    round_ = current_round(practice)
    sheets = ExpertReview.objects.filter(practice=practice, round=round_)
    if case.standing != Standing.EXPERTISE or sheets.open().exists():
        return False
    if sheets.submitted().count() < ReviewRules.load().experts:
        return False
    _go_on(practice, user, TaskState.STATUS_APPROVED)
    return True


@transaction.atomic
def release_erased(*, account: int) -> None:
    """An account is erased or deleted: nobody waits for its open sheets, methodists hear of it.

    What it has handed in stays, without a name.
    """
    for sheet in ExpertReview.objects.filter(expert=account).open().select_related("practice"):
        locked_case(sheet.practice)
        _close(sheet, SheetState.REMOVED, _("The account of the expert is closed."))
        tell_methodists_erased(sheet=sheet)
        close_if_complete(practice=sheet.practice, user=None)


def own_open_sheet(*, sheet: ExpertReview, user: User) -> ExpertReview:
    """The sheet under the lock, for its expert alone; ValidationError when it waits no more."""
    locked_case(sheet.practice)
    sheet = ExpertReview.objects.select_for_update().get(pk=sheet.pk)
    if sheet.expert_id != user.pk:
        raise PermissionDenied
    if sheet.is_open:
        return sheet
    words = {
        SheetState.SUBMITTED: _("Your scores are handed in already."),
        SheetState.DECLINED: _("You have declined this review."),
    }.get(SheetState(sheet.state), _("The methodist has released you from this review."))
    raise ValidationError(words, code="closed")


def _go_on(practice: PracticePage, user: User | None, status: str) -> None:
    """End the open step of the experts with ``status`` and begin the next one."""
    flow = PracticePage.objects.get(pk=practice.pk).current_workflow_state
    state = flow.current_task_state
    if status == TaskState.STATUS_APPROVED:
        state.approve(user=user)
        return
    state.status, state.finished_at, state.finished_by = status, timezone.now(), user
    state.save()
    flow.refresh_from_db()
    flow.update(user=user)


def _close(sheet: ExpertReview, state: SheetState, reason: str) -> None:
    sheet.state, sheet.reason, sheet.closed_at = state, reason.strip(), timezone.now()
    sheet.save(update_fields=["state", "reason", "closed_at"])


def _wait_until(case: PracticeCase, due_on: date) -> None:
    """Who was asked last has the whole term: the step waits for that."""
    PracticeCase.objects.filter(pk=case.pk).update(due_on=Greatest(F("due_on"), due_on))
