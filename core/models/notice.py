"""Notices in the cabinet and letters that wait to leave."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.enums import LetterState, NoticePace


class Notice(models.Model):
    """A short message to one person, shown in the cabinet until it is read."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        on_delete=models.CASCADE,
        related_name="notices",
    )
    # Name of the folder templates/email/<kind>/; the settings of notices are kept by it.
    kind = models.CharField(_("kind"), max_length=40)
    subject = models.CharField(_("subject of the message"), max_length=255)
    text = models.TextField(_("text"), blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    read_at = models.DateTimeField(_("read at"), null=True)
    # It waits for the daily digest.
    in_digest = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notice_list"),
            models.Index(
                fields=["recipient"], condition=Q(read_at__isnull=True), name="notice_unread"
            ),
            models.Index(fields=["recipient"], condition=Q(in_digest=True), name="notice_digest"),
        ]

    def __str__(self) -> str:
        return self.subject


class NoticeSetting(models.Model):
    """How one person wants to hear of one kind of notices; without a row: at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="notice_settings",
    )
    kind = models.CharField(_("kind"), max_length=40)
    pace = models.CharField(
        _("by e-mail"), max_length=8, choices=NoticePace.choices, default=NoticePace.AT_ONCE
    )

    class Meta:
        verbose_name = _("setting of notices")
        verbose_name_plural = _("settings of notices")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="core_notice_setting_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"


class NoticeDigest(models.Model):
    """The daily letter to one person has been written: a second one finds the day taken."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("daily letter")
        verbose_name_plural = _("daily letters")
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="core_notice_digest_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.day}"


class Letter(models.Model):
    """A letter in the outbox: written in the transaction it tells of, sent after it.

    ``message_id`` is given once and goes out with every attempt, so that a mail server that took
    the letter just before a crash can tell the second copy. Once sent, a letter keeps its envelope
    alone: what it said (a link to a new password) is nobody's to read afterwards.
    """

    recipient = models.EmailField(_("recipient"))
    subject = models.CharField(_("subject of the message"), max_length=255)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    unsubscribe_url = models.CharField(max_length=500, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(
        _("state"), max_length=8, choices=LetterState.choices, default=LetterState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    due_at = models.DateTimeField(_("next attempt at"))
    taken_at = models.DateTimeField(_("taken for sending at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    error = models.CharField(_("error"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(state="waiting"), name="letter_waiting"
            ),
            models.Index(fields=["state", "-created_at", "-id"], name="letter_list"),
        ]

    def __str__(self) -> str:
        return self.subject
