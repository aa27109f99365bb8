"""What the register gave for an indicator when an official took its figures."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from monitoring.models.indicator import Indicator, share


class IndicatorSnapshot(models.Model):
    """Numerator and denominator of a year as they were taken from the register, and by whom.

    The register lives on; the fact of the year rests on these figures until they are taken anew.
    """

    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("indicator"),
        on_delete=models.CASCADE,
        related_name="snapshots",
    )
    year = models.PositiveSmallIntegerField(_("year"))
    numerator = models.PositiveIntegerField(_("numerator"))
    denominator = models.PositiveIntegerField(_("denominator"))
    taken_at = models.DateTimeField(_("taken at"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("figures of a year taken from the register")
        verbose_name_plural = _("figures of years taken from the register")
        ordering = ["indicator", "year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="snapshot_once"),
            models.CheckConstraint(
                condition=models.Q(denominator__gt=0, numerator__lte=models.F("denominator")),
                name="snapshot_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.year}"

    @property
    def fact(self) -> Decimal:
        """The share that these figures make."""
        return share(self.numerator, self.denominator)
