"""Teachers' pages as editors look after them: hidden with a reason, given back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from core.cabinet import CabinetMixin
from people.models import TeacherPage
from people.permissions import user_can_hide_page, user_watches_pages
from people.queries.teacher_pages import pages_to_watch, states_of
from people.services.teacher_pages import give_page_back, hide_page
from people.views.decisions import DecisionView
from people.views.lists import PagedMixin

ROOM = gettext_lazy("Pages of teachers")


class _WatcherMixin(CabinetMixin):
    """For those who look after what teachers publish."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not user_watches_pages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class WatchedPagesView(PagedMixin, _WatcherMixin, ListView):
    """Every page that is switched on, with its state."""

    title = ROOM
    template_name = "people/own_page/watched.html"
    request: HttpRequest

    def get_queryset(self) -> Any:
        return pages_to_watch()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        pages = list(context["page_obj"])
        states = states_of(pages)
        rows = [
            {
                "page": page,
                "record": page.user.staff_record,
                "state": states[page.pk],
                "may_hide": user_can_hide_page(self.request.user, page),
            }
            for page in pages
        ]
        return context | {"rows": rows}


class _Decision(_WatcherMixin, DecisionView):
    """A button of the list."""

    queue = WatchedPagesView
    queue_name = "watched_pages"
    remark_field = "hidden_reason"

    def get_things(self) -> QuerySet[TeacherPage]:
        return pages_to_watch()


class HidePageView(_Decision):
    """The page must not be seen for now."""

    def decide(self, thing: TeacherPage) -> str:
        user: Any = self.request.user
        hide_page(page=thing, reason=self.remark(thing), user=user)
        return _("The page is hidden; its author reads the reason.")


class GivePageBackView(_Decision):
    """What was wrong is mended."""

    def decide(self, thing: TeacherPage) -> str:
        user: Any = self.request.user
        give_page_back(page=thing, user=user)
        return _("The page may be seen again.")
