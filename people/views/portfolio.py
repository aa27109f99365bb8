"""The portfolio of the person who is signed in, as PDF: private, chosen part by part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from core.chrome import Link
from core.office import attachment
from core.pdf import make_pdf
from people.queries.portfolio import PortfolioPart, portfolio
from people.views.consents import ProcessingConsentMixin
from people.views.own_page import ROOM
from people.views.training import WithRecordMixin


class PortfolioForm(forms.Form):
    """What goes into the file."""

    parts = forms.MultipleChoiceField(
        label=gettext_lazy("What to take into the portfolio"),
        choices=PortfolioPart.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=PortfolioPart.values,
        error_messages={"required": gettext_lazy("Choose one part at least.")},
        help_text=gettext_lazy("The file is for you alone; the portal keeps no copy of it."),
    )


class PortfolioView(ProcessingConsentMixin, WithRecordMixin, FormView):
    """The choice, and the file."""

    title = gettext_lazy("Portfolio")
    template_name = "people/own_page/portfolio.html"
    form_class = PortfolioForm

    def get_trail(self) -> list[Link]:
        return [Link(str(ROOM), reverse("own_page"))]

    def form_valid(self, form: PortfolioForm) -> HttpResponse:
        user: Any = self.request.user
        data = portfolio(user=user, record=self.record, parts=form.cleaned_data["parts"])
        return attachment(make_pdf("portfolio", data), name=_("Portfolio"), kind="pdf")
