"""Terms: who is late is reminded on the next day, the coordinator hears some days later."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from core.working_days import calendar_of
from practices.models import ExpertReview, PracticeCase, ReviewRules
from practices.notifications import tell_coordinators_late, tell_expert_late, tell_step_late
from practices.review_enums import OPEN_STEPS

# As many are told in one run; the others come with the next one.
AT_ONCE = 200


def remind_of_terms(today: date | None = None) -> int:
    """Remind of everything whose term has passed, each person once for each term.

    Returns how many reminders were written. A second process waits for the row and finds it told.
    """
    today = today or timezone.localdate()
    return _remind_experts(today) + _remind_methodists(today) + _tell_coordinators(today)


def _remind_experts(today: date) -> int:
    late = ExpertReview.objects.open().filter(due_on__lt=today)
    untold = Q(reminded_for=None) | ~Q(reminded_for=F("due_on"))
    told = 0
    for number in list(late.filter(untold).values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            rows = ExpertReview.objects.select_for_update().open().filter(untold, pk=number)
            sheet = rows.first()
            if sheet is not None:
                tell_expert_late(sheet=sheet)
                sheet.reminded_for = sheet.due_on
                sheet.save(update_fields=["reminded_for"])
                told += 1
    return told


def _remind_methodists(today: date) -> int:
    untold = Q(reminded_for=None) | ~Q(reminded_for=F("due_on"))
    told = 0
    for number in _late(today, untold):
        with transaction.atomic():
            case = _locked(number, untold)
            if case is not None:
                tell_step_late(case=case)
                case.reminded_for = case.due_on
                case.save(update_fields=["reminded_for"])
                told += 1
    return told


def _tell_coordinators(today: date) -> int:
    untold = Q(escalated_for=None) | ~Q(escalated_for=F("due_on"))
    patience = ReviewRules.load().escalate_days
    calendar = calendar_of(today)
    told = 0
    for number in _late(today, untold):
        with transaction.atomic():
            case = _locked(number, untold)
            if case is None or case.due_on is None:
                continue
            # The first late day is that of the reminder.
            if calendar.between(case.due_on, today) <= patience:
                continue
            tell_coordinators_late(case=case)
            case.escalated_for = case.due_on
            case.save(update_fields=["escalated_for"])
            told += 1
    return told


def _late(today: date, untold: Q) -> list[int]:
    late = PracticeCase.objects.filter(untold, standing__in=OPEN_STEPS, due_on__lt=today)
    return list(late.order_by("due_on", "pk").values_list("pk", flat=True)[:AT_ONCE])


def _locked(number: int, untold: Q) -> PracticeCase | None:
    rows = PracticeCase.objects.select_for_update().filter(
        untold, standing__in=OPEN_STEPS, pk=number
    )
    return rows.first()
