"""Measures of a road map."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelsearch import index
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PublishingPanel,
)
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField

from monitoring.enums import SETTLED, EvidenceRole, MeasureStatus, ResponsibleKind
from monitoring.forms import MeasureForm
from monitoring.models.road_map import RoadMap, StructuredSnippet, StructuredSnippetQuerySet

NUMBER = RegexValidator(r"^\d+(\.\d+)*$", _("A number looks like 4.12."))
NUMBERS = RegexValidator(r"^\d+(\.\d+)*(, ?\d+(\.\d+)*)*$", _("Numbers look like 4.11, 4.20."))


class MeasureQuerySet(StructuredSnippetQuerySet):
    """The vocabulary of lists of measures."""

    def overdue(self, on: date | None = None) -> Self:
        """Measures whose end date has passed (local date) though they are not settled."""
        return self.filter(end__lt=on or timezone.localdate()).exclude(status__in=SETTLED)


class Measure(StructuredSnippet):
    """Something the road map says will be done, by whom, from when to when."""

    road_map = models.ForeignKey(
        RoadMap, verbose_name=_("road map"), on_delete=models.CASCADE, related_name="measures"
    )
    number = models.CharField(_("number"), max_length=10, validators=[NUMBER])
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.TextField(_("wording"))
    start = models.DateField(_("begins"))
    end = models.DateField(_("ends"))
    planned_result = models.TextField(_("planned result"), blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=MeasureStatus.choices, default=MeasureStatus.PLANNED
    )
    status_comment = models.CharField(
        _("comment to the status"),
        max_length=255,
        blank=True,
        help_text=_("Shown on the site next to the status."),
    )
    see_also = models.CharField(
        _("see also"),
        max_length=100,
        blank=True,
        validators=[NUMBERS],
        help_text=_("Numbers of measures about the same, divided by commas: 4.11, 4.20."),
    )
    note = models.TextField(
        _("note to the source"), blank=True, help_text=_("For editors; not shown on the site.")
    )

    objects = MeasureQuerySet.as_manager()

    base_form_class = MeasureForm
    panels = [
        FieldPanel("road_map"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("order")]),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("planned_result"),
        MultiFieldPanel(
            [FieldPanel("status"), FieldPanel("status_comment")], heading=_("Execution")
        ),
        InlinePanel("responsible", heading=_("Responsible"), label=_("Responsible")),
        InlinePanel("evidence", heading=_("Evidence and pages"), label=_("Link")),
        FieldPanel("see_also"),
        FieldPanel("note"),
        PublishingPanel(),
    ]
    search_fields = [
        index.SearchField("number"),
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("road_map_id"),
        index.FilterField("status"),
        index.FilterField("end"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [
        SynchronizedField("number", overridable=False),
        SynchronizedField("see_also", overridable=False),
    ]

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["road_map", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="measure_translation"
            ),
            models.UniqueConstraint(
                fields=["road_map", "number", "locale"],
                name="measure_number",
                violation_error_message=_("This number is used twice in the road map."),
            ),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")),
                name="measure_period",
                violation_error_message=_("The measure ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def anchor(self) -> str:
        """The permanent place of this measure on the road-map page."""
        return measure_anchor(self.number)

    @property
    def list_title(self) -> str:
        """The wording for lists of the admin, cut to two lines."""
        return Truncator(self.title).chars(140)

    @property
    def responsible_words(self) -> str:
        """Everybody who is named responsible; empty where the document names nobody."""
        return "; ".join(str(person) for person in self.responsible.all())

    def is_overdue(self, on: date | None = None) -> bool:
        """The same rule as ``MeasureQuerySet.overdue``."""
        return self.end < (on or timezone.localdate()) and self.status not in SETTLED


def measure_anchor(number: str) -> str:
    """Anchor of the measure with this number: ``mera-4-1``."""
    return f"mera-{number.replace('.', '-')}"


class MeasureResponsible(Orderable):
    """A person or an office that answers for a measure; a measure of the order may have none."""

    measure = ParentalKey(Measure, on_delete=models.CASCADE, related_name="responsible")
    name = models.CharField(_("name"), max_length=255)
    position = models.CharField(_("position"), max_length=255, blank=True)
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=ResponsibleKind.choices,
        default=ResponsibleKind.ORGANISATION,
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("position")]),
        FieldPanel("kind"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("responsible")
        verbose_name_plural = _("responsible")

    def __str__(self) -> str:
        return f"{self.name}, {self.position}" if self.position else self.name


class MeasureEvidence(Orderable):
    """A page or a file that shows how a measure was carried out."""

    measure = ParentalKey(Measure, on_delete=models.CASCADE, related_name="evidence")
    role = models.CharField(
        _("what it shows"),
        max_length=8,
        choices=EvidenceRole.choices,
        default=EvidenceRole.EVIDENCE,
    )
    title = models.CharField(
        _("title"),
        max_length=255,
        blank=True,
        help_text=_("Words of the link; empty: the title of the page."),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Shown on the site while the page is published and open to everybody."),
    )

    panels = [FieldPanel("page"), FieldRowPanel([FieldPanel("title"), FieldPanel("role")])]

    class Meta(Orderable.Meta):
        verbose_name = _("evidence of a measure")
        verbose_name_plural = _("evidence of measures")

    def __str__(self) -> str:
        return self.title or str(self.page_id)
