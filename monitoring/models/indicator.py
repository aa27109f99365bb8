"""Indicators of a road map with target and fact of each year."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, PublishingPanel
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField

from core.charts import show_number
from monitoring.forms import IndicatorForm, YearFormSet
from monitoring.models.road_map import RoadMap, StructuredSnippet

PERCENT = "процент"


class YearsPanel(InlinePanel):
    """The years of an indicator, which are checked together."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = YearFormSet
        return options


class Indicator(StructuredSnippet):
    """A figure that the road map promises for each year."""

    road_map = models.ForeignKey(
        RoadMap, verbose_name=_("road map"), on_delete=models.CASCADE, related_name="indicators"
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    name = models.TextField(_("wording"))
    short_name = models.CharField(
        _("short name"),
        max_length=120,
        blank=True,
        help_text=_("Above the chart on the home page."),
    )
    unit = models.CharField(_("unit"), max_length=40, default=PERCENT)
    unit_note = models.CharField(
        _("note to the unit"),
        max_length=255,
        blank=True,
        help_text=_("Shown under the chart, for example when the order names no unit."),
    )
    method = models.TextField(
        _("method of calculation"),
        blank=True,
        help_text=_("What is counted in the numerator and in the denominator."),
    )
    note = models.TextField(
        _("note to the source"), blank=True, help_text=_("For editors; not shown on the site.")
    )

    base_form_class = IndicatorForm
    panels = [
        FieldPanel("road_map"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("unit")]),
        FieldPanel("name"),
        FieldPanel("short_name"),
        FieldPanel("unit_note"),
        HelpPanel(
            content=_(
                "Figures are read from the record in Russian only. An empty target means "
                "“not planned”, which is not the same as 0. Enter a numerator and a denominator "
                "and the fact is calculated."
            ),
            heading=_("How the figures are kept"),
        ),
        YearsPanel("years", heading=_("Years"), label=_("Year")),
        FieldPanel("method"),
        FieldPanel("note"),
        PublishingPanel(),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("road_map_id"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [SynchronizedField("number", overridable=False)]

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["road_map", "number"]
        permissions = [("confirm_indicator_fact", "Can confirm facts of indicators")]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="indicator_translation"
            ),
            models.UniqueConstraint(
                fields=["road_map", "number", "locale"],
                name="indicator_number",
                violation_error_message=_("This number is used twice in the road map."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.short_name or self.heading}"

    @property
    def heading(self) -> str:
        """The wording without the unit that the order repeats at its end («…, процент»)."""
        return self.name.removesuffix(f", {self.unit}")

    @property
    def anchor(self) -> str:
        """The permanent place of this indicator on the road-map page."""
        return f"pokazatel-{self.number}"

    @property
    def list_title(self) -> str:
        """The wording for lists of the admin."""
        return self.short_name or self.heading

    @property
    def facts_words(self) -> str:
        """The last year with a fact for lists of the admin: «2024: 52 % (план 50 %)»."""
        known = [item for item in self.years.all() if item.fact is not None]
        if not known:
            return ""
        last = max(known, key=lambda item: item.year)
        words = f"{last.year}: {show_number(last.fact)} {self.unit_sign}"
        if last.target is None:
            return words
        return words + gettext(" (target %(target)s %(unit)s)") % {
            "target": show_number(last.target),
            "unit": self.unit_sign,
        }

    @property
    def series(self) -> list[dict[str, Any]]:
        """The years as the chart of a preview takes them."""
        years = sorted(self.years.all(), key=lambda item: item.year)
        return [{"year": item.year, "target": item.target, "fact": item.fact} for item in years]

    @property
    def unit_sign(self) -> str:
        """The unit as charts and tables show it."""
        return "%" if is_percent(self.unit) else self.unit

    @staticmethod
    def highest(unit: str) -> Decimal | None:
        """The greatest figure that is possible in ``unit``; None where there is no such."""
        return Decimal(100) if is_percent(unit) else None


def is_percent(unit: str) -> bool:
    """``unit`` is a share of a whole."""
    return unit in (PERCENT, "percent", "%")


def share(numerator: int, denominator: int) -> Decimal:
    """Percentage of ``numerator`` in ``denominator``, to hundredths."""
    return (Decimal(numerator) * 100 / Decimal(denominator)).quantize(Decimal("0.01"))


class IndicatorYear(Orderable):
    """Target and fact of one year. No target means «not planned», which is not zero."""

    indicator = ParentalKey(Indicator, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField(_("year"))
    target = models.DecimalField(
        _("target"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty: not planned."),
    )
    fact = models.DecimalField(
        _("fact"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty: no data. Calculated from numerator and denominator if both are given."),
    )
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
    # A confirmation holds for the value that was confirmed; another value needs another one.
    confirmed_value = models.DecimalField(
        max_digits=7, decimal_places=2, null=True, blank=True, editable=False
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)

    panels = [
        FieldRowPanel([FieldPanel("year"), FieldPanel("target"), FieldPanel("fact")]),
        FieldRowPanel([FieldPanel("numerator"), FieldPanel("denominator")]),
        FieldPanel("evidence_page"),
        FieldPanel("comment"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("year of an indicator")
        verbose_name_plural = _("years of an indicator")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year"],
                name="indicator_year",
                violation_error_message=_("This year is given twice."),
            ),
            models.CheckConstraint(
                condition=models.Q(denominator__isnull=True) | models.Q(denominator__gt=0),
                name="indicator_denominator",
                violation_error_message=_("The denominator cannot be zero."),
            ),
            models.CheckConstraint(
                condition=models.Q(denominator__isnull=True, numerator__isnull=True)
                | models.Q(denominator__isnull=False, numerator__isnull=False),
                name="indicator_share",
                violation_error_message=_("Give both the numerator and the denominator."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.year}"

    def clean(self) -> None:
        """Calculate the fact from numerator and denominator, or check it against them."""
        super().clean()
        if self.numerator is None or not self.denominator:
            return
        expected = share(self.numerator, self.denominator)
        if self.fact is None:
            self.fact = expected
        elif not _rounds_to(expected, self.fact):
            raise ValidationError(
                {
                    "fact": gettext(
                        "The fact %(fact)s differs from the calculation: "
                        "%(numerator)s / %(denominator)s × 100 = %(expected)s. "
                        "Correct one of them or leave the fact empty."
                    )
                    % {
                        "fact": number_format(self.fact.normalize()),
                        "numerator": self.numerator,
                        "denominator": self.denominator,
                        "expected": number_format(expected.normalize()),
                    }
                }
            )

    @property
    def confirmed(self) -> bool:
        """The fact as it stands was confirmed by an official."""
        return self.confirmed_at is not None and self.confirmed_value == self.fact


def _rounds_to(exact: Decimal, given: Decimal) -> bool:
    """``given`` is ``exact`` rounded to as many decimals as ``given`` has (52, 52.4, 52.38)."""
    exponent = given.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    step = Decimal(1).scaleb(-places)
    return exact.quantize(step, rounding=ROUND_HALF_UP) == given
