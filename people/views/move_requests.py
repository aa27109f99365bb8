"""Requests for moves: a school asks, the other one or a methodist decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView, View

from core.chrome import Link
from people.forms.move_requests import AskMoveForm, ConfirmMoveForm
from people.models import StaffMove
from people.permissions import acts_for_somebody, organisations_kept_by
from people.queries.moves import (
    moves_asked_for,
    moves_decided_by,
    moves_waiting_for,
    positions_left,
)
from people.services.move_requests import ask_move, confirm_move, refuse_move, withdraw_move
from people.services.openings import note_openings
from people.views.links import KeeperMixin
from people.views.lists import PagedMixin

ROOM = gettext_lazy("Requests for moves")
OWN_SHOWN = 10


class MovesView(PagedMixin, KeeperMixin, ListView):
    """What waits for the decision of the person, and what the own school has asked for."""

    title = ROOM
    template_name = "people/moves/list.html"
    request: HttpRequest

    def get_queryset(self) -> Any:
        user: Any = self.request.user
        return moves_waiting_for(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        asks = acts_for_somebody(user)
        return super().get_context_data(
            asks=asks, own=moves_asked_for(user)[:OWN_SHOWN] if asks else [], **kwargs
        )


class _MoveMixin(KeeperMixin):
    """A screen below the list."""

    def get_trail(self) -> list[Link]:
        return [*super().get_trail(), Link(str(ROOM), reverse("staff_moves"))]


class AskMoveView(_MoveMixin, FormView):
    """For those who act for an organisation; a methodist moves people without asking."""

    title = gettext_lazy("Ask for a move to your organisation")
    template_name = "people/moves/ask.html"
    form_class = AskMoveForm
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not acts_for_somebody(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        kept = organisations_kept_by(self.request.user).open_on(timezone.localdate())
        return super().get_form_kwargs() | {"organisations": kept}

    def form_valid(self, form: AskMoveForm) -> HttpResponse:
        user: Any = self.request.user
        try:
            ask_move(user=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Your request has gone to where the person works now."))
        return redirect("staff_moves")


class DecideMoveView(_MoveMixin, FormView):
    """One request: what ends and when, or why not."""

    title = gettext_lazy("Request for a move")
    template_name = "people/moves/move.html"
    form_class = ConfirmMoveForm
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if user.is_authenticated:
            found = moves_decided_by(user).select_related("record", "organisation", "asked_by")
            self.move = get_object_or_404(found, pk=kwargs["pk"])
            if request.method == "GET":
                note_openings(records=[self.move.record], viewer=user, place="moves")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        user: Any = self.request.user
        positions = positions_left(self.move, user)
        return super().get_form_kwargs() | {"move": self.move, "positions": positions}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(move=self.move, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") == "refuse":
            return self._refuse()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: ConfirmMoveForm) -> HttpResponse:
        user: Any = self.request.user
        numbers = [item.pk for item in form.cleaned_data.get("positions", [])]
        last_day = form.cleaned_data.get("last_day")
        stays = form.cleaned_data.get("stays", False)
        try:
            confirm_move(
                move=self.move, positions=numbers, last_day=last_day, stays=stays, user=user
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The move is written down."))
        return redirect("staff_moves")

    def _refuse(self) -> HttpResponse:
        user: Any = self.request.user
        typed = self.request.POST.get("remark", "")
        try:
            if len(typed) > (StaffMove._meta.get_field("remark").max_length or 0):
                raise ValidationError({"remark": _("The text is too long.")})
            refuse_move(move=self.move, remark=typed, user=user)
        except ValidationError as error:
            context = {"failed": self.move.pk, "typed": typed, "errors": error.messages}
            blank = self.form_class(**self._blank())
            return self.render_to_response(self.get_context_data(form=blank, **context))
        messages.success(self.request, _("The request is refused."))
        return redirect("staff_moves")

    def _blank(self) -> dict[str, Any]:
        user: Any = self.request.user
        return {"move": self.move, "positions": positions_left(self.move, user)}


class WithdrawMoveView(KeeperMixin, View):
    """The school has thought better of it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        move = get_object_or_404(moves_asked_for(user), pk=pk)
        try:
            withdraw_move(move=move, user=user)
            messages.success(request, _("Your request is withdrawn."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("staff_moves")
