"""What the review of practices holds of people (see core.rights)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.rights import Fate, register_impersonal, register_personal_data
from practices.models import (
    CheckAnswer,
    ChecklistPoint,
    CouncilDecision,
    CouncilTask,
    DecisionTask,
    ExpertReview,
    ExpertReviewTask,
    ExpertScore,
    FormalCheck,
    FormalCheckTask,
    PracticeCase,
    PracticeDecision,
    ReviewCriterion,
    ReviewRules,
)
from practices.services.review_experts import release_erased

if TYPE_CHECKING:
    from core.rights import DataSubject

_STAYS = _("What was decided about a practice stays; who decided has no name any more.")


def _release(subject: DataSubject) -> None:
    """What was handed in stays without a name; nobody waits for what was not."""
    if subject.has_account:
        release_erased(account=subject.user.pk)


register_personal_data(
    ExpertReview,
    fate=Fate.NAMELESS,
    why=_("The scores of a practice stay; who gave them has no name any more."),
    found=lambda subject: ExpertReview.objects.filter(
        Q(expert=subject.user) | Q(asked_by=subject.user)
    ),
    fields=("practice", "state", "asked_at", "due_on", "conclusion", "closed_at"),
    erase=_release,
    part_models=(ExpertScore,),
)
register_personal_data(
    FormalCheck,
    fate=Fate.NAMELESS,
    why=_STAYS,
    found=lambda subject: FormalCheck.objects.filter(made_by=subject.user),
    fields=("practice", "passed", "skip_reason", "made_at"),
    part_models=(CheckAnswer,),
)
register_personal_data(
    PracticeDecision,
    fate=Fate.NAMELESS,
    why=_STAYS,
    found=lambda subject: PracticeDecision.objects.filter(made_by=subject.user),
    fields=("practice", "kind", "reasons", "made_at"),
)
register_personal_data(
    CouncilDecision,
    fate=Fate.NAMELESS,
    why=_STAYS,
    found=lambda subject: CouncilDecision.objects.filter(made_by=subject.user),
    fields=("practice", "date", "outcome", "made_at"),
)
register_personal_data(
    PracticeCase,
    fate=Fate.NAMELESS,
    why=_("The practice stays in the queue; somebody else looks after it."),
    found=lambda subject: PracticeCase.objects.filter(assigned_to=subject.user),
    fields=("practice", "standing", "standing_since"),
    erase=lambda subject: PracticeCase.objects.filter(assigned_to=subject.user).update(
        assigned_to=None
    ),
)
register_impersonal(
    *(ChecklistPoint, ReviewCriterion, ReviewRules),
    *(FormalCheckTask, ExpertReviewTask, DecisionTask, CouncilTask),
    why="By what practices are reviewed: points, criteria, thresholds, terms and steps.",
)
