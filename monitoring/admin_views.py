"""Pages of the admin that the lists of Wagtail do not have."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from monitoring.models import Indicator
from monitoring.permissions import can_confirm_facts
from monitoring.services import confirm_fact


class ConfirmFactsView(WagtailAdminTemplateMixin, TemplateView):
    """The published facts of one indicator; whoever may, vouches for each with a button."""

    model = Indicator
    page_title = gettext_lazy("Confirmation of facts")
    header_icon = "check"
    template_name = "monitoring/admin/confirm_facts.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_confirm_facts(request.user):
            raise PermissionDenied
        self.object = get_object_or_404(
            Indicator.objects.in_source_language().select_related("road_map"), pk=kwargs["pk"]
        )
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        namespace = Indicator.snippet_viewset.get_url_name("list")
        edit = Indicator.snippet_viewset.get_url_name("edit")
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse(namespace), "label": _("Indicators")},
            {"url": reverse(edit, args=[self.object.pk]), "label": str(self.object)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years = self.object.years.select_related("confirmed_by", "evidence_page")
        return super().get_context_data(
            indicator=self.object, years=years if self.object.live else [], **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm the fact of one year."""
        year = request.POST.get("year", "")
        try:
            row = confirm_fact(
                indicator=self.object, year=int(year) if year.isdecimal() else 0, user=request.user
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The fact of %(year)s is confirmed.") % {"year": row.year})
        return redirect(request.path)
