"""A road map: the plan that an order approves for some years."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)


class StructuredSnippet(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    index.Indexed,
    ClusterableModel,
):
    """A record with drafts, revisions, workflow, lock and translations."""

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )
    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )

    class Meta:
        abstract = True


class RoadMap(StructuredSnippet):
    """A plan of indicators and measures for a period, for example 2020–2024."""

    title = models.CharField(_("title"), max_length=500)
    slug = models.SlugField(_("address part"), max_length=80)
    start_year = models.PositiveSmallIntegerField(_("first year"))
    end_year = models.PositiveSmallIntegerField(_("last year"))
    goal = models.TextField(_("goal"), blank=True)
    purpose = models.TextField(_("why the centre is created"), blank=True)
    basis = models.CharField(_("approved by"), max_length=500, blank=True)
    basis_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("document in the library"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("start_year"), FieldPanel("end_year")]),
        FieldPanel("goal"),
        FieldPanel("purpose"),
        FieldPanel("basis"),
        FieldPanel("basis_page"),
        InlinePanel("work_items", heading=_("Directions of work"), label=_("Task")),
    ]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = _("road map")
        verbose_name_plural = _("road maps")
        ordering = ["-start_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="roadmap_translation"
            ),
            models.UniqueConstraint(fields=["slug", "locale"], name="roadmap_slug"),
            models.CheckConstraint(
                condition=models.Q(end_year__gte=models.F("start_year")), name="roadmap_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.start_year}–{self.end_year})"

    @property
    def years(self) -> range:
        """All years of the period."""
        return range(self.start_year, self.end_year + 1)


class WorkItem(Orderable):
    """One task of a direction of work (a bullet of part 2 of the order)."""

    road_map = ParentalKey(RoadMap, on_delete=models.CASCADE, related_name="work_items")
    code = models.CharField(_("code"), max_length=10)
    direction = models.CharField(_("direction of work"), max_length=120)
    text = models.TextField(_("wording"))

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["road_map", "code"], name="work_item_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"
