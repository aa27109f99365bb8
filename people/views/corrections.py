"""«Исправить мои данные»: what is wrong, what is right, and what has become of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView, View

from core.cabinet import CabinetMixin
from core.chrome import Link
from people.forms.corrections import CorrectionForm
from people.models import CorrectionRequest, StaffRecord
from people.queries.corrections import (
    Target,
    asked_differences,
    card_targets,
    consent_target,
    own_corrections,
    paper_consents_of,
    target_of,
    training_target,
)
from people.queries.training import own_trainings
from people.services.corrections import ask_correction, withdraw_correction
from people.views.lists import PagedMixin
from people.views.my_data import ROOM

LIST = gettext_lazy("Corrections of my data")


class OwnCorrectionsView(PagedMixin, CabinetMixin, ListView):
    """What the person has asked for, with the answers."""

    title = LIST
    template_name = "people/corrections/own.html"
    request: HttpRequest

    def get_trail(self) -> list[Link]:
        return [Link(str(ROOM), reverse("my_data"))]

    def get_queryset(self) -> Any:
        user: Any = self.request.user
        return own_corrections(user).select_related("record", "training", "consent", "proof")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for item in context["page_obj"]:
            item.differences = asked_differences(item)
        return context


class _AskMixin(CabinetMixin):
    request: HttpRequest

    def get_trail(self) -> list[Link]:
        return [
            Link(str(ROOM), reverse("my_data")),
            Link(str(LIST), reverse("own_corrections")),
        ]


class ChooseView(PagedMixin, _AskMixin, ListView):
    """Every field of one's card, every training, every consent on paper; each leads to a form."""

    title = gettext_lazy("What is to be corrected?")
    template_name = "people/corrections/choose.html"

    @cached_property
    def record(self) -> StaffRecord | None:
        """The card of the person."""
        user: Any = self.request.user
        return StaffRecord.objects.filter(user=user).first()

    def get_queryset(self) -> Any:
        user: Any = self.request.user
        return own_trainings(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        record = self.record
        if record is None:
            return context
        # A person has a handful of papers: two kinds, the replaced ones are left out.
        papers = paper_consents_of(record)[:10]
        return context | {
            "record": record,
            "card": card_targets(record),
            "trainings": [training_target(record, item) for item in context["page_obj"]],
            "papers": [consent_target(record, item) for item in papers],
        }


class AskCorrectionView(_AskMixin, FormView):
    """The form of one field, one training or one paper."""

    template_name = "people/corrections/ask.html"
    form_class = CorrectionForm
    target: Target

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if user.is_authenticated:
            target = target_of(user, kwargs["target"])
            if target is None:
                raise Http404
            self.target = target
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        return _("Correct: %(title)s") % {"title": self.target.title}

    def get_trail(self) -> list[Link]:
        return [
            *super().get_trail(),
            Link(_("What is to be corrected?"), reverse("correction_choose")),
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        return kwargs | {"target": self.target, "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(target=self.target, **kwargs)

    def form_valid(self, form: CorrectionForm) -> HttpResponse:
        user: Any = self.request.user
        try:
            ask_correction(
                user=user,
                target=self.target,
                values=form.values,
                text=form.cleaned_data["text"],
                proof=form.cleaned_data["proof"],
            )
        except ValidationError as error:
            for name, found in error.update_error_dict({}).items():
                # What contradicts a field that is not asked about stands above the form.
                form.add_error(name if name in form.fields else None, found)  # type: ignore[arg-type]
            return self.form_invalid(form)
        messages.success(self.request, _("Your request has gone to those who keep the record."))
        return redirect("own_corrections")


class WithdrawCorrectionView(CabinetMixin, View):
    """The person has thought better of it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        asked = get_object_or_404(CorrectionRequest, pk=pk, user=user)
        try:
            withdraw_correction(request=asked, user=user)
            messages.success(request, _("Your request is withdrawn."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("own_corrections")
