"""The question after a log-in: a consent that was never asked for, or a new version of one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.chrome import Link
from people.enums import ConsentAnswerKind, ConsentKind
from people.models import ConsentText
from people.queries.consent_texts import questions_for
from people.services.consents import answer_later
from people.views.consents import ConsentView

# Versions that were put off since the log-in; the session ends with it.
PUT_OFF = "consents_put_off"
ANSWERS = {"later": ConsentAnswerKind.POSTPONED, "decline": ConsentAnswerKind.DECLINED}


class ConsentQuestionView(ConsentView):
    """One text after another; each is agreed to, declined or put off until the next log-in.

    A log-in leads here, and no other page does: whoever goes elsewhere is let go.
    """

    template_name = "people/consents/question.html"

    @cached_property
    def waiting(self) -> ConsentText | None:
        """The text that is to be put now."""
        user: Any = self.request.user
        put_off = self.request.session.get(PUT_OFF, [])
        return next((text for text in questions_for(user) if text.pk not in put_off), None)

    @cached_property
    def kind(self) -> ConsentKind:
        """The consent that the form was about; on the way here, the one that waits."""
        named = self.request.POST.get("kind", "") if self.request.method == "POST" else ""
        if named in ConsentKind.values:
            return ConsentKind(named)
        if self.waiting is None:
            raise Http404("Nothing is to be asked.")
        return ConsentKind(self.waiting.kind)

    def get_trail(self) -> list[Link]:
        return []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        nothing = request.method in ("GET", "HEAD") and request.user.is_authenticated
        if nothing and self.waiting is None:
            return redirect(self.next or reverse("cabinet"))
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = ANSWERS.get(request.POST.get("action", ""))
        if answer is None:
            return super().post(request, *args, **kwargs)
        text = self.text_that_was_read()
        answer_later(user=request.user, text=text, answer=answer)  # type: ignore[arg-type]
        if answer == ConsentAnswerKind.POSTPONED:
            request.session[PUT_OFF] = sorted({*request.session.get(PUT_OFF, []), text.pk})
        else:
            messages.info(request, _("Your answer is kept. You can change it in “Consents”."))
        return redirect(self._here())

    def way_on(self) -> str:
        """To the next text that waits; a new person goes on to the profile."""
        user: Any = self.request.user
        own = user.consents.filter(kind=ConsentKind.PROCESSING)
        came_in = self.next in ("", reverse("cabinet"))
        if came_in and self.kind == ConsentKind.PROCESSING and own.count() == 1:
            return self._here(reverse("profile"))
        return self._here()

    def _here(self, target: str = "") -> str:
        query = urlencode({"next": target or self.next or reverse("cabinet")})
        return f"{reverse('consent_question')}?{query}"
