"""What an expert sees: the own list and the score sheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView

from core.cabinet import CabinetMixin
from core.chrome import Link
from people.views.lists import PagedMixin
from practices.models import ExpertReview
from practices.queries.queue import own_sheets
from practices.queries.review_history import text_of
from practices.review_forms import ReasonForm, SheetForm
from practices.services.review_experts import accept_review, decline_review
from practices.services.review_scores import save_scores, submit_scores

ROOM = gettext_lazy("For my expert review")


class OwnReviewsView(PagedMixin, CabinetMixin, ListView):
    """Everything the person was asked to score."""

    title = ROOM
    template_name = "practices/review/sheets.html"
    request: HttpRequest

    def get_queryset(self) -> QuerySet[ExpertReview]:
        user: Any = self.request.user
        return own_sheets(user)


class OwnReviewView(CabinetMixin, TemplateView):
    """The sheet beside the version it is about."""

    template_name = "practices/review/sheet.html"

    def get_title(self) -> str:
        return self.sheet.practice.draft_title

    def get_trail(self) -> list[Link]:
        return [Link(str(ROOM), reverse("own_reviews"))]

    @cached_property
    def sheet(self) -> ExpertReview:
        """The sheet of this person; of others there is none."""
        user: Any = self.request.user
        found = ExpertReview.objects.of(user).select_related("practice", "revision")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheet = self.sheet
        form = kwargs.pop("form", None) or SheetForm(sheet=sheet)
        reason_form = kwargs.pop("reason_form", None) or ReasonForm()
        revision = sheet.revision or sheet.practice.latest_revision
        return super().get_context_data(
            sheet=sheet,
            form=form,
            reason_form=reason_form,
            text=text_of(sheet.practice, revision),
            changed=bool(revision and revision.pk != sheet.practice.latest_revision_id),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = request.POST.get("action", "")
        user: Any = request.user
        if action == "decline":
            return self._decline(request, user)
        if action == "accept":
            return self._accept(request, user)
        form = SheetForm(request.POST, sheet=self.sheet)
        write = submit_scores if action == "submit" else save_scores
        if form.is_valid():
            try:
                write(
                    sheet=self.sheet,
                    scores=form.scores(),
                    conclusion=form.cleaned_data["conclusion"],
                    user=user,
                )
            except ValidationError as error:
                form.take_errors(error)
            else:
                sent = action == "submit"
                messages.success(
                    request,
                    _("Thank you: your scores are handed in.") if sent else _("The draft is kept."),
                )
                return redirect("own_reviews" if sent else self.request.path)
        return self.render_to_response(self.get_context_data(form=form))

    def _accept(self, request: HttpRequest, user: Any) -> HttpResponse:
        try:
            accept_review(sheet=self.sheet, user=user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(request.path)

    def _decline(self, request: HttpRequest, user: Any) -> HttpResponse:
        form = ReasonForm(request.POST)
        if form.is_valid():
            try:
                decline_review(sheet=self.sheet, reason=form.cleaned_data["reason"], user=user)
            except ValidationError as error:
                place = "reason" if "reason" in getattr(error, "error_dict", {}) else None
                form.add_error(place, error.messages)
            else:
                messages.success(request, _("You have declined. The methodist asks another one."))
                return redirect("own_reviews")
        return self.render_to_response(self.get_context_data(reason_form=form))
