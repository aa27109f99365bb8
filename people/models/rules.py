"""Where the lists of the staff register begin and end."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from people.ages import years_before

_LIMITS = [MinValueValidator(1), MaxValueValidator(60)]


@register_setting(icon="group")
class StaffRules(BaseGenericSetting):
    """«Up to 35» and «up to 3 years»: papers differ in whether the last year still counts."""

    young_age = models.PositiveSmallIntegerField(
        _("young teacher: age up to"), default=35, validators=_LIMITS
    )
    young_age_inclusive = models.BooleanField(
        _("the last year of age counts"),
        default=True,
        help_text=_("Yes: until the 36th birthday. No: until the 35th."),
    )
    early_service = models.PositiveSmallIntegerField(
        _("beginner: teaching service up to, years"), default=3, validators=_LIMITS
    )
    early_service_inclusive = models.BooleanField(
        _("the last year of service counts"),
        default=True,
        help_text=_("Yes: until four full years. No: until three."),
    )
    training_years = models.PositiveSmallIntegerField(
        _("training is needed once in, years"), default=3, validators=_LIMITS
    )

    correction_days = models.PositiveSmallIntegerField(
        _("answer to a request for correction, calendar days"),
        default=9,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text=_(
            "The law gives seven working days (152-FZ, article 20, part 3). Nine calendar days are "
            "never more than that."
        ),
    )

    panels = [
        FieldRowPanel([FieldPanel("young_age"), FieldPanel("young_age_inclusive")]),
        FieldRowPanel([FieldPanel("early_service"), FieldPanel("early_service_inclusive")]),
        FieldPanel("training_years"),
        FieldPanel("correction_days"),
    ]

    class Meta:
        verbose_name = _("rules of the staff register")
        verbose_name_plural = _("rules of the staff register")

    def young_born_after(self, day: date) -> date:
        """Whoever was born after it is young on ``day``."""
        return years_before(day, self.young_age + self.young_age_inclusive)

    def early_since_after(self, day: date) -> date:
        """Whoever began to teach after it is a beginner on ``day``."""
        return years_before(day, self.early_service + self.early_service_inclusive)
