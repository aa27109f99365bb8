"""Consents of people to what is done with their data (152-FZ, articles 9 and 10.1)."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import ConsentKind
from people.models.staff import StaffRecord


class ConsentText(models.Model):
    """One version of the text that people agree to. A version that was used is never changed."""

    kind = models.CharField(_("kind"), max_length=14, choices=ConsentKind.choices)
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=255)
    law = models.CharField(_("grounds in law"), max_length=255, blank=True)
    text = models.TextField(
        _("text"),
        help_text=_(
            "{fio}, {operator}, {address}, {data_list}, {purposes}, {portal_url}, {checked_list} "
            "and {term} are filled in for each person."
        ),
    )
    data_list = models.TextField(_("data"), blank=True)
    purposes = models.TextField(_("purposes"), blank=True)
    published_at = models.DateTimeField(_("in force since"), null=True, blank=True)

    class Meta:
        verbose_name = _("text of a consent")
        verbose_name_plural = _("texts of consents")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="people_consent_version"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class ConsentQuerySet(models.QuerySet["Consent"]):
    """The vocabulary of consents."""

    def in_force(self) -> Self:
        """Consents that hold now: given, not withdrawn and not out of date."""
        today = timezone.localdate()
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=today), withdrawn_at__isnull=True
        )


class Consent(models.Model):
    """What one person agreed to, word by word, and when it ended.

    It belongs to an account, to a staff record (a signed paper), or to both.
    """

    text = models.ForeignKey(
        ConsentText, verbose_name=_("text"), on_delete=models.PROTECT, related_name="consents"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="consents",
    )
    record = models.ForeignKey(
        StaffRecord,
        verbose_name=_("staff record"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="consents",
    )
    # Copied from the text, so that the one consent in force is a constraint.
    kind = models.CharField(_("kind"), max_length=14, choices=ConsentKind.choices)
    # Values of ConsentItem that may be published; empty for a consent to processing.
    items = models.JSONField(_("may be published"), default=list, blank=True)
    wording = models.TextField(_("wording as it was shown"))
    given_at = models.DateTimeField(_("given at"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    # Ended because the same person chose anew, and not because it was taken back.
    is_replaced = models.BooleanField(_("replaced by another choice"), default=False)
    on_paper = models.BooleanField(_("signed on paper"), default=False)
    scan = models.ForeignKey(
        "core.PrivateFile",
        verbose_name=_("scan of the document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(record__isnull=False),
                name="people_consent_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="people_consent_order",
            ),
            models.UniqueConstraint(
                fields=["user", "kind"],
                condition=Q(withdrawn_at__isnull=True, user__isnull=False),
                name="people_consent_one_of_account",
            ),
            models.UniqueConstraint(
                fields=["record", "kind"],
                condition=Q(withdrawn_at__isnull=True, record__isnull=False),
                name="people_consent_one_of_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {timezone.localtime(self.given_at):%d.%m.%Y}"
