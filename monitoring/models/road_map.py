"""A road map: the plan that an order approves for some years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.fields import GenericRelation
from django.db import IntegrityError, models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from modelsearch import index
from modelsearch.queryset import SearchableQuerySetMixin
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PublishingPanel,
)
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail_localize.fields import SynchronizedField

from core.forms import TranslatedRecordForm
from core.publishing import RefusedPublicationError

if TYPE_CHECKING:
    from people.models import User


class StructuredSnippetQuerySet(SearchableQuerySetMixin, models.QuerySet):
    """The vocabulary of lists of road maps, indicators and measures."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What ``user`` may see on the site: published records, the same for everybody.

        Drafts are seen only in the admin and in previews, which ask for admin permissions.
        """
        return self.filter(live=True)

    def in_source_language(self) -> Self:
        """Records of the language that the road map is written in; only they hold figures."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)


class StructuredSnippet(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    ClusterableModel,
):
    """A record with drafts, revisions, workflow, lock, preview and translations.

    Its wording is translated; its figures, dates and states are read from the record in the
    source language (same ``translation_key``), so every language shows the same numbers.
    """

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

    objects = StructuredSnippetQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Say in words what another person took between the check of the form and this moment."""
        try:
            super().save(*args, **kwargs)
        except IntegrityError as error:
            raise self._taken(error) or error from error

    def _taken(self, error: IntegrityError) -> RefusedPublicationError | None:
        """PostgreSQL names the constraint, SQLite its columns."""
        said = str(error)
        for rule in self._meta.constraints:
            if not isinstance(rule, models.UniqueConstraint) or not rule.fields:
                continue
            columns = [self._meta.get_field(name).column for name in rule.fields]
            named = f'"{rule.name}"' in said or all(f".{column}" in said for column in columns)
            if named and "translation_key" not in rule.fields:
                return RefusedPublicationError(self, str(rule.violation_error_message))
        return None

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return f"monitoring/preview/{self._meta.model_name}.html"


class RoadMap(StructuredSnippet):
    """A plan of indicators and measures for a period, for example 2020–2024."""

    title = models.CharField(_("title"), max_length=500)
    slug = models.SlugField(
        _("address part"),
        max_length=80,
        help_text=_("Stands in the addresses of the plan and of its reports."),
    )
    start_year = models.PositiveSmallIntegerField(_("first year"))
    end_year = models.PositiveSmallIntegerField(_("last year"))
    goal = models.TextField(_("goal"), blank=True)
    purpose = models.TextField(_("why the centre is created"), blank=True)
    basis = models.CharField(
        _("approved by"),
        max_length=500,
        blank=True,
        help_text=_("The order with its date and number, as the report names it."),
    )
    basis_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("document in the library"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    base_form_class = TranslatedRecordForm
    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("start_year"), FieldPanel("end_year")]),
        FieldPanel("goal"),
        FieldPanel("purpose"),
        MultiFieldPanel([FieldPanel("basis"), FieldPanel("basis_page")], heading=_("Basis")),
        InlinePanel("work_items", heading=_("Directions of work"), label=_("Task")),
        PublishingPanel(),
    ]
    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta:
        verbose_name = _("road map")
        verbose_name_plural = _("road maps")
        ordering = ["-start_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="roadmap_translation"
            ),
            models.UniqueConstraint(
                fields=["slug", "locale"],
                name="roadmap_slug",
                violation_error_message=_("Another road map already has this address part."),
            ),
            models.CheckConstraint(
                condition=models.Q(end_year__gte=models.F("start_year")),
                name="roadmap_period",
                violation_error_message=_("The last year is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.period})"

    @property
    def period(self) -> str:
        """The years in words: 2020–2024, or 2025 where the plan is for one year."""
        if self.start_year == self.end_year:
            return str(self.start_year)
        return f"{self.start_year}–{self.end_year}"

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

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("direction")]),
        FieldPanel("text"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("task of a direction of work")
        verbose_name_plural = _("tasks of the directions of work")
        constraints = [
            models.UniqueConstraint(
                fields=["road_map", "code"],
                name="work_item_code",
                violation_error_message=_("This code is used twice."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class ImportRecord(models.Model):
    """What was read from a road-map file last time: one row of the file, and its digest.

    It lets a repeated import tell a row that changed in the file from a row that an official
    edited or deleted here: only the first is written.
    """

    road_map_key = models.CharField(max_length=80)
    row = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["road_map_key", "row"], name="import_record_row")
        ]

    def __str__(self) -> str:
        return f"{self.road_map_key}: {self.row}"
