"""«My practices»: the list, a new draft, a version of one's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView

from core.cabinet import CabinetMixin
from core.chrome import Link
from core.permissions import page_visible_to
from people.views.lists import PagedMixin
from practices.models import PracticePage, PracticeSectionPage
from practices.queries.own import own_practices, told, with_remarks
from practices.sections import ABOUT, AUTHORS
from practices.services.drafting import adapt_practice, begin_practice

ROOM = gettext_lazy("My practices")


class OwnPracticesView(PagedMixin, CabinetMixin, ListView):
    """Everything the person has written, with what happens to it."""

    title = ROOM
    template_name = "practices/writing/list.html"

    def get_queryset(self) -> Any:
        return with_remarks(own_practices(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["practices"] = [told(practice) for practice in context["page_obj"]]
        return context


class NewPracticeView(CabinetMixin, TemplateView):
    """«Share experience»: what is asked, how long it takes, and the button."""

    title = gettext_lazy("Share experience")
    template_name = "practices/writing/new.html"
    refused: list[str]

    def get_trail(self) -> list[Link]:
        return [Link(str(ROOM), reverse("own_practices"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Said before anything is written: nothing can be begun yet.
        kwargs.setdefault("is_open", PracticeSectionPage.objects.exists())
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        try:
            practice = begin_practice(user=user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return self.render_to_response(self.get_context_data(is_open=False), status=409)
        return redirect("practice_section", practice.pk, AUTHORS.slug)


class AdaptPracticeView(CabinetMixin, TemplateView):
    """«Make a version of one's own» from a published practice."""

    title = gettext_lazy("Make a version of your own")
    template_name = "practices/writing/adapt.html"

    def get_trail(self) -> list[Link]:
        return [Link(str(ROOM), reverse("own_practices"))]

    @cached_property
    def source(self) -> PracticePage:
        """The practice to start from; only one that the person may read."""
        found = PracticePage.objects.filter(pk=self.kwargs["pk"], live=True).first()
        if found is None or not page_visible_to(found, self.request.user):
            raise Http404("There is no such practice to read.")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(source=self.source, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        try:
            practice = adapt_practice(source=self.source, user=user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("own_practices")
        return redirect("practice_section", practice.pk, ABOUT.slug)
