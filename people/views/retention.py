"""Terms of keeping: how long each kind of data stays, and what the next run removes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.models import ModelLogEntry

from core.cabinet import CabinetMixin
from people.models import RetentionRules
from people.permissions import user_sees_retention
from people.services.retention import due_at_next_run


class RetentionView(CabinetMixin, TemplateView):
    """A dry run: numbers only, nothing is touched."""

    title = gettext_lazy("Terms of keeping data")
    template_name = "people/rights/retention.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not user_sees_retention(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        titles = (_("What is kept"), _("Term"), _("Will be removed at the next run"))
        runs = ModelLogEntry.objects.filter(action="people.purge_expired").order_by("-timestamp")
        settings = (RetentionRules._meta.app_label, RetentionRules._meta.model_name)
        return super().get_context_data(
            columns=[{"title": title, "number": title == titles[2]} for title in titles],
            rows=[[item.title, item.term, str(item.count)] for item in due_at_next_run()],
            last_run=runs.values_list("timestamp", flat=True).first(),
            settings_url=reverse("wagtailsettings:edit", args=settings),
            **kwargs,
        )
