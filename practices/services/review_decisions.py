"""The decision of a methodist after the expert review."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from practices.enums import Section, Standing
from practices.models import DecisionTask, PracticeDecision, ReviewRules
from practices.notifications import (
    tell_authors_council,
    tell_authors_published,
    tell_authors_rejected,
    tell_authors_returned,
)
from practices.queries.review import current_round, verdict_of
from practices.review_enums import DecisionKind
from practices.services.review_steps import (
    OpenStep,
    Remark,
    check_remarks,
    close_for_correction,
    end_flow,
    move_into,
    open_step,
    set_standing,
)

if TYPE_CHECKING:
    from people.models import User
    from practices.models import PracticePage


@transaction.atomic
def decide(
    *,
    practice: PracticePage,
    step: int,
    seen: int,
    kind: DecisionKind,
    user: User,
    reasons: str = "",
    remarks: Iterable[Remark] = (),
) -> PracticeDecision | None:
    """Publish, propose for the Addresses, return or turn down; the first of two who decide counts.

    The Addresses ask for scores not below their threshold. Publishing below the threshold of the
    bank and turning down ask for reasons, a return for remarks. A page that is public already stays
    in its section: the council's decision holds for corrections, too. Returns the decision; a
    second press returns what the first one made. Raises as ``open_step``, and ValidationError.
    """
    current = open_step(practice=practice, step=step, kind=DecisionTask, user=user, seen=seen)
    if current is None:
        return PracticeDecision.objects.filter(step=step).first()
    found = _refuse_what_rules_forbid(current, kind, reasons.strip(), remarks)
    decision = PracticeDecision.objects.create(
        practice=current.practice,
        step=current.state,
        revision_id=current.revision_id,
        kind=kind,
        reasons=reasons.strip(),
        made_by=user,
    )
    log(instance=current.practice, action=f"practices.decide_{kind}", user=user)
    if kind == DecisionKind.RETURN:
        close_for_correction(current, remarks=found, user=user)
        tell_authors_returned(practice=current.practice, remarks=found)
    elif kind == DecisionKind.REJECT:
        end_flow(current, user=user)
        set_standing(current.case, Standing.REJECTED)
        tell_authors_rejected(practice=current.practice, reasons=decision.reasons)
    elif kind == DecisionKind.ADDRESSES:
        _close(current, user)
        tell_authors_council(practice=current.practice)
    else:
        if not current.practice.live:
            move_into(current.practice, Section.BANK, user)
        _close(current, user)
        set_standing(current.case, Standing.PUBLISHED)
        tell_authors_published(practice=current.practice)
    return decision


def _close(current: OpenStep, user: User) -> None:
    """Go on with the version that was decided on."""
    current.state.revision_id = current.revision_id
    current.state.approve(user=user)


def _refuse_what_rules_forbid(
    current: OpenStep, kind: DecisionKind, reasons: str, remarks: Iterable[Remark]
) -> list[Remark]:
    """The remarks that count; raises ValidationError at the field that is wrong."""
    if kind == DecisionKind.RETURN:
        return check_remarks(remarks)
    if kind == DecisionKind.REJECT and not reasons:
        raise ValidationError({"reasons": _("Say why: the author reads it.")})
    rules = ReviewRules.load()
    mean = verdict_of(current_round(current.practice)).mean
    if kind == DecisionKind.ADDRESSES and (mean is None or mean < rules.addresses_from):
        words = _("The Addresses ask for at least %(points)s points of the experts.")
        raise ValidationError({"kind": words % {"points": rules.addresses_from}})
    below = mean is not None and mean < rules.bank_from
    if kind == DecisionKind.PUBLISH and below and not reasons:
        words = _("The experts gave less than %(points)s points. Say why it is published.")
        raise ValidationError({"reasons": words % {"points": rules.bank_from}})
    return []
