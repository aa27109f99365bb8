"""By what practices are reviewed: points, criteria, thresholds and terms are data."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from practices.review_fields import field_choices

_DAYS = [MinValueValidator(1), MaxValueValidator(60)]


class ChecklistPoint(models.Model):
    """A point of the formal check. One that is not used any more stays with the old checks."""

    text = models.CharField(_("what is checked"), max_length=300)
    field = models.CharField(
        _("field it usually concerns"), max_length=30, blank=True, choices=field_choices
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_used = models.BooleanField(_("is used"), default=True)

    panels = [
        FieldPanel("text"),
        FieldPanel("field"),
        FieldRowPanel([FieldPanel("order"), FieldPanel("is_used")]),
    ]

    class Meta:
        verbose_name = _("point of the formal check")
        verbose_name_plural = _("points of the formal check")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class ReviewCriterion(models.Model):
    """A criterion of the expert review; the score is a whole number from 0 to ``maximum``."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    title = models.CharField(_("title"), max_length=120)
    question = models.CharField(_("question to the expert"), max_length=300)
    maximum = models.PositiveSmallIntegerField(
        _("highest score"), default=3, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_used = models.BooleanField(_("is used"), default=True)

    panels = [
        FieldPanel("title"),
        FieldPanel("question"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("maximum")]),
        FieldRowPanel([FieldPanel("order"), FieldPanel("is_used")]),
    ]

    class Meta:
        verbose_name = _("criterion of the expert review")
        verbose_name_plural = _("criteria of the expert review")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


@register_setting(icon="check")
class ReviewRules(BaseGenericSetting):
    """Thresholds and terms of the regulation on the bank of practices."""

    addresses_from = models.PositiveSmallIntegerField(
        _("may be proposed for the Addresses from, points"), default=18
    )
    bank_from = models.PositiveSmallIntegerField(_("is published from, points"), default=12)
    experts = models.PositiveSmallIntegerField(
        _("how many experts score a practice"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )
    formal_days = models.PositiveSmallIntegerField(
        _("formal check, working days"), default=3, validators=_DAYS
    )
    expert_days = models.PositiveSmallIntegerField(
        _("expert review, working days"), default=10, validators=_DAYS
    )
    decision_days = models.PositiveSmallIntegerField(
        _("decision, working days"),
        default=3,
        validators=_DAYS,
        help_text=_("The number it begins with is the portal's proposal."),
    )
    council_days = models.PositiveSmallIntegerField(
        _("methodical council, working days"),
        default=20,
        validators=_DAYS,
        help_text=_("The number it begins with is the portal's proposal."),
    )
    escalate_days = models.PositiveSmallIntegerField(
        _("the coordinator hears of a delay after, working days"), default=3, validators=_DAYS
    )

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("addresses_from"), FieldPanel("bank_from")]),
                FieldPanel("experts"),
            ],
            heading=_("Points"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("formal_days"), FieldPanel("expert_days")]),
                FieldRowPanel([FieldPanel("decision_days"), FieldPanel("council_days")]),
                FieldPanel("escalate_days"),
            ],
            heading=_("Terms"),
        ),
    ]

    class Meta:
        verbose_name = _("rules of the review of practices")
        verbose_name_plural = _("rules of the review of practices")

    def clean(self) -> None:
        if self.bank_from > self.addresses_from:
            words = _("The threshold of the Addresses is not below that of publishing.")
            raise ValidationError({"addresses_from": words})
