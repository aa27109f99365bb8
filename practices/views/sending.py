"""The last section: what is missing, how it will look, sent, taken back, taken off the site."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from core.chrome import Link
from core.enums import PreviewMode
from practices.enums import Standing
from practices.models import ReviewRules
from practices.queries.versions import newest_version
from practices.sections import CHECK
from practices.services.submission import IncompleteError, submit_practice
from practices.services.withdrawal import take_back, take_off_site
from practices.services.writing import public_title
from practices.views.frame import OwnPracticeMixin


class OwnPracticeView(OwnPracticeMixin, View):
    """The short address of a practice: where the author goes on."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        section = CHECK
        standing = self.own.standing
        if self.remarks and not self.own.is_with_the_centre:
            section = next(
                (part.section for part in self._parts([]) if part.state == "returned"), CHECK
            )
        elif standing in (Standing.DRAFT, Standing.WITHDRAWN):
            section = next((gap.section for gap in self.get_gaps()), CHECK)
        return redirect("practice_section", self.practice.pk, section.slug)


class CheckView(OwnPracticeMixin, TemplateView):
    """What is missing, the look of the page, and the button that sends it."""

    section = CHECK
    template_name = "practices/writing/check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by_section: dict[str, list[Any]] = {}
        days = ReviewRules.load().formal_days
        context = super().get_context_data(days=days, **kwargs)
        for gap in context["gaps"]:
            by_section.setdefault(gap.section.slug, []).append(gap)
        context["lacking"] = [
            (part, by_section[part.section.slug])
            for part in context["parts"]
            if part.section.slug in by_section
        ]
        practice = self.practice
        context["can_send"] = not self.own.is_with_the_centre and (
            not practice.live or practice.has_unpublished_changes
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        try:
            submit_practice(self.practice, user)
        except IncompleteError:
            return self.render_to_response(self.get_context_data(refused=True), status=422)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The practice is sent. You will hear what is decided."))
        return redirect("practice_section", self.practice.pk, CHECK.slug)


class PreviewView(OwnPracticeMixin, View):
    """The newest version as its page will look; for its authors alone, kept by no cache."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        version = newest_version(self.practice)
        version.title = public_title(version)
        response: HttpResponse = version.make_preview_request(request, PreviewMode.LIGHT.value)
        response.headers["X-Robots-Tag"] = "noindex"
        # The answer was made for an address of its own; what kept it private there is not enough.
        for name in ("Cache-Control", "Expires"):
            response.headers.pop(name, None)
        add_never_cache_headers(response)
        return response


class _ConfirmedView(OwnPracticeMixin, TemplateView):
    """Asks first, then does it."""

    template_name = "practices/writing/confirm.html"
    question: Any
    consequence: Any
    button: Any

    def get_title(self) -> str:
        return str(self.question)

    def get_trail(self) -> list[Link]:
        here = reverse("practice_section", args=[self.practice.pk, CHECK.slug])
        return [*super().get_trail(), Link(public_title(self.version), here)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            consequence=self.consequence,
            button=self.button,
            name=public_title(self.version),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.do(request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("practice_section", self.practice.pk, CHECK.slug)

    def do(self, user: Any) -> None:
        """What was asked for."""
        raise NotImplementedError


class TakeBackView(_ConfirmedView):
    """Out of the review."""

    question = gettext_lazy("Take the practice back?")
    consequence = gettext_lazy(
        "The review stops, and what the reviewers have done so far does not count. You can change "
        "the text and send it again. What is published already stays on the site."
    )
    button = gettext_lazy("Take back")

    def do(self, user: Any) -> None:
        case = take_back(practice=self.practice, user=user)
        if case.standing in (Standing.WITHDRAWN, Standing.PUBLISHED):
            messages.success(self.request, _("The practice is with you again."))


class TakeOffSiteView(_ConfirmedView):
    """Off the site."""

    question = gettext_lazy("Take the practice off the site?")
    consequence = gettext_lazy(
        "Nobody will see it from this moment on: neither the page nor its files. It comes back "
        "only after a new review."
    )
    button = gettext_lazy("Take off the site")

    def do(self, user: Any) -> None:
        take_off_site(practice=self.practice, user=user)
        messages.success(self.request, _("The practice is no longer on the site."))
