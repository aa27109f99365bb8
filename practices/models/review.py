"""How far a practice has come, and what its reviewers ask to correct."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.enums import Standing
from practices.models.practice import PracticePage
from practices.review_fields import field_choices, field_words


class PracticeCase(models.Model):
    """The review of one practice: one row for each, from the first draft on.

    Wagtail's workflow says which step is open; the standing is set with every change of it, in the
    same transaction, so that a queue of hundreds is filtered and counted in one query.
    """

    practice = models.OneToOneField(
        PracticePage, verbose_name=_("practice"), on_delete=models.CASCADE, related_name="case"
    )
    standing = models.CharField(
        _("state"), max_length=10, choices=Standing.choices, default=Standing.DRAFT
    )
    standing_since = models.DateTimeField(_("since"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent for review at"), null=True, blank=True)
    # The last working day on which the open step is in time.
    due_on = models.DateField(_("due on"), null=True, blank=True)
    # The methodist who looks after it; others may still act.
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked after by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The term for which the reviewer was reminded and the coordinator told: each once.
    reminded_for = models.DateField(null=True, blank=True, editable=False)
    escalated_for = models.DateField(null=True, blank=True, editable=False)
    # When a methodist has last reminded by hand.
    nudged_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("review of a practice")
        verbose_name_plural = _("reviews of practices")
        indexes = [models.Index(fields=["standing", "due_on", "id"], name="practices_queue")]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.standing}"


class ReviewRemark(models.Model):
    """What is to be corrected in one field; it is open until the practice is sent again."""

    practice = models.ForeignKey(
        PracticePage, verbose_name=_("practice"), on_delete=models.CASCADE, related_name="remarks"
    )
    # Name of the field of PracticePage, or «materials», «authors»; empty: the whole practice.
    field = models.CharField(_("field"), max_length=30, blank=True, choices=field_choices)
    text = models.TextField(_("remark"), max_length=2000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("remark of a reviewer")
        verbose_name_plural = _("remarks of reviewers")
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["practice", "closed_at"], name="practices_open_remarks")]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.field}"

    @property
    def field_title(self) -> str:
        """What the field is called where people read it; empty for the whole practice."""
        return field_words(self.field)
