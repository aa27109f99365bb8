"""Indicators of a road map with target and fact of each year."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from monitoring.models.road_map import RoadMap, StructuredSnippet


class Indicator(StructuredSnippet):
    """A figure that the road map promises for each year."""

    road_map = models.ForeignKey(
        RoadMap, verbose_name=_("road map"), on_delete=models.CASCADE, related_name="indicators"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.TextField(_("wording"))
    short_name = models.CharField(
        _("short name"),
        max_length=120,
        blank=True,
        help_text=_("Above the chart on the home page."),
    )
    unit = models.CharField(_("unit"), max_length=40, default="процент")
    method = models.TextField(_("method of calculation"), blank=True)
    note = models.TextField(_("note to the source"), blank=True)

    panels = [
        FieldPanel("road_map"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("unit")]),
        FieldPanel("name"),
        FieldPanel("short_name"),
        FieldPanel("method"),
        FieldPanel("note"),
        InlinePanel("years", heading=_("Years"), label=_("Year")),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["road_map", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="indicator_translation"
            ),
            models.UniqueConstraint(fields=["road_map", "number"], name="indicator_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.short_name or self.name}"


class IndicatorYear(Orderable):
    """Target and fact of one year. No target means «not planned», which is not zero."""

    indicator = ParentalKey(Indicator, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField(_("year"))
    target = models.DecimalField(_("target"), max_digits=7, decimal_places=2, null=True, blank=True)
    fact = models.DecimalField(_("fact"), max_digits=7, decimal_places=2, null=True, blank=True)
    numerator = models.PositiveIntegerField(_("numerator"), null=True, blank=True)
    denominator = models.PositiveIntegerField(_("denominator"), null=True, blank=True)
    evidence_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("evidence"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    comment = models.CharField(_("comment"), max_length=255, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta(Orderable.Meta):
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="indicator_year"),
            models.CheckConstraint(
                condition=models.Q(denominator__isnull=True) | models.Q(denominator__gt=0),
                name="indicator_denominator",
            ),
        ]
