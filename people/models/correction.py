"""«Исправьте мои данные» (152-FZ, article 14, part 1; article 20, part 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import RequestState
from people.models.consent import Consent
from people.models.staff import StaffRecord
from people.models.training import TrainingRecord

if TYPE_CHECKING:
    from core.permissions import Visitor


class CorrectionQuerySet(models.QuerySet["CorrectionRequest"]):
    """The vocabulary of requests for a correction."""

    def waiting(self) -> Self:
        """Requests that nobody has decided on."""
        return self.filter(state=RequestState.WAITING)

    def visible_to(self, user: Visitor) -> Self:
        """Requests about the people whose cards ``user`` may open."""
        return self.filter(record__in=StaffRecord.objects.visible_to(user).order_by())


class CorrectionRequest(models.Model):
    """What a person finds wrong in the own card, a training record or a consent on paper.

    Where the right value is known, ``changes`` holds it beside what stood there (``before``), both
    by the names of fields; where a line or a paper is meant, ``text`` says it in words.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="corrections",
    )
    record = models.ForeignKey(
        StaffRecord,
        verbose_name=_("staff record"),
        on_delete=models.CASCADE,
        related_name="corrections",
    )
    # What is meant, as its address names it: people.queries.corrections.
    target = models.CharField(max_length=40, editable=False)
    title = models.CharField(_("what is to be corrected"), max_length=255)
    training = models.ForeignKey(
        TrainingRecord, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    consent = models.ForeignKey(
        Consent, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    before = models.JSONField(_("what stood"), default=dict)
    changes = models.JSONField(_("what is right"), default=dict)
    text = models.TextField(_("what the person writes"), max_length=2000, blank=True)
    proof = models.ForeignKey(
        "core.PrivateFile",
        verbose_name=_("what proves it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.WAITING
    )
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    due_on = models.DateField(_("answer is due on"))
    reminded_on = models.DateField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    remark = models.CharField(_("reason"), max_length=500, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("request for correction")
        verbose_name_plural = _("requests for correction")
        indexes = [models.Index(fields=["state", "due_on", "id"], name="correction_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "target"],
                condition=Q(state="waiting"),
                name="people_correction_once",
                violation_error_message=_("A request of yours is being considered already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {timezone.localtime(self.created_at):%d.%m.%Y}"

    @property
    def overdue(self) -> bool:
        """The term of the law has passed and nobody has answered."""
        return self.state == RequestState.WAITING and self.due_on < timezone.localdate()

    @property
    def thing(self) -> Any:
        """The row that is wrong: the card, the training or the consent; None when it is gone."""
        kind = self.target.partition("-")[0]
        return {"card": self.record, "training": self.training, "consent": self.consent}[kind]
