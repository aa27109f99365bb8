"""What happens around a staff record: links with accounts, confirmations, openings of cards."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.enums import LinkState
from people.models.organisation import Organisation
from people.models.staff import StaffRecord


class StaffLink(models.Model):
    """A request of an account: «this record of the register is me»; the school decides.

    It keeps what the person typed. Nobody learns from the answer who is in the register.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="staff_links",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="staff_links",
    )
    last_name = models.CharField(_("surname"), max_length=150)
    first_name = models.CharField(_("first name"), max_length=150)
    patronymic = models.CharField(_("patronymic"), max_length=150, blank=True)
    birth_date = models.DateField(_("date of birth"))
    state = models.CharField(
        _("state"), max_length=10, choices=LinkState.choices, default=LinkState.REQUESTED
    )
    record = models.ForeignKey(
        StaffRecord,
        verbose_name=_("staff record"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="links",
    )
    remark = models.CharField(_("remark"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("request to link an account")
        verbose_name_plural = _("requests to link accounts")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state="requested"),
                name="people_link_one_request",
                violation_error_message=_("A request of yours is being considered already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.last_name} {self.first_name}"


class QuarterConfirmation(models.Model):
    """A school says: for this quarter our people's records are true."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="quarter_confirmations",
    )
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(
        _("quarter"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    people = models.PositiveIntegerField(_("people in the register"))
    confirmed_at = models.DateTimeField(_("confirmed at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("confirmation of a quarter")
        verbose_name_plural = _("confirmations of quarters")
        ordering = ["-year", "-quarter", "organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "quarter"], name="people_quarter_once"
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4), name="people_quarter_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.year}, {self.quarter}"


class CardOpening(models.Model):
    """Somebody opened somebody's personal card, or took it out in an export."""

    record = models.ForeignKey(
        StaffRecord,
        verbose_name=_("staff record"),
        null=True,
        on_delete=models.CASCADE,
        related_name="openings",
    )
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who opened"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="card_openings",
    )
    place = models.CharField(_("where"), max_length=40)
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)

    class Meta:
        verbose_name = _("opening of a personal card")
        verbose_name_plural = _("openings of personal cards")
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="card_opening_list"),
            models.Index(fields=["record", "-opened_at", "-id"], name="card_opening_record"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.opened_at:%d.%m.%Y %H:%M}"
