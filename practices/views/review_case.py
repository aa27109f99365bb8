"""The page of one practice in review: the text, what stands open, what was decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.models import TaskState

from people.models import User
from practices.enums import Standing
from practices.models import ChecklistPoint, ExpertReview, PracticeCase, PracticePage
from practices.permissions import user_reviews
from practices.queries.queue import mark_ages
from practices.queries.review import (
    current_round,
    obstacles,
    people_found,
    places_in_words,
    verdict_of,
)
from practices.queries.review_history import history_of, text_of
from practices.review_enums import CouncilOutcome, DecisionKind
from practices.review_forms import CheckForm, CouncilForm, DecisionForm
from practices.services.council import decide_by_council
from practices.services.review_check import check_formally
from practices.services.review_decisions import decide
from practices.services.review_experts import ask_expert, release_expert, skip_experts
from practices.views.review_queue import ReviewMixin, posted_number

FOUND = 10


class CaseMixin(ReviewMixin):
    """One case that was sent at least once: drafts of authors are nobody's business."""

    kwargs: dict[str, Any]

    @cached_property
    def case(self) -> PracticeCase:
        """The case, with its practice and who looks after it."""
        sent = PracticeCase.objects.select_related("practice", "assigned_to").exclude(
            standing__in=[Standing.DRAFT, Standing.WITHDRAWN]
        )
        return get_object_or_404(sent, practice=self.kwargs["pk"])

    @property
    def practice(self) -> PracticePage:
        """The page as it stands in the tree."""
        return self.case.practice

    @cached_property
    def step(self) -> TaskState | None:
        """The open step."""
        state = self.practice.current_workflow_task_state
        return state if state and state.status == TaskState.STATUS_IN_PROGRESS else None

    @cached_property
    def acts(self) -> bool:
        """Whether the person decides about this practice."""
        return user_reviews(self.request.user, self.practice)  # type: ignore[arg-type]


