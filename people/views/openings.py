"""Who opened whose card: all of it for the administrator, one's own for everybody."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from core.cabinet import CabinetMixin
from core.chrome import Link
from people.forms.rights import OpeningsForm
from people.models import CardOpening
from people.permissions import user_reads_openings
from people.queries.openings import offices_of, openings_found, own_openings, place_words
from people.views.lists import PagedMixin


class OpeningsView(PagedMixin, CabinetMixin, ListView):
    """The log, newest first, by person, viewer and period."""

    title = gettext_lazy("Who opened personal cards")
    template_name = "people/rights/openings.html"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not user_reads_openings(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[CardOpening]:
        self.form = OpeningsForm(self.request.GET)
        self.form.full_clean()
        return openings_found(self.form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        query = self.request.GET.copy()
        query.pop("page", None)
        titles = (_("When"), _("Whose card"), _("Who opened"), _("Where"))
        return context | {
            "form": self.form,
            "query": query.urlencode(),
            "narrowed": any(self.request.GET.get(name) for name in self.form.fields),
            "columns": [{"title": title} for title in titles],
            "rows": [
                [_moment(item), str(item.record), str(item.viewer or ""), place_words(item.place)]
                for item in context["page_obj"]
            ],
        }


class OwnOpeningsView(PagedMixin, CabinetMixin, ListView):
    """«Кто открывал мою карточку»: offices, not names (152-FZ, article 14, part 7)."""

    title = gettext_lazy("Who opened my card")
    template_name = "people/rights/openings.html"
    request: HttpRequest

    def get_trail(self) -> list[Link]:
        return [Link(_("My data"), reverse("my_data"))]

    def get_queryset(self) -> QuerySet[CardOpening]:
        user: Any = self.request.user
        return own_openings(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = list(context["page_obj"])
        centre = _("the centre")
        offices = offices_of(item.viewer_id for item in page)
        return context | {
            "columns": [{"title": title} for title in (_("When"), _("Who opened"), _("Where"))],
            "rows": [
                [
                    _moment(item),
                    offices.get(item.viewer_id, centre),
                    place_words(item.place),
                ]
                for item in page
            ],
        }


def _moment(item: CardOpening) -> str:
    return f"{timezone.localtime(item.opened_at):%d.%m.%Y %H:%M}"
