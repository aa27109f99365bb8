"""Dismissal and the move to another organisation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from people.forms.staff_moves import LeaveForm, MoveForm
from people.models import StaffPosition
from people.permissions import organisations_kept_by
from people.queries.roles import roles_left_at
from people.services.staff_moves import leave, move
from people.views.staff_edit import EditableMixin


class LeaveView(EditableMixin, FormView):
    """The person no longer works here from a day on."""

    title = gettext_lazy("Dismissal")
    template_name = "people/staff/leave.html"
    form_class: type[LeaveForm] = LeaveForm
    request: HttpRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        today = timezone.localdate()
        own = organisations_kept_by(self.request.user).order_by().values("pk")
        held = StaffPosition.objects.held_on(today).filter(record=self.record, organisation__in=own)
        return super().get_form_kwargs() | {"positions": held.select_related("organisation")}

    def form_valid(self, form: LeaveForm) -> HttpResponse:
        assert self.record is not None
        numbers = [item.pk for item in form.cleaned_data["positions"]]
        try:
            self.carry_out(form, numbers)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, str(self.done))
        for role in roles_left_at(self.record, numbers):
            messages.warning(
                self.request,
                _(
                    "This person has a role on the portal that is not over: %(role)s. It is "
                    "ended under “Invitations”, “Roles in organisations”, by the head or an "
                    "administrator."
                )
                % {"role": role},
            )
        return self.to_card(self.record)

    done: Any = gettext_lazy("The dismissal is written down.")

    def carry_out(self, form: LeaveForm, numbers: list[int]) -> None:
        """Ask the service."""
        user: Any = self.request.user
        assert self.record is not None
        leave(
            record=self.record,
            positions=numbers,
            last_day=form.cleaned_data["last_day"],
            user=user,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, button=self.button, **kwargs)

    button: Any = gettext_lazy("Write down the dismissal")


class MoveView(LeaveView):
    """The person goes to another organisation of those that the user keeps."""

    title = gettext_lazy("Move to another organisation")
    form_class = MoveForm
    done = gettext_lazy("The move is written down.")
    button = gettext_lazy("Write down the move")

    def get_form_kwargs(self) -> dict[str, Any]:
        kept = organisations_kept_by(self.request.user)
        return super().get_form_kwargs() | {"organisations": kept.open_on(timezone.localdate())}

    def carry_out(self, form: LeaveForm, numbers: list[int]) -> None:
        user: Any = self.request.user
        assert self.record is not None
        move(
            record=self.record,
            positions=numbers,
            last_day=form.cleaned_data["last_day"],
            organisation=form.cleaned_data["organisation"],
            title=form.cleaned_data["title"],
            user=user,
        )
