"""The queue of methodists, and what they do with many practices at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import ListView, View

from core.cabinet import CabinetMixin
from core.chrome import Link
from people.views.lists import PagedMixin
from practices.models import PracticeCase
from practices.permissions import user_checks_practices, user_sees_reviews
from practices.queries.queue import QueueState, counts, mark_ages, queue, with_people
from practices.review_forms import QueueForm
from practices.services.review_queue import remind, take_over

ROOM = gettext_lazy("Review of practices")


class ReviewMixin(CabinetMixin):
    """A screen of the review: for methodists and coordinators."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not user_sees_reviews(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_trail(self) -> list[Link]:
        return [Link(str(ROOM), reverse("practice_queue"))]


class QueueView(PagedMixin, ReviewMixin, ListView):
    """One list of everything that is in review, what is due first first."""

    title = ROOM
    template_name = "practices/review/queue.html"
    request: HttpRequest

    def get_trail(self) -> list[Link]:
        return []

    def get_queryset(self) -> QuerySet[PracticeCase]:
        user: Any = self.request.user
        self.form = QueueForm(self.request.GET)
        return with_people(queue(chosen=self.form.chosen, user=user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        context = super().get_context_data(**kwargs)
        mark_ages(context["page_obj"].object_list)
        chosen = {name: value for name, value in self.form.chosen.items() if value}
        found = counts(user)
        return context | {
            "form": self.form,
            "narrowed": bool(chosen),
            "own_url": reverse("practice_queue"),
            "query": self.request.GET.urlencode(),
            "acts": user_checks_practices(user),
            "tabs": _tabs(chosen, found.states, found.open),
            "counts": found,
        }


class QueueActView(ReviewMixin, View):
    """The buttons below the list: take over, remind."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        if not user_checks_practices(user):
            raise PermissionDenied
        chosen = [n for n in map(posted_number, request.POST.getlist("practice")) if n]
        if not chosen:
            messages.info(request, _("Choose practices first."))
        elif request.POST.get("action") == "remind":
            done = remind(practices=chosen, user=user)
            words = ngettext("Reminded of %(n)s practice.", "Reminded of %(n)s practices.", done)
            messages.success(request, words % {"n": done})
        else:
            done = take_over(practices=chosen, user=user)
            words = ngettext(
                "You look after %(n)s practice more.", "You look after %(n)s practices more.", done
            )
            messages.success(request, words % {"n": done})
        if len(chosen) == 1 and request.POST.get("back") == "case":
            return redirect("practice_case", pk=chosen[0])
        query = request.POST.get("query", "")
        return redirect(f"{reverse('practice_queue')}?{query}" if query else "practice_queue")


def posted_number(words: str | None) -> int:
    """The number of a record as a form sends it; 0 for nonsense."""
    return int(words) if words and words.isdecimal() and len(words) < 10 else 0


def _tabs(chosen: dict[str, Any], states: Any, open_: int) -> list[dict[str, Any]]:
    """The parts of the queue with their counts; what else is chosen stays."""
    kept = {name: value for name, value in chosen.items() if name != "state"}
    now = chosen.get("state", "")
    parts = [("", _("Open"), open_)]
    parts += [(state, str(QueueState(state).label), states[state]) for state in QueueState.values]
    address = reverse("practice_queue")
    return [
        {
            "url": f"{address}?{urlencode({**kept, 'state': state})}",
            "title": title,
            "count": count,
            "active": state == now,
        }
        for state, title, count in parts
    ]
