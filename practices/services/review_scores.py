"""The score sheet: kept as a draft, then handed in whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from practices.models import ExpertReview
from practices.notifications import tell_methodists_changed_meanwhile, tell_methodists_scored
from practices.review_enums import SheetState
from practices.services.review_experts import close_if_complete, own_open_sheet

if TYPE_CHECKING:
    from people.models import User

Scores = Mapping[int, int | None]


@transaction.atomic
def save_scores(
    *, sheet: ExpertReview, scores: Scores, conclusion: str, user: User
) -> ExpertReview:
    """Keep what is scored so far, by the number of the criterion; gaps are allowed.

    Raises PermissionDenied for somebody else's sheet, ValidationError when it is closed or a score
    is out of its bounds (``score_<number>``).
    """
    sheet = own_open_sheet(sheet=sheet, user=user)
    _write(sheet, scores, conclusion)
    if sheet.state == SheetState.ASKED:
        sheet.state = SheetState.ACCEPTED
        sheet.save(update_fields=["state"])
    return sheet


@transaction.atomic
def submit_scores(
    *, sheet: ExpertReview, scores: Scores, conclusion: str, user: User
) -> ExpertReview:
    """Hand the sheet in: every criterion scored, with a conclusion. A second press changes nothing.

    The sheet stays with the version it was written for; when the author has changed the text since,
    methodists are told. Raises as ``save_scores``, and ValidationError for what is missing.
    """
    done = ExpertReview.objects.filter(pk=sheet.pk, expert=user, state=SheetState.SUBMITTED).first()
    if done is not None:
        return done
    sheet = own_open_sheet(sheet=sheet, user=user)
    _write(sheet, scores, conclusion)
    missing = {
        f"score_{score.criterion_id}": _("Give a score.")
        for score in sheet.scores.all()
        if score.value is None
    }
    if not sheet.conclusion:
        missing["conclusion"] = _("Write a conclusion: the author and the methodist read it.")
    if missing:
        raise ValidationError(missing)
    sheet.state, sheet.closed_at = SheetState.SUBMITTED, timezone.now()
    sheet.save(update_fields=["state", "closed_at"])
    practice = sheet.practice
    log(
        instance=practice, action="practices.submit_review", user=user, data={"points": sheet.total}
    )
    if practice.latest_revision_id != sheet.revision_id:
        tell_methodists_changed_meanwhile(sheet=sheet)
    if close_if_complete(practice=practice, user=user):
        tell_methodists_scored(practice=practice)
    return sheet


def _write(sheet: ExpertReview, scores: Scores, conclusion: str) -> None:
    errors: dict[str, str] = {}
    for row in sheet.scores.select_related("criterion"):
        if row.criterion_id not in scores:
            continue
        value = scores[row.criterion_id]
        if value is not None and not 0 <= value <= row.criterion.maximum:
            words = _("A whole number from 0 to %(most)s.") % {"most": row.criterion.maximum}
            errors[f"score_{row.criterion_id}"] = words
        elif value != row.value:
            row.value = value
            row.save(update_fields=["value"])
    if errors:
        raise ValidationError(errors)
    sheet.conclusion = conclusion.strip()
    sheet.save(update_fields=["conclusion"])
