"""What methodists do with many practices at once: take them over, remind whom they wait for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from practices.enums import Standing
from practices.models import ExpertReview, PracticeCase
from practices.notifications import tell_expert_late, tell_step_late
from practices.permissions import user_checks_practices
from practices.review_enums import OPEN_STEPS

if TYPE_CHECKING:
    from people.models import User


@transaction.atomic
def take_over(*, practices: Iterable[int], user: User) -> int:
    """Look after these practices from now on; returns of how many somebody else did, or nobody.

    One's own works are passed over. Raises PermissionDenied for who is no methodist.
    """
    taken = [case for case in _open_cases(practices, user) if case.assigned_to_id != user.pk]
    for case in taken:
        case.assigned_to = user
        case.save(update_fields=["assigned_to"])
        log(instance=case.practice, action="practices.take_over", user=user)
    return len(taken)


@transaction.atomic
def remind(*, practices: Iterable[int], user: User) -> int:
    """Write to whom these practices wait for; returns how many practices somebody was reminded of.

    Nobody is reminded twice on one day. Raises PermissionDenied for who is no methodist.
    """
    today = timezone.localdate()
    reminded = 0
    for case in _open_cases(practices, user):
        if case.nudged_on == today:
            continue
        if case.standing == Standing.EXPERTISE:
            sheets = list(ExpertReview.objects.filter(practice=case.practice_id).open())
            for sheet in sheets:
                tell_expert_late(sheet=sheet)
            if not sheets:
                tell_step_late(case=case)
        else:
            tell_step_late(case=case)
        case.nudged_on = today
        case.save(update_fields=["nudged_on"])
        log(instance=case.practice, action="practices.remind", user=user)
        reminded += 1
    return reminded


def _open_cases(practices: Iterable[int], user: User) -> list[PracticeCase]:
    """The open ones under their locks, always in one order."""
    if not user_checks_practices(user):
        raise PermissionDenied
    found = PracticeCase.objects.filter(practice__in=list(practices), standing__in=OPEN_STEPS)
    found = found.exclude(practice__authors__user=user)
    return list(found.select_for_update().order_by("pk"))
