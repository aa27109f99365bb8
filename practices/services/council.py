"""The decision of the methodical council on what is proposed for the Addresses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from practices.enums import Section, Standing
from practices.models import CouncilDecision, CouncilTask
from practices.notifications import tell_authors_published, tell_authors_returned
from practices.review_enums import CouncilOutcome
from practices.services.review_steps import (
    Remark,
    check_remarks,
    close_for_correction,
    move_into,
    open_step,
    set_standing,
)

if TYPE_CHECKING:
    from people.models import User
    from practices.models import PracticePage


@transaction.atomic
def decide_by_council(
    *,
    practice: PracticePage,
    step: int,
    number: str,
    date: date,
    outcome: CouncilOutcome,
    user: User,
    reasons: str = "",
    remarks: Iterable[Remark] = (),
) -> CouncilDecision | None:
    """A methodist enters what the minutes say. Published is the version that was proposed.

    Returns the decision; a second press returns what the first one made. Raises as ``open_step``,
    and ValidationError for minutes without a number, of a day to come, or a return without remarks.
    """
    current = open_step(practice=practice, step=step, kind=CouncilTask, user=user)
    if current is None:
        return CouncilDecision.objects.filter(step=step).first()
    if not number.strip():
        raise ValidationError({"number": _("Enter the number of the minutes.")})
    if date > timezone.localdate():
        raise ValidationError({"date": _("The council has not met yet on this day.")})
    found = check_remarks(remarks) if outcome == CouncilOutcome.RETURN else []
    decision = CouncilDecision.objects.create(
        practice=current.practice,
        step=current.state,
        revision_id=current.state.revision_id,
        number=number.strip(),
        date=date,
        outcome=outcome,
        reasons=reasons.strip(),
        made_by=user,
    )
    log(
        instance=current.practice,
        action="practices.council",
        user=user,
        data={"number": decision.number, "date": date.isoformat(), "outcome": str(outcome)},
    )
    if outcome == CouncilOutcome.RETURN:
        close_for_correction(current, remarks=found, user=user)
        tell_authors_returned(practice=current.practice, remarks=found)
        return decision
    if outcome == CouncilOutcome.GENERALISE:
        move_into(current.practice, Section.ADDRESSES, user)
    elif not current.practice.live:
        move_into(current.practice, Section.BANK, user)
    current.state.approve(user=user)
    set_standing(current.case, Standing.PUBLISHED)
    tell_authors_published(practice=current.practice, council=decision)
    return decision
