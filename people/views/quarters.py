"""A school says once a quarter that the records of its people are true."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView

from people.models import Organisation, OrganisationQuerySet
from people.permissions import user_sees_quarters
from people.queries.quarters import Quarter, confirmed_count, owing, quarter_states, two_quarters
from people.services.staff import confirm_quarter
from people.views.lists import PagedMixin
from people.views.staff import RegisterMixin


class QuarterView(RegisterMixin, TemplateView):
    """The organisations of the person, how many people each has, and what is confirmed."""

    title = gettext_lazy("Quarterly confirmation of the register")
    template_name = "people/staff/quarter.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if user.is_authenticated and not user.organisation_role_kinds:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        today = timezone.localdate()
        return super().get_context_data(
            quarter=Quarter.of(today),
            states=quarter_states(user=user, today=today),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        number = request.POST.get("organisation", "")
        organisation = get_object_or_404(
            Organisation.objects.in_charge_of(user), pk=number if number.isdecimal() else 0
        )
        # What the person has seen counts, however long the form has been open.
        seen = Quarter.read(request.POST.get("quarter", "")) or Quarter(0, 0)
        try:
            given = confirm_quarter(
                organisation=organisation, year=seen.year, quarter=seen.number, user=user
            )
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("staff_quarter")
        messages.success(
            request,
            _("The quarter is confirmed: %(organisation)s, people: %(people)s.")
            % {"organisation": organisation, "people": given.people},
        )
        return redirect("staff_quarter")


class QuartersView(PagedMixin, RegisterMixin, ListView):
    """For the district: which schools have confirmed the quarter that runs, and the one before."""

    title = gettext_lazy("Quarterly confirmation by the schools")
    template_name = "people/staff/quarters.html"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not user_sees_quarters(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> OrganisationQuerySet:
        return owing(timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        today = timezone.localdate()
        running = Quarter.of(today)
        return context | {
            "rows": two_quarters(context["page_obj"].object_list, today=today),
            "quarters": [
                (quarter, confirmed_count(quarter, today=today))
                for quarter in (running, running.before)
            ],
        }
