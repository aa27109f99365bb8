"""Requests for correction that wait for who keeps the records, and the decision on one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView

from core.chrome import Link
from people.forms.remarks import RemarkForm
from people.models import CorrectionRequest
from people.permissions import user_can_decide_correction
from people.queries.corrections import (
    asked_differences,
    corrections_waiting_for,
    is_open,
    stands_otherwise,
)
from people.services.corrections import accept_correction, refuse_correction
from people.services.openings import note_openings
from people.views.links import KeeperMixin
from people.views.lists import PagedMixin

QUEUE = gettext_lazy("Requests for correction")
REMARK_LENGTH = 500


class CorrectionsView(PagedMixin, KeeperMixin, ListView):
    """The requests that wait, the most urgent first."""

    title = QUEUE
    template_name = "people/corrections/queue.html"
    request: HttpRequest

    def get_queryset(self) -> Any:
        user: Any = self.request.user
        return corrections_waiting_for(user)


class CorrectionView(KeeperMixin, TemplateView):
    """One request: what stood, what is right, what proves it; and the two buttons."""

    template_name = "people/corrections/decide.html"
    asked: CorrectionRequest
    remark = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.errors: list[str] = []
        self.failed: int | None = None
        user: Any = request.user
        if user.is_authenticated:
            found = CorrectionRequest.objects.visible_to(user).select_related(
                "record__latest_revision", "training", "consent", "proof", "decided_by"
            )
            self.asked = get_object_or_404(found, pk=kwargs["pk"])
            if not user_can_decide_correction(user, self.asked):
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        return _("Correct: %(title)s") % {"title": self.asked.title}

    def get_trail(self) -> list[Link]:
        return [*super().get_trail(), Link(str(QUEUE), reverse("corrections"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        note_openings(records=[self.asked.record], viewer=user, place="correction")
        return super().get_context_data(
            asked=self.asked,
            waits=is_open(self.asked),
            differences=asked_differences(self.asked),
            otherwise=is_open(self.asked) and stands_otherwise(self.asked),
            errors=self.errors,
            failed=self.failed,
            typed=self.remark,
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        refuses = request.POST.get("action") != "accept"
        self.remark = request.POST.get("remark", "")
        try:
            self._decide(refuses)
        except ValidationError as error:
            self.errors = error.messages
            self.asked.refresh_from_db()
            self.failed = pk if refuses and is_open(self.asked) else None
            return self.render_to_response(self.get_context_data())
        return redirect("corrections")

    def _decide(self, refuses: bool) -> None:
        user: Any = self.request.user
        form = RemarkForm(self.request.POST, max_length=REMARK_LENGTH)
        if not form.is_valid():
            raise ValidationError({"remark": form.errors["remark"].as_data()})
        remark = form.cleaned_data["remark"]
        if refuses:
            refuse_correction(request=self.asked, remark=remark, user=user)
            messages.success(self.request, _("Refused; the person reads the reason."))
            return
        seen = self.request.POST.get("revision", "")
        opened = int(seen) if seen.isdecimal() and len(seen) < 18 else None
        accept_correction(request=self.asked, user=user, opened_revision=opened, remark=remark)
        messages.success(self.request, _("Corrected; the person hears of it."))
