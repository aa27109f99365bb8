"""How long what is kept of people stays (152-FZ, article 5, part 7)."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

_LIMITS = [MinValueValidator(1), MaxValueValidator(600)]
_OWN = _("The number it begins with is the portal's proposal.")


@register_setting(icon="date")
class RetentionRules(BaseGenericSetting):
    """Terms in months; the fields are named as ``people.services.retention`` registers purges."""

    card_openings = models.PositiveSmallIntegerField(
        _("who opened whose card, months"), default=36, validators=_LIMITS, help_text=_OWN
    )
    consents = models.PositiveSmallIntegerField(
        _("consents after their end, months"),
        default=36,
        validators=[MinValueValidator(36), MaxValueValidator(600)],
        help_text=_("Not less than the term of claims, three years (Civil Code, article 196)."),
    )
    requests = models.PositiveSmallIntegerField(
        _("closed requests, invitations and imports, months"),
        default=12,
        validators=_LIMITS,
        help_text=_OWN,
    )
    notices = models.PositiveSmallIntegerField(
        _("notices in the cabinet, months"), default=12, validators=_LIMITS, help_text=_OWN
    )

    left_staff = models.PositiveSmallIntegerField(
        _("records of those who have left the schools, months"),
        default=36,
        validators=_LIMITS,
        help_text=_("Then they stay without a name. It is the portal's proposal."),
    )
    unconfirmed_accounts = models.PositiveSmallIntegerField(
        _("accounts whose e-mail was never confirmed, months"),
        default=1,
        validators=_LIMITS,
        help_text=_OWN,
    )
    journal = models.PositiveSmallIntegerField(
        _("journal of actions with personal data, months"),
        default=60,
        validators=_LIMITS,
        help_text=_OWN,
    )
    erasures = models.PositiveSmallIntegerField(
        _("certificates of erasure, months"),
        default=36,
        validators=[MinValueValidator(36), MaxValueValidator(600)],
        help_text=_("Not less than three years (Roskomnadzor, order No. 179 of 28.10.2022)."),
    )

    panels = [
        FieldPanel("card_openings"),
        FieldPanel("consents"),
        FieldPanel("requests"),
        FieldPanel("notices"),
        FieldPanel("left_staff"),
        FieldPanel("unconfirmed_accounts"),
        FieldPanel("journal"),
        FieldPanel("erasures"),
    ]

    class Meta:
        verbose_name = _("terms of keeping personal data")
        verbose_name_plural = _("terms of keeping personal data")
