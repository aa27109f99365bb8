"""The steps of the review as Wagtail's workflow knows them.

They are decided in the cabinet alone: there the checklist, the scores and the reasons are asked
for. The admin shows them and offers no buttons.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from core.working_days import due_after
from practices.enums import Standing
from practices.models.review import PracticeCase
from practices.models.review_decisions import PracticeDecision
from practices.models.review_rules import ReviewRules
from practices.review_enums import DecisionKind


class PracticeTask(Task):
    """A step: it says where the practice stands and until when."""

    standing: ClassVar[Standing]
    # The field of ReviewRules with the term of the step.
    term: ClassVar[str]

    class Meta:
        abstract = True

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """Begin the step, and say so where the queue is read from."""
        state: TaskState = super().start(workflow_state, user=user)
        now = timezone.now()
        days = getattr(ReviewRules.load(), self.term)
        PracticeCase.objects.update_or_create(
            practice_id=int(workflow_state.object_id),
            defaults={
                "standing": self.standing,
                "standing_since": now,
                "due_on": due_after(timezone.localdate(now), days),
                "reminded_for": None,
                "escalated_for": None,
            },
        )
        return state


class FormalCheckTask(PracticeTask):
    """A methodist goes through the checklist."""

    standing = Standing.SUBMITTED
    term = "formal_days"

    class Meta:
        verbose_name = _("formal check of a practice")
        verbose_name_plural = _("formal checks of practices")


class ExpertReviewTask(PracticeTask):
    """Experts score the practice by criteria."""

    standing = Standing.EXPERTISE
    term = "expert_days"

    class Meta:
        verbose_name = _("step of expert review")
        verbose_name_plural = _("steps of expert review")


class DecisionTask(PracticeTask):
    """A methodist decides what becomes of it."""

    standing = Standing.DECISION
    term = "decision_days"

    class Meta:
        verbose_name = _("step of decision")
        verbose_name_plural = _("steps of decision")


class CouncilTask(PracticeTask):
    """The methodical council decides on what is proposed for the Addresses; others pass by."""

    standing = Standing.COUNCIL
    term = "council_days"
    # What the author has written since the decision was seen by nobody.
    publishes_what_was_decided = True

    class Meta:
        verbose_name = _("step of the methodical council")
        verbose_name_plural = _("steps of the methodical council")

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """Wait for the council, or pass by when the decision was simply to publish."""
        before = workflow_state.current_task_state
        proposed = PracticeDecision.objects.filter(step=before, kind=DecisionKind.ADDRESSES)
        if before is not None and proposed.exists():
            state = super().start(workflow_state, user=user)
        else:
            state = TaskState(workflow_state=workflow_state, task=self)
            state.status, state.finished_at = TaskState.STATUS_SKIPPED, timezone.now()
        if before is not None:
            state.revision = before.revision
        state.save()
        return state
