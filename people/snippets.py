"""The menu «Организации» of the admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.viewsets import ListViewSet
from people.enums import OrganisationKind, StatusKind
from people.models import Organisation, OrganisationStatus, Subject


class OrganisationFilterSet(WagtailFilterSet):
    """By kind, status in force, and whether the organisation still exists."""

    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=OrganisationKind.choices)
    status = django_filters.ChoiceFilter(
        label=_("Status in force"), choices=StatusKind.choices, method="with_status"
    )
    closed = django_filters.ChoiceFilter(
        label=_("Closed"), choices=[("yes", _("Only closed"))], method="only_closed"
    )

    class Meta:
        model = Organisation
        fields: list[str] = ["kind", "in_district", "small_school"]

    def with_status(self, found: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Organisations that hold the status today."""
        in_force = OrganisationStatus.objects.in_force_on(timezone.localdate())
        return found.filter(pk__in=in_force.filter(kind=value).values("organisation"))

    def only_closed(self, found: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Organisations that exist no longer."""
        return found.filter(closed_on__lte=timezone.localdate()) if value == "yes" else found


class OrganisationViewSet(SnippetViewSet):
    """Organisations with the history of their changes."""

    model = Organisation
    icon = "home"
    list_display = [
        "name",
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("village", label=_("settlement"), sort_key="village"),
        Column("status_count", label=_("Statuses")),
        UpdatedAtColumn(),
    ]
    ordering = ["name"]
    filterset_class = OrganisationFilterSet
    list_export = ["name", "full_name", "get_kind_display", "village", "address", "head_name"]
    export_headings = {"get_kind_display": _("Kind")}
    export_filename = "organizacii"
    copy_view_enabled = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Organisation.objects.annotate(status_count=Count("statuses"))


class SubjectViewSet(ListViewSet):
    """School subjects and areas of work."""

    model = Subject
    icon = "openquote"


class OrganisationsGroup(SnippetViewSetGroup):
    """Both of them in one submenu."""

    items = (OrganisationViewSet, SubjectViewSet)
    menu_label = _("Organisations")
    menu_icon = "home"
    menu_name = "organisations"
    menu_order = 450
