"""The ground of every decision: one lock, one open step, one answer to who comes second."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from practices.enums import Section, Standing
from practices.models import (
    PracticeCase,
    PracticePage,
    PracticeSectionPage,
    PracticeTask,
    ReviewRemark,
)
from practices.permissions import user_reviews
from practices.review_fields import FIELDS, MORE

if TYPE_CHECKING:
    from people.models import User


@dataclass(frozen=True)
class Remark:
    """What is to be corrected; an empty ``field`` is the practice as a whole."""

    field: str
    text: str


@dataclass(frozen=True)
class OpenStep:
    """The step that is being decided, under the lock of its case."""

    case: PracticeCase
    practice: PracticePage
    flow: WorkflowState
    state: TaskState

    @property
    def revision_id(self) -> int:
        """The newest version, which is the one that is decided on."""
        return int(self.practice.latest_revision_id or 0)


def locked_case(practice: PracticePage) -> PracticeCase:
    """The case under a lock: everything that changes a review comes through here, one by one."""
    return PracticeCase.objects.select_for_update().get(practice_id=practice.pk)


def open_step(
    *,
    practice: PracticePage,
    step: int,
    kind: type[PracticeTask],
    user: User,
    seen: int | None = None,
) -> OpenStep | None:
    """The open step under the lock; None when ``user`` has closed it before (a second press).

    ``step`` is the number of what was on the screen, ``seen`` the version that stood there. Raises
    PermissionDenied for who does not decide about this practice, ValidationError when somebody else
    was first or the author has changed the text meanwhile.
    """
    case = locked_case(practice)
    page = PracticePage.objects.get(pk=practice.pk)
    if not user_reviews(user, page):
        raise PermissionDenied
    flow = page.current_workflow_state
    state = flow.current_task_state if flow is not None else None
    if (
        flow is None
        or state is None
        or state.pk != step
        or state.status != TaskState.STATUS_IN_PROGRESS
        or not isinstance(state.task.specific, kind)
    ):
        _say_who_was_first(page, step, user)
        return None
    if seen is not None and seen != page.latest_revision_id:
        raise ValidationError(
            _("The author has changed the text meanwhile. Look at it again and decide then."),
            code="changed_meanwhile",
        )
    return OpenStep(case, page, flow, state)


def close_for_correction(step: OpenStep, *, remarks: Iterable[Remark], user: User) -> None:
    """Write down what is to be corrected and send the practice back to its authors.

    What comes again begins with the formal check: nobody has checked the new text yet.
    """
    for remark in remarks:
        ReviewRemark.objects.create(
            practice=step.practice, field=remark.field, text=remark.text.strip(), made_by=user
        )
    if isinstance(step.state.task.specific, _first_task()):
        step.state.reject(user=user)
    else:
        end_flow(step, user=user)
    set_standing(step.case, Standing.RETURNED)


def end_flow(step: OpenStep, *, user: User) -> None:
    """End the workflow without publishing; the step keeps who has ended it."""
    step.flow.cancel(user=user)
    TaskState.objects.filter(pk=step.state.pk).update(finished_by=user)


def set_standing(case: PracticeCase, standing: Standing) -> None:
    """The review waits for nobody of the centre any more."""
    PracticeCase.objects.filter(pk=case.pk).update(
        standing=standing,
        standing_since=timezone.now(),
        due_on=None,
        reminded_for=None,
        escalated_for=None,
    )


def check_remarks(remarks: Iterable[Remark]) -> list[Remark]:
    """Those that say something; raises ValidationError when none does, or for a strange field."""
    found = [remark for remark in remarks if remark.text.strip()]
    if not found:
        words = _("Say what is to be corrected, best at its field.")
        raise ValidationError({"remarks": words}, code="no_remarks")
    if any(remark.field and remark.field not in (*FIELDS, *MORE) for remark in found):
        raise ValidationError({"remarks": _("There is no such field.")}, code="unknown_field")
    return found


def move_into(practice: PracticePage, section: Section, user: User) -> None:
    """Put the page below its section; its old address leads to the new one by a redirect."""
    target = PracticeSectionPage.objects.filter(section=section, locale=practice.locale).first()
    if target is None:
        words = _("The bank has no section “%(section)s”. Ask the administrator.")
        raise ValidationError(words % {"section": section.label}, code="no_section")
    if not practice.is_child_of(target):
        practice.move(target, pos="last-child", user=user)


def _first_task() -> type[PracticeTask]:
    from practices.models import FormalCheckTask

    return FormalCheckTask


def _say_who_was_first(page: PracticePage, step: int, user: User) -> None:
    """Silent for the second press of one person; in words for the second person."""
    closed = (
        TaskState.objects.filter(pk=step, workflow_state__object_id=str(page.pk))
        .exclude(status=TaskState.STATUS_IN_PROGRESS)
        .select_related("finished_by")
        .first()
    )
    if closed is None:
        raise ValidationError(
            _("This step is not open any more. The page shows how it stands now."), code="closed"
        )
    if closed.finished_by_id == user.pk:
        return
    raise ValidationError(
        _("This step is closed already: %(person)s has decided first.")
        % {"person": closed.finished_by or "—"},
        code="decided",
    )
