"""A consent signed on paper, entered by the school with its scan; and its end by a letter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from core.chrome import Link
from people.forms.consents import LetterForm, PaperConsentForm
from people.models import Consent, StaffRecord
from people.permissions import user_can_edit_staff
from people.queries.consent_texts import texts_in_force
from people.queries.publishing import ended_by_letter
from people.services.consents import enter_paper_consent, withdraw_by_letter
from people.services.openings import note_openings
from people.views.staff import RegisterMixin


class _KeeperMixin(RegisterMixin):
    """For those who keep the record."""

    record: StaffRecord

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if user.is_authenticated:
            visible = StaffRecord.objects.visible_to(user)
            self.record = get_object_or_404(visible, pk=kwargs["pk"])
            if not user_can_edit_staff(user, self.record):
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_trail(self) -> list[Link]:
        card = Link(self.record.full_name, reverse("staff_card", args=[self.record.pk]))
        return [*super().get_trail(), card]


class PaperConsentView(_KeeperMixin, FormView):
    """The form; the service says whether the paper may be entered."""

    title = gettext_lazy("Consent signed on paper")
    template_name = "people/consents/on_paper.html"
    form_class = PaperConsentForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        note_openings(records=[self.record], viewer=user, place="consent")
        return super().get_context_data(
            record=self.record, blanks=list(texts_in_force().values()), **kwargs
        )

    def form_valid(self, form: PaperConsentForm) -> HttpResponse:
        user: Any = self.request.user
        said = form.cleaned_data
        try:
            enter_paper_consent(
                record=self.record,
                text=said["text"],
                items=said["items"],
                given_on=said["given_on"],
                scan=said["scan"],
                user=user,
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The consent is entered."))
        return redirect("staff_card", pk=self.record.pk)


class ConsentByLetterView(_KeeperMixin, FormView):
    """A person who has signed on paper takes the consent back by a letter."""

    title = gettext_lazy("Consent withdrawn by a letter")
    template_name = "people/consents/by_letter.html"
    form_class = LetterForm
    request: HttpRequest

    @cached_property
    def consents(self) -> list[Consent]:
        """What there is to be taken back."""
        user: Any = self.request.user
        return list(ended_by_letter(record=self.record, user=user))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"consents": self.consents}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        note_openings(records=[self.record], viewer=user, place="consent")
        return super().get_context_data(record=self.record, consents=self.consents, **kwargs)

    def form_valid(self, form: LetterForm) -> HttpResponse:
        user: Any = self.request.user
        said = form.cleaned_data
        try:
            withdraw_by_letter(
                record=self.record, kind=said["kind"], letter=said["letter"], user=user
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The consent is withdrawn. It no longer works anywhere."))
        return redirect("staff_card", pk=self.record.pk)
