"""What methodists and experts write about one version of a practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models.practice import PracticePage
from practices.models.review_rules import ChecklistPoint, ReviewCriterion
from practices.review_enums import OPEN_SHEETS, SheetState

if TYPE_CHECKING:
    from core.permissions import Visitor


class FormalCheck(models.Model):
    """The checklist as a methodist filled it in for one version."""

    practice = models.ForeignKey(
        PracticePage, verbose_name=_("practice"), on_delete=models.CASCADE, related_name="checks"
    )
    # Which step of the workflow it has closed: a second press finds what the first one did.
    step = models.OneToOneField(
        "wagtailcore.TaskState", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    passed = models.BooleanField(_("passed"))
    # Why no experts are asked, or no more of them; empty when all have scored.
    skip_reason = models.TextField(_("why without experts"), blank=True, max_length=1000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("methodist"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("formal check")
        verbose_name_plural = _("formal checks")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.made_at:%d.%m.%Y}"


class CheckAnswer(models.Model):
    """One point of a check: passed, or what is to be corrected and where."""

    check_made = models.ForeignKey(FormalCheck, on_delete=models.CASCADE, related_name="answers")
    point = models.ForeignKey(ChecklistPoint, on_delete=models.PROTECT, related_name="+")
    passed = models.BooleanField(_("passed"))
    field = models.CharField(_("field"), max_length=30, blank=True)
    note = models.TextField(_("remark"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("answer of a formal check")
        verbose_name_plural = _("answers of formal checks")
        ordering = ["point__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["check_made", "point"], name="practices_point_once")
        ]

    def __str__(self) -> str:
        return f"{self.check_made_id}: {self.point_id}"


class ExpertReviewQuerySet(models.QuerySet["ExpertReview"]):
    """The vocabulary of score sheets."""

    def open(self) -> Self:
        """Sheets that wait for their expert."""
        return self.filter(state__in=OPEN_SHEETS)

    def submitted(self) -> Self:
        """Sheets that count."""
        return self.filter(state=SheetState.SUBMITTED)

    def of(self, user: Visitor) -> Self:
        """Sheets that ``user`` may open: one's own, unless somebody else has taken the place."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(expert=user.pk).exclude(state=SheetState.REMOVED)


class ExpertReview(models.Model):
    """The sheet of one expert. It stays with the version for which the expert was asked.

    An account that is erased leaves the scores without a name.
    """

    practice = models.ForeignKey(
        PracticePage,
        verbose_name=_("practice"),
        on_delete=models.CASCADE,
        related_name="expert_reviews",
    )
    # The check that has let the practice to the experts: a return begins a new round.
    round = models.ForeignKey(FormalCheck, on_delete=models.CASCADE, related_name="sheets")
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("expert"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="expert_reviews",
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    state = models.CharField(
        _("state"), max_length=10, choices=SheetState.choices, default=SheetState.ASKED
    )
    due_on = models.DateField(_("due on"))
    # Why the expert has declined or was released.
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    conclusion = models.TextField(_("conclusion"), blank=True, max_length=4000)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    reminded_for = models.DateField(null=True, blank=True, editable=False)

    objects = ExpertReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert review")
        verbose_name_plural = _("expert reviews")
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(fields=["expert", "state"], name="practices_own_sheets"),
            models.Index(fields=["state", "due_on"], name="practices_sheets_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "expert"],
                condition=Q(state__in=["asked", "accepted"]),
                name="practices_expert_asked_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.expert_id}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for the expert."""
        return self.state in OPEN_SHEETS

    @property
    def total(self) -> int:
        """The sum of what is scored so far."""
        return sum(score.value or 0 for score in self.scores.all())


class ExpertScore(models.Model):
    """The score of one criterion; empty while the expert has not decided."""

    review = models.ForeignKey(ExpertReview, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(ReviewCriterion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(
        _("score"), null=True, blank=True, validators=[MaxValueValidator(10)]
    )

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["criterion__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="practices_score_once")
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.criterion_id}"
