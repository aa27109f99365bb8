"""Teachers' pages as editors look after them: hidden with a reason, given back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, View

from core.cabinet import CabinetMixin
from people.forms.remarks import RemarkForm
from people.models import TeacherPage
from people.permissions import user_can_hide_page, user_watches_pages
from people.queries.teacher_pages import pages_to_watch, states_of
from people.services.teacher_pages import give_page_back, hide_page
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


class _Decision(_WatcherMixin, View, ABC):
    """A button of the list."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = get_object_or_404(TeacherPage.objects.filter(is_open=True), pk=pk)
        try:
            messages.success(request, self.decide(page))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("watched_pages")

    @abstractmethod
    def decide(self, page: TeacherPage) -> str:
        """Do what the button says; returns the words for the person."""


class HidePageView(_Decision):
    """The page must not be seen for now."""

    def decide(self, page: TeacherPage) -> str:
        user: Any = self.request.user
        length = TeacherPage._meta.get_field("hidden_reason").max_length
        form = RemarkForm(self.request.POST, max_length=length)  # type: ignore[arg-type]
        if not form.is_valid():
            raise ValidationError(form.errors["remark"].as_data())
        hide_page(page=page, reason=form.cleaned_data["remark"], user=user)
        return _("The page is hidden; its author reads the reason.")


class GivePageBackView(_Decision):
    """What was wrong is mended."""

    def decide(self, page: TeacherPage) -> str:
        user: Any = self.request.user
        give_page_back(page=page, user=user)
        return _("The page may be seen again.")
