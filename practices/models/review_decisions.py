"""What is decided about a practice, and by whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models.practice import PracticePage
from practices.review_enums import CouncilOutcome, DecisionKind


class _Decided(models.Model):
    """Which version was decided on, by whom and when."""

    # Which step of the workflow it has closed: a second press finds what the first one did.
    step = models.OneToOneField(
        "wagtailcore.TaskState", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("methodist"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-made_at", "-pk"]


class PracticeDecision(_Decided):
    """The decision of a methodist after the expert review."""

    practice = models.ForeignKey(
        PracticePage, verbose_name=_("practice"), on_delete=models.CASCADE, related_name="decisions"
    )
    kind = models.CharField(_("decision"), max_length=10, choices=DecisionKind.choices)
    reasons = models.TextField(_("reasons"), blank=True, max_length=2000)

    class Meta(_Decided.Meta):
        verbose_name = _("decision on a practice")
        verbose_name_plural = _("decisions on practices")

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.kind}"


class CouncilDecision(_Decided):
    """What the methodical council has decided: minutes with number and date."""

    practice = models.ForeignKey(
        PracticePage,
        verbose_name=_("practice"),
        on_delete=models.CASCADE,
        related_name="council_decisions",
    )
    number = models.CharField(_("number of the minutes"), max_length=30)
    date = models.DateField(_("date of the minutes"))
    outcome = models.CharField(_("decision"), max_length=10, choices=CouncilOutcome.choices)
    reasons = models.TextField(_("reasons"), blank=True, max_length=2000)

    class Meta(_Decided.Meta):
        verbose_name = _("decision of the methodical council")
        verbose_name_plural = _("decisions of the methodical council")

    def __str__(self) -> str:
        return f"{self.number}, {self.date:%d.%m.%Y}"
