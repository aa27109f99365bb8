"""What people ask about their own data: a copy of it, erasure."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import ArchiveState, RequestState


class DataArchive(models.Model):
    """A copy of all that is held of a person, made for that person; it expires."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="data_archives",
    )
    state = models.CharField(
        _("state"), max_length=8, choices=ArchiveState.choices, default=ArchiveState.WAITING
    )
    # Kinds and files together: what the bar of progress shows.
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    file = models.ForeignKey(
        "core.PrivateFile", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    taken_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(_("ready at"), null=True)

    class Meta:
        verbose_name = _("copy of personal data")
        verbose_name_plural = _("copies of personal data")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state="waiting"), name="people_archive_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {timezone.localtime(self.created_at):%d.%m.%Y}"


class ErasureRequest(models.Model):
    """«Erase my data»: an administrator decides; what was done stays without a name.

    The person asks from the own account, or in a letter (``ground``) that an administrator answers;
    then there may be no account, and of whom only an e-mail is known no record either.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        on_delete=models.CASCADE,
        related_name="erasurerequests",
    )
    record = models.ForeignKey(
        "people.StaffRecord",
        verbose_name=_("staff record"),
        null=True,
        on_delete=models.CASCADE,
        related_name="erasurerequests",
    )
    text = models.TextField(_("what the person writes"), max_length=2000, blank=True)
    ground = models.CharField(_("letter: its number"), max_length=80, blank=True)
    ground_date = models.DateField(_("letter: its date"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.WAITING
    )
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    remark = models.CharField(_("reason"), max_length=500, blank=True)
    # Name of the kind → how many rows there were: what the certificate is written from.
    outcome = models.JSONField(_("what became of the data"), default=dict, editable=False)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("request for erasure")
        verbose_name_plural = _("requests for erasure")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state="waiting"),
                name="people_erasure_one_request",
                violation_error_message=_("A request of yours is being considered already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {timezone.localtime(self.created_at):%d.%m.%Y}"