class CaseView(CaseMixin, TemplateView):
    """The text beside what is to be decided."""

    template_name = "practices/review/case.html"

    def get_title(self) -> str:
        return self.practice.draft_title

    def get_form(self, data: Any = None) -> Any:
        """The form of the open step; None where there is nothing to decide for this person."""
        if self.step is None or not self.acts:
            return None
        start = {"step": self.step.pk, "seen": self.practice.latest_revision_id}
        if self.case.standing == Standing.SUBMITTED:
            points = list(ChecklistPoint.objects.filter(is_used=True))
            return CheckForm(data, initial=start, points=points)
        if self.case.standing == Standing.DECISION:
            proposed = verdict_of(current_round(self.practice)).proposed
            return DecisionForm(data, initial={**start, "kind": proposed})
        return CouncilForm(data, initial=start) if self.case.standing == Standing.COUNCIL else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        practice, case = self.practice, self.case
        round_ = current_round(practice)
        sheets = ExpertReview.objects.filter(practice=practice, round=round_)
        mark_ages([case])
        form = kwargs.pop("form", None) or self.get_form()
        return super().get_context_data(
            case=case,
            practice=practice,
            acts=self.acts,
            step=self.step,
            form=form,
            text=text_of(practice, practice.latest_revision),
            round=round_,
            sheets=list(sheets.select_related("expert").prefetch_related("scores__criterion")),
            verdict=verdict_of(round_),
            remarks=practice.remarks.filter(closed_at=None).select_related("made_by"),
            history=history_of(practice),
            **self._candidates(),
            **kwargs,
        )

    def _candidates(self) -> dict[str, Any]:
        """Accounts that answer the search for an expert, each with what stands against it."""
        words = self.request.GET.get("who", "").strip()[:100]
        if not words or self.case.standing != Standing.EXPERTISE or not self.acts:
            return {"who": words, "candidates": []}
        people = people_found(words, limit=FOUND)
        against, places = obstacles(self.practice, people), places_in_words(people)
        rows = [
            {"person": person, "place": places.get(person.pk), "against": against.get(person.pk)}
            for person in people
        ]
        return {"who": words, "candidates": rows}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.acts:
            raise PermissionDenied
        form = self._posted_form(request)
        if form is None:
            messages.warning(request, _("There is nothing to decide here now."))
            return redirect("practice_case", pk=self.practice.pk)
        if form.is_valid():
            try:
                self._decide(form)
            except ValidationError as error:
                if getattr(error, "code", "") in ("decided", "closed"):
                    return self._too_late(error, form)
                form.take_errors(error)
            else:
                messages.success(request, self._words())
                return redirect("practice_case", pk=self.practice.pk)
        elif type(form) is not type(self.get_form()):
            words = _("This step is not open any more. The page shows how it stands now.")
            return self._too_late(ValidationError(words), form)
        # What was typed stays; the version that is looked at now is the newest one.
        form.data = form.data.copy()
        form.data["seen"] = self.practice.latest_revision_id
        return self.render_to_response(self.get_context_data(form=form))

    def _posted_form(self, request: HttpRequest) -> Any:
        """By the form that was filled in, whatever stands open now."""
        if "kind" in request.POST:
            return DecisionForm(request.POST)
        if "outcome" in request.POST or "number" in request.POST:
            return CouncilForm(request.POST)
        if any(name.startswith(("point_", "note_")) for name in request.POST):
            points = list(ChecklistPoint.objects.filter(is_used=True))
            return CheckForm(request.POST, points=points)
        return self.get_form(request.POST)

    def _decide(self, form: Any) -> None:
        user: Any = self.request.user
        data = form.cleaned_data
        if isinstance(form, CheckForm):
            check_formally(
                practice=self.practice,
                step=data["step"],
                seen=data["seen"],
                answers=form.answers(),
                more=form.more(),
                skip_reason=data["skip_reason"],
                user=user,
            )
        elif isinstance(form, DecisionForm):
            decide(
                practice=self.practice,
                step=data["step"],
                seen=data["seen"],
                kind=DecisionKind(data["kind"]),
                reasons=data["reasons"],
                remarks=form.remarks(),
                user=user,
            )
        else:
            decide_by_council(
                practice=self.practice,
                step=data["step"],
                number=data["number"],
                date=data["date"],
                outcome=CouncilOutcome(data["outcome"]),
                reasons=data["reasons"],
                remarks=form.remarks(),
                user=user,
            )

    def _too_late(self, error: ValidationError, form: Any) -> HttpResponse:
        """Somebody was first; the words that were typed are shown once more."""
        messages.warning(self.request, " ".join(error.messages))
        typed = [
            str(value)
            for name, value in form.cleaned_data.items()
            if value and name.startswith(("note_", "text_", "reasons", "skip_reason"))
        ]
        if typed:
            words = _("Not sent: %(words)s") % {"words": "; ".join(typed)}
            messages.warning(self.request, words)
        return redirect("practice_case", pk=self.practice.pk)

    def _words(self) -> str:
        """Where the practice stands after the decision."""
        case = PracticeCase.objects.get(pk=self.case.pk)
        return _("Done. Now: %(state)s.") % {"state": case.get_standing_display()}


class ExpertsView(CaseMixin, View):
    """The buttons about experts: ask, release, go on without."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        if not self.acts:
            raise PermissionDenied
        try:
            messages.success(request, self._do(user))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            if typed := request.POST.get("reason", "").strip():
                messages.warning(request, _("Not sent: %(words)s") % {"words": typed[:1000]})
        return redirect("practice_case", pk=pk)

    def _do(self, user: Any) -> str:
        post = self.request.POST
        action, reason = post.get("action", ""), post.get("reason", "")[:1000]
        if action == "ask":
            people = User.objects.filter(is_active=True)
            expert = get_object_or_404(people, pk=posted_number(post.get("expert")))
            ask_expert(practice=self.practice, expert=expert, user=user)
            return _("Asked: %(person)s.") % {"person": expert}
        if action == "release":
            sheets = ExpertReview.objects.filter(practice=self.practice)
            sheet = get_object_or_404(sheets, pk=posted_number(post.get("sheet")))
            release_expert(sheet=sheet, reason=reason, user=user)
            return _("Released: %(person)s.") % {"person": sheet.expert or "—"}
        if action == "skip":
            step = posted_number(post.get("step"))
            skip_experts(practice=self.practice, step=step, reason=reason, user=user)
            return _("The practice goes on without experts.")
        raise ValidationError(_("There is no such choice."), code="unknown")
