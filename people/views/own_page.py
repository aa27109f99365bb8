"""The room «Моя страница» of the cabinet: the form, the preview, the switch."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from people.forms.teacher_page import TeacherPageForm
from people.models import TeacherPage
from people.queries.teacher_pages import own_page, page_of_author
from people.services.teacher_pages import close_page, open_page, save_teacher_page
from people.views.consents import ProcessingConsentMixin
from people.views.teachers import teacher_context
from people.views.training import WithRecordMixin

ROOM = gettext_lazy("My page")


class OwnPageView(ProcessingConsentMixin, WithRecordMixin, FormView):
    """One's own page: what is written, how visitors see it, whether they do."""

    title = ROOM
    template_name = "people/own_page/index.html"
    form_class = TeacherPageForm
    request: HttpRequest

    @cached_property
    def saved(self) -> TeacherPage | None:
        """The page, once it was saved for the first time."""
        user: Any = self.request.user
        return own_page(user)

    def get_form_kwargs(self) -> dict[str, Any]:
        user: Any = self.request.user
        # A copy: what is wrong in the form does not change what stands above it.
        instance = own_page(user) or TeacherPage(user=user)
        return super().get_form_kwargs() | {
            "user": user,
            "record": self.record,
            "instance": instance,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.saved
        user: Any = self.request.user
        return super().get_context_data(
            saved=page,
            own=page_of_author(page or TeacherPage(user=user), self.record),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = request.POST.get("action", "")
        if action in ("open", "close"):
            return self._switch(action)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: TeacherPageForm) -> HttpResponse:
        user: Any = self.request.user
        if self.request.POST.get("action") == "preview":
            own = page_of_author(form.instance, self.record)
            context = teacher_context(self.request, own.shown)
            return render(self.request, "people/teachers/page.html", context)
        try:
            save_teacher_page(page=form.instance, user=user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Your page is saved."))
        return redirect("own_page")

    def _switch(self, action: str) -> HttpResponse:
        user: Any = self.request.user
        if self.saved is None:
            messages.warning(self.request, _("Save the page first."))
            return redirect("own_page")
        try:
            if action == "open":
                open_page(user=user)
                messages.success(self.request, _("Your page is open to everybody."))
            else:
                close_page(user=user)
                messages.success(self.request, _("Your page is switched off. Nobody sees it."))
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        return redirect("own_page")
