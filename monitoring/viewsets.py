"""The menu «Дорожная карта» of the admin."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import (
    SnippetViewSet,
    SnippetViewSetGroup,
    WorkflowActionView,
)
from wagtail_localize.models import TranslationSource

from core.viewsets import DecidedAlreadyMixin, PublicationColumn
from monitoring.admin_views import (
    ConfirmFactsView,
    IndicatorEditView,
    RecordCreateView,
    RecordEditView,
    RecordIndexView,
)
from monitoring.filters import IndicatorFilterSet, MeasureFilterSet
from monitoring.models import Indicator, Measure, RoadMap


class SnippetWorkflowActionView(DecidedAlreadyMixin, WorkflowActionView):
    """Approve or return a record."""


class StructuredViewSet(SnippetViewSet):
    """What road maps, indicators and measures share."""

    index_view_class = RecordIndexView
    add_view_class = RecordCreateView
    edit_view_class = RecordEditView
    workflow_action_view_class = SnippetWorkflowActionView
    copy_view_enabled = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Records with what their rows show, and with what the buttons of a row ask."""
        same = self.model.objects.filter(translation_key=OuterRef("translation_key")).order_by()
        languages = same.values("translation_key").annotate(n=Count("pk")).values("n")
        sources = TranslationSource.objects.filter(
            object_id=OuterRef("translation_key"),
            locale=OuterRef("locale"),
            specific_content_type=ContentType.objects.get_for_model(self.model),
            translations__enabled=True,
        )
        records = self.model.objects.select_related("locale").annotate(
            languages=Subquery(languages), translation_source=Subquery(sources.values("pk")[:1])
        )
        return records if self.model is RoadMap else records.select_related("road_map")


class RoadMapViewSet(StructuredViewSet):
    """Road maps."""

    model = RoadMap
    icon = "clipboard-list"
    list_display = [
        "title",
        Column("period", label=_("Plan period")),
        PublicationColumn(),
        UpdatedAtColumn(),
    ]
    ordering = ["-start_year"]
    list_export = ["title", "slug", "start_year", "end_year", "basis", "goal", "live"]
    export_filename = "dorozhnye-karty"


class IndicatorViewSet(StructuredViewSet):
    """Indicators with their years, and the page where facts are confirmed."""

    model = Indicator
    edit_view_class = IndicatorEditView
    icon = "order"
    list_display = [
        Column("number", label="№", sort_key="number"),
        "list_title",
        Column("facts_words", label=_("Last fact")),
        Column("road_map.period", label=_("Plan period")),
        PublicationColumn(),
        UpdatedAtColumn(),
    ]
    ordering = ["road_map", "number"]
    filterset_class = IndicatorFilterSet
    list_export = ["number", "name", "unit", "road_map.period", "facts_words", "method", "live"]
    export_headings = {"road_map.period": _("Plan period"), "facts_words": _("Last fact")}
    export_filename = "pokazateli"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("years")

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view(ConfirmFactsView)
        return [*super().get_urlpatterns(), path("confirm/<int:pk>/", view, name="confirm")]


class MeasureViewSet(StructuredViewSet):
    """Measures."""

    model = Measure
    icon = "tasks"
    list_display = [
        Column("number", label="№", sort_key="order"),
        "list_title",
        Column("end", label=_("Ends"), sort_key="end"),
        Column("get_status_display", label=_("Status"), sort_key="status"),
        StatusTagColumn(
            "overdue",
            label=_("End date"),
            accessor=lambda measure: str(_("Overdue")) if measure.is_overdue() else "",
            primary=True,
        ),
        Column("road_map.period", label=_("Plan period")),
        PublicationColumn(),
    ]
    ordering = ["road_map", "order"]
    filterset_class = MeasureFilterSet
    list_export = [
        *("number", "title", "start", "end", "responsible_words", "planned_result"),
        *("get_status_display", "status_comment", "is_overdue", "road_map.period", "live"),
    ]
    export_headings = {
        "responsible_words": _("Responsible"),
        "get_status_display": _("Status"),
        "is_overdue": _("Overdue"),
        "road_map.period": _("Plan period"),
    }
    export_filename = "mery"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("responsible")


class RoadMapGroup(SnippetViewSetGroup):
    """All of them in one submenu."""

    items = (MeasureViewSet, IndicatorViewSet, RoadMapViewSet)
    menu_label = _("Road map")
    menu_icon = "clipboard-list"
    menu_name = "road-map"
    menu_order = 300
