"""Consents of people to what is done with their data (152-FZ, articles 9 and 10.1)."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.enums import ConsentAnswerKind, ConsentItem, ConsentKind
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
    # Values of ConsentItem that this version asks about; empty for a consent to processing. A
    # new item of the program is asked about only when a new version names it.
    items = models.JSONField(_("may be published"), default=list, blank=True)
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

    @property
    def edition(self) -> str:
        """Number and day, as they stand on the document."""
        if self.published_at is None:
            return gettext("version %(number)s") % {"number": self.version}
        day = f"{timezone.localtime(self.published_at):%d.%m.%Y}"
        return gettext("version %(number)s of %(day)s") % {"number": self.version, "day": day}

    @property
    def item_labels(self) -> list[str]:
        """What this version asks about, in words."""
        return [str(ConsentItem(item).label) for item in ConsentItem.values if item in self.items]


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


class ConsentAnswer(models.Model):
    """What a person answered, other than yes, when a text was put to that person after a log-in.

    A yes is a ``Consent``. Who has declined a version is not asked about it again.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="consent_answers",
    )
    text = models.ForeignKey(
        ConsentText, verbose_name=_("text"), on_delete=models.PROTECT, related_name="answers"
    )
    answer = models.CharField(_("answer"), max_length=9, choices=ConsentAnswerKind.choices)
    answered_at = models.DateTimeField(_("answered at"))

    class Meta:
        verbose_name = _("answer about a consent")
        verbose_name_plural = _("answers about consents")
        ordering = ["-answered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "text"], name="people_consent_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()}: {timezone.localtime(self.answered_at):%d.%m.%Y}"
