"""A school says once a quarter that the records of its people are true."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from people.models import Organisation
from people.queries.quarters import Quarter, quarter_states, watches_quarters
from people.services.staff import confirm_quarter
from people.views.staff import RegisterMixin


class QuarterView(RegisterMixin, TemplateView):
    """The organisations of the person, how many people each has, and what is confirmed.

    The district reads of every organisation how it stands, and confirms for none.
    """

    title = gettext_lazy("Quarterly confirmation of the register")
    template_name = "people/staff/quarter.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        allowed = user.is_authenticated and (user.organisation_role_kinds or watches_quarters(user))
        if user.is_authenticated and not allowed:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        today = timezone.localdate()
        states = quarter_states(user=user, today=today)
        return super().get_context_data(
            quarter=Quarter.of(today),
            states=states,
            watches=watches_quarters(user),
            confirmed=sum(item.confirmation is not None for item in states),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        number = request.POST.get("organisation", "")
        organisation = get_object_or_404(
            Organisation.objects.in_charge_of(user), pk=number if number.isdecimal() else 0
        )
        quarter = Quarter.of(timezone.localdate())
        if request.POST.get("quarter", quarter.code) != quarter.code:
            messages.error(request, _("Another quarter has begun meanwhile. Look again."))
            return redirect("staff_quarter")
        given = confirm_quarter(
            organisation=organisation, year=quarter.year, quarter=quarter.number, user=user
        )
        messages.success(
            request,
            _("The quarter is confirmed: %(organisation)s, people: %(people)s.")
            % {"organisation": organisation, "people": given.people},
        )
        return redirect("staff_quarter")
