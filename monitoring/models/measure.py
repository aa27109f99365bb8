"""Measures of a road map."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from monitoring.enums import EvidenceRole, MeasureStatus, ResponsibleKind
from monitoring.models.road_map import RoadMap, StructuredSnippet


class Measure(StructuredSnippet):
    """Something the road map says will be done, by whom, from when to when."""

    road_map = models.ForeignKey(
        RoadMap, verbose_name=_("road map"), on_delete=models.CASCADE, related_name="measures"
    )
    number = models.CharField(_("number"), max_length=10)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.TextField(_("wording"))
    start = models.DateField(_("begins"))
    end = models.DateField(_("ends"))
    planned_result = models.TextField(_("planned result"), blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=MeasureStatus.choices, default=MeasureStatus.PLANNED
    )
    status_comment = models.CharField(_("comment to the status"), max_length=255, blank=True)
    note = models.TextField(_("note to the source"), blank=True)

    panels = [
        FieldPanel("road_map"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("order")]),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("planned_result"),
        FieldRowPanel([FieldPanel("status"), FieldPanel("status_comment")]),
        InlinePanel("responsible", heading=_("Responsible"), label=_("Responsible")),
        InlinePanel("evidence", heading=_("Evidence and pages"), label=_("Link")),
        FieldPanel("note"),
    ]
    search_fields = [
        index.SearchField("number"),
        index.SearchField("title"),
        index.AutocompleteField("title"),
    ]

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["road_map", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="measure_translation"
            ),
            models.UniqueConstraint(fields=["road_map", "number"], name="measure_number"),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="measure_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class MeasureResponsible(Orderable):
    """A person or an office that answers for a measure; a measure of the order may have none."""

    measure = ParentalKey(Measure, on_delete=models.CASCADE, related_name="responsible")
    name = models.CharField(_("name"), max_length=255)
    position = models.CharField(_("position"), max_length=255, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=ResponsibleKind.choices)


class MeasureEvidence(Orderable):
    """A page or a file that shows how a measure was carried out."""

    measure = ParentalKey(Measure, on_delete=models.CASCADE, related_name="evidence")
    role = models.CharField(
        _("what it shows"),
        max_length=8,
        choices=EvidenceRole.choices,
        default=EvidenceRole.EVIDENCE,
    )
    title = models.CharField(_("title"), max_length=255, blank=True)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    document = models.ForeignKey(
        "core.PortalDocument",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
