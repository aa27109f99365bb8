"""Indicators in the cabinet: figures of the register, the people behind them, facts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView, View

from core.cabinet import CabinetMixin
from core.chrome import Link
from monitoring.models import Indicator, RoadMap
from monitoring.permissions import (
    can_confirm_facts,
    user_can_take_snapshot,
    user_sees_calculations,
)
from monitoring.queries.calculation import calculated_road_map, calculated_years, calculations
from monitoring.registries import calculators_of
from monitoring.services import confirm_fact, take_snapshot
from people.models import StaffQuerySet, StaffRecord
from people.queries.staff import with_rows
from people.services.openings import note_openings

PER_PAGE = 25
PARTS = {
    "numerator": gettext_lazy("numerator"),
    "denominator": gettext_lazy("denominator"),
}


class CalculationMixin(CabinetMixin):
    """A screen of the indicators: for those who may see what the register gives."""

    title = gettext_lazy("Indicators")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if user.is_authenticated and not user_sees_calculations(user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def road_map(self) -> RoadMap | None:
        """The plan whose indicators are counted."""
        return calculated_road_map()

    @cached_property
    def years(self) -> list[int]:
        """Years that may be looked at."""
        return calculated_years(self.road_map) if self.road_map else []


class IndicatorsView(CalculationMixin, TemplateView):
    """Every calculated indicator of one year, with ways to the other years."""

    template_name = "monitoring/cabinet/indicators.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        asked = self.request.GET.get("year", "")
        # The last year of the plan that has begun: there the figures are owed.
        owed = [year for year in self.years if self.road_map and year <= self.road_map.end_year]
        year = next(iter([*owed[-1:], *self.years[-1:]]), None)
        if asked.isdecimal() and int(asked) in self.years:
            year = int(asked)
        return super().get_context_data(
            road_map=self.road_map,
            years=self.years,
            year=year,
            calculations=calculations(self.road_map, year) if self.road_map and year else [],
            people=StaffRecord.objects.working_on(timezone.localdate()).count(),
            may_take=user_can_take_snapshot(user),
            may_confirm=can_confirm_facts(user),
            **kwargs,
        )


class OneIndicatorMixin(CalculationMixin):
    """A screen or an action of one indicator and one year."""

    kwargs: dict[str, Any]

    @cached_property
    def indicator(self) -> Indicator:
        """The indicator of the address; there is none where nothing is counted."""
        if self.road_map is None or self.kwargs["year"] not in self.years:
            raise Http404
        if self.kwargs["number"] not in calculators_of(self.road_map.slug):
            raise Http404
        return get_object_or_404(
            Indicator.objects.in_source_language().filter(live=True),
            road_map=self.road_map,
            number=self.kwargs["number"],
        )

    def get_trail(self) -> list[Link]:
        return [Link(_("Indicators"), self.year_url)]

    @property
    def year_url(self) -> str:
        """The screen of this year."""
        return f"{reverse('indicators')}?year={self.kwargs['year']}"


class IndicatorPeopleView(OneIndicatorMixin, ListView):
    """The people behind one number; each of them on the screen is written down as opened."""

    template_name = "monitoring/cabinet/people.html"
    paginate_by = PER_PAGE

    def get_title(self) -> str:
        return _("Indicator %(number)s, %(year)s: %(part)s") % {
            "number": self.indicator.number,
            "year": self.kwargs["year"],
            "part": PARTS[self.kwargs["part"]],
        }

    def get_queryset(self) -> StaffQuerySet:
        if self.kwargs["part"] not in PARTS:
            raise Http404
        indicator = self.indicator
        self.calculator = calculators_of(indicator.road_map.slug)[indicator.number]
        counted: StaffQuerySet = getattr(self.calculator, self.kwargs["part"])(self.kwargs["year"])
        return with_rows(counted.visible_to(self.request.user))

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        # A page that does not exist is the last one, as in every list of the portal.
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            indicator=self.indicator, explanation=self.calculator.explanation, **kwargs
        )
        user: Any = self.request.user
        place = f"indicator {self.indicator.number}"
        note_openings(records=context["page_obj"].object_list, viewer=user, place=place)
        return context


class TakeSnapshotView(OneIndicatorMixin, View):
    """A coordinator takes the figures of the register as the fact of the year."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, number: int, year: int) -> HttpResponse:
        user: Any = request.user
        try:
            taken = take_snapshot(indicator=self.indicator, year=year, user=user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(
                request,
                _("The figures of %(year)s are taken: %(numerator)s of %(denominator)s.")
                % {
                    "year": year,
                    "numerator": taken.numerator,
                    "denominator": taken.denominator,
                },
            )
        return redirect(self.year_url)


class ConfirmFactView(OneIndicatorMixin, View):
    """An official vouches for the published fact of the year."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, number: int, year: int) -> HttpResponse:
        user: Any = request.user
        try:
            confirm_fact(indicator=self.indicator, year=year, user=user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The fact of %(year)s is confirmed.") % {"year": year})
        return redirect(self.year_url)
