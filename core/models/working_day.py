"""The production calendar: days that are not what their weekday says."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class CalendarDay(models.Model):
    """A holiday, a weekday off or a working Saturday of Russia (Labour Code, article 112).

    Other days are as their weekday says; of a year without any row the holidays of the law count.
    """

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(
        _("a working day"),
        default=False,
        help_text=_("Yes: people work on it though it is a Saturday or a Sunday. No: a day off."),
    )
    name = models.CharField(_("what it is"), max_length=120)
    is_assumed = models.BooleanField(
        _("is assumed"),
        default=False,
        help_text=_(
            "The Government moves days off by its decree in the autumn before. Until the decree is "
            "entered here the day is reckoned from the law alone."
        ),
    )

    panels = [
        FieldPanel("day"),
        FieldPanel("name"),
        FieldPanel("is_working"),
        FieldPanel("is_assumed"),
    ]

    class Meta:
        verbose_name = _("day of the production calendar")
        verbose_name_plural = _("production calendar")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}: {self.name}"
