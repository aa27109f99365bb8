"""Training of teachers: courses, retraining, internships."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.days import refuse_odd_days
from people.enums import TrainingForm, TrainingKind, TrainingState
from people.models.staff import StaffRecord

if TYPE_CHECKING:
    from core.permissions import Visitor


class TrainingQuerySet(models.QuerySet["TrainingRecord"]):
    """The vocabulary of training records."""

    def visible_to(self, user: Visitor) -> Self:
        """Records of the people whose cards ``user`` may open."""
        return self.filter(record__in=StaffRecord.objects.visible_to(user).order_by())

    def counted_in(self, year: int) -> Self:
        """Confirmed records that ended in ``year``: what the indicators count."""
        return self.filter(state=TrainingState.CONFIRMED, ends_on__year=year)


class TrainingRecord(models.Model):
    """A programme that a person has finished; it counts once the school has confirmed it."""

    record = models.ForeignKey(
        StaffRecord,
        verbose_name=_("staff record"),
        on_delete=models.CASCADE,
        related_name="trainings",
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=TrainingKind.choices, default=TrainingKind.CPD
    )
    programme = models.CharField(_("programme"), max_length=500)
    provider = models.CharField(_("provider"), max_length=255)
    form = models.CharField(
        _("form"), max_length=10, choices=TrainingForm.choices, default=TrainingForm.FULL_TIME
    )
    hours = models.PositiveSmallIntegerField(
        _("hours"), validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("finished on"))
    document_number = models.CharField(_("number of the document"), max_length=80, blank=True)
    scan = models.ForeignKey(
        "core.PrivateFile",
        verbose_name=_("scan of the document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=TrainingState.choices, default=TrainingState.ENTERED
    )
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("training record")
        verbose_name_plural = _("training records")
        ordering = ["-ends_on", "-pk"]
        indexes = [
            models.Index(fields=["state", "ends_on", "record"], name="training_counted"),
            models.Index(fields=["record", "-ends_on", "-id"], name="training_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(starts_on__lte=F("ends_on")),
                name="people_training_period",
                violation_error_message=_("The end of the period is before its beginning."),
            ),
            models.UniqueConstraint(
                fields=["record", "kind", "programme", "ends_on"],
                name="people_training_once",
                violation_error_message=_("This training is entered already."),
            ),
        ]

    def __str__(self) -> str:
        return self.programme

    @property
    def content_mark(self) -> str:
        """What the record says, as one word: another content is another word."""
        said = [
            *(self.record_id, self.kind, self.programme, self.provider, self.form, self.hours),
            *(self.starts_on, self.ends_on, self.document_number, self.scan_id),
        ]
        return hashlib.sha256(repr([str(part) for part in said]).encode()).hexdigest()[:32]

    def clean(self) -> None:
        super().clean()
        refuse_odd_days(
            {"starts_on": self.starts_on, "ends_on": self.ends_on},
            ahead={"starts_on": 0, "ends_on": 0},
        )
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            # The constraint of the table would say it above the form.
            raise ValidationError({"ends_on": _("The end of the period is before its beginning.")})
        if self.ends_on and self.ends_on > timezone.localdate():
            raise ValidationError({"ends_on": _("The programme has not ended yet.")})
