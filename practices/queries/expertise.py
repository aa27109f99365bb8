"""What the public reads of the review of a published practice: scores and conclusions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from practices.models import CouncilDecision, PracticePage


@dataclass(frozen=True)
class CriterionScore:
    """A criterion with the mean of what the experts have given."""

    title: str
    given: Decimal
    maximum: int

    @property
    def full(self) -> range:
        """The full dots of the scale, rounded to whole ones."""
        return range(int(self.given.to_integral_value(rounding=ROUND_HALF_UP)))

    @property
    def empty(self) -> range:
        """The empty ones."""
        return range(self.maximum - len(self.full))


@dataclass(frozen=True)
class Expertise:
    """The review that the last decision to publish stood on; experts are not named."""

    scores: list[CriterionScore]
    conclusions: list[str]
    experts: int
    council: CouncilDecision | None

    @property
    def total(self) -> Decimal:
        """The sum of the means."""
        return sum((score.given for score in self.scores), Decimal(0))

    @property
    def maximum(self) -> int:
        """The highest sum there is."""
        return sum(score.maximum for score in self.scores)


def expertise_of(page: PracticePage) -> Expertise | None:
    """The review of the published version; None where no expert has scored it. Four queries."""
    # Imported here: the page of a practice asks this module.
    from practices.models import CouncilDecision, ExpertReview, FormalCheck, PracticeDecision
    from practices.review_enums import CouncilOutcome, DecisionKind

    published = (DecisionKind.PUBLISH, DecisionKind.ADDRESSES)
    decision = PracticeDecision.objects.filter(practice=page.pk, kind__in=published).first()
    if decision is None:
        return None
    checks = FormalCheck.objects.filter(practice=page.pk, passed=True)
    checks = checks.filter(made_at__lte=decision.made_at).order_by("-made_at", "-pk")
    sheets = list(
        ExpertReview.objects.submitted()
        .filter(round__in=[check.pk for check in checks[:1]])
        .prefetch_related("scores__criterion")
    )
    if not sheets:
        return None
    given: defaultdict[int, list[int]] = defaultdict(list)
    criteria = {}
    for sheet in sheets:
        for score in sheet.scores.all():
            if score.value is not None:
                criteria[score.criterion_id] = score.criterion
                given[score.criterion_id].append(score.value)
    council = None
    if decision.kind == DecisionKind.ADDRESSES:
        minutes = CouncilDecision.objects.filter(practice=page.pk)
        council = minutes.filter(outcome=CouncilOutcome.GENERALISE).first()
    ordered = sorted(criteria.values(), key=lambda criterion: (criterion.order, criterion.pk))
    return Expertise(
        scores=[
            CriterionScore(
                criterion.title,
                _mean(given[criterion.pk]),
                criterion.maximum,
            )
            for criterion in ordered
        ],
        conclusions=[sheet.conclusion for sheet in sheets if sheet.conclusion],
        experts=len(sheets),
        council=council,
    )


def _mean(values: list[int]) -> Decimal:
    mean = (Decimal(sum(values)) / len(values)).quantize(Decimal("0.1"))
    return mean.to_integral_value() if mean == mean.to_integral_value() else mean
