"""An administrator erases somebody who has asked in a letter: of the register, or invited."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from core.chrome import Link
from core.rights import current_mentions
from people.forms.rights import EraseByLetterForm
from people.models import ErasureRequest, Invitation, StaffRecord
from people.permissions import user_can_manage_account
from people.queries.rights import (
    subject_of_address,
    subject_of_record,
    user_decides_erasure,
    what_happens,
)
from people.services.erasure_by_letter import erase_invited_by_letter, erase_record_by_letter
from people.services.openings import note_openings
from people.views.my_data import MENTIONS, DecisionMixin, ProofMixin

if TYPE_CHECKING:
    from core.rights import DataSubject


class _EraseByLetterView(DecisionMixin, ProofMixin, FormView, ABC):
    """What will become of everything, and the letter that asks for it."""

    template_name = "people/rights/by_letter.html"
    form_class = EraseByLetterForm
    thing: Any

    @abstractmethod
    def get_thing(self, pk: int) -> Any:
        """Whom the letter is about."""

    @abstractmethod
    def get_subject(self) -> DataSubject:
        """The person behind it."""

    @abstractmethod
    def carry_out(self, **letter: Any) -> ErasureRequest:
        """Ask the service; the certificate is returned."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and user_decides_erasure(request.user):
            self.thing = self.get_thing(kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        return _("Erase: %(name)s") % {"name": self.thing}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        subject = self.get_subject()
        return super().get_context_data(
            fates=what_happens(subject),
            mentions=current_mentions(subject, limit=MENTIONS),
            **kwargs,
        )

    def form_valid(self, form: EraseByLetterForm) -> HttpResponse:
        said = form.cleaned_data
        try:
            done = self.carry_out(
                ground=said["ground"],
                ground_date=said["ground_date"],
                reason=said["reason"],
                by=self.request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Erased. The certificate says what became of each kind."))
        return redirect("erasure", pk=done.pk)


class EraseRecordView(_EraseByLetterView):
    """Somebody of the register, with or without an account."""

    def get_thing(self, pk: int) -> StaffRecord:
        found = StaffRecord.objects.visible_to(self.request.user).select_related("user")
        return get_object_or_404(found, pk=pk)

    def get_trail(self) -> list[Link]:
        card = reverse("staff_card", args=[self.thing.pk])
        return [Link(_("Staff register"), reverse("staff")), Link(self.thing.full_name, card)]

    def get_subject(self) -> DataSubject:
        return subject_of_record(self.thing)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        note_openings(records=[self.thing], viewer=user, place="erasure")
        account = self.thing.user
        return super().get_context_data(
            may_decide=account is None
            or (account.pk != user.pk and user_can_manage_account(user, account)),
            **kwargs,
        )

    def carry_out(self, **letter: Any) -> ErasureRequest:
        return erase_record_by_letter(record=self.thing, **letter)


class EraseInvitedView(_EraseByLetterView):
    """Somebody who was invited and has never come."""

    def get_thing(self, pk: int) -> Invitation:
        return get_object_or_404(Invitation, pk=pk, accepted_at__isnull=True)

    def get_trail(self) -> list[Link]:
        return [Link(_("Invitations"), reverse("invitations"))]

    def get_subject(self) -> DataSubject:
        return subject_of_address(self.thing.email)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_decide=True, **kwargs)

    def carry_out(self, **letter: Any) -> ErasureRequest:
        return erase_invited_by_letter(invitation=self.thing, **letter)
