"""Notices in the cabinet: the list, what is chosen about letters, and the way out of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView, ListView, TemplateView, View

from core.cabinet import CabinetMixin
from core.chrome import Link
from core.enums import NoticePace
from core.models import Notice, NoticeSetting
from core.services.notices import (
    mark_read,
    notice_kinds_for,
    read_token,
    set_pace,
    title_of,
    unsubscribe,
)

PAGE = 25


class NoticeList(CabinetMixin, ListView):
    """All notices of the person, the newest first."""

    title = gettext_lazy("Notices")
    template_name = "cabinet/notices.html"
    context_object_name = "notices"
    paginate_by = PAGE

    def get_queryset(self) -> Any:
        return Notice.objects.filter(recipient=self.request.user.pk)


class NoticeOpen(CabinetMixin, View):
    """Leads to what a notice is about; it counts as read from then on."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        notice = get_object_or_404(Notice, pk=pk, recipient=request.user.pk)
        mark_read(user=request.user, pk=pk)  # type: ignore[arg-type]
        here = notice.url and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
        return redirect(notice.url if here else reverse("notices"))


class NoticesRead(CabinetMixin, View):
    """Marks one notice (``pk`` in the form) or all as read."""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        pk = request.POST.get("pk", "")
        if pk and not (pk.isdecimal() and len(pk) < 19):
            raise Http404("That is no number of a notice.")
        count = mark_read(user=request.user, pk=int(pk) if pk else None)  # type: ignore[arg-type]
        if count and not pk:
            words = ngettext("%(n)s notice is read.", "%(n)s notices are read.", count)
            messages.success(request, words % {"n": count})
        page = request.POST.get("page", "")
        return redirect(reverse("notices") + (f"?page={page}" if page.isdecimal() else ""))


class NoticeSettingsForm(forms.Form):
    """One choice for each kind of notices that may reach the person now."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        chosen = dict(NoticeSetting.objects.filter(user=user).values_list("kind", "pace"))
        for kind in notice_kinds_for(user):
            choices = [
                (pace.value, pace.label)
                for pace in NoticePace
                if kind.may_be_off or pace != NoticePace.NEVER
            ]
            self.fields[kind.name] = forms.ChoiceField(
                label=kind.title,
                choices=choices,
                initial=chosen.get(kind.name, NoticePace.AT_ONCE.value),
                widget=forms.RadioSelect,
                help_text=""
                if kind.may_be_off
                else _("These letters are needed and cannot be switched off."),
            )

    @transaction.atomic
    def save(self) -> None:
        """Keep what has been changed."""
        for name in self.changed_data:
            set_pace(user=self.user, kind=name, pace=self.cleaned_data[name])


class NoticeSettings(CabinetMixin, FormView):
    """How often letters of each kind come."""

    title = gettext_lazy("Settings of notices")
    template_name = "cabinet/notice_settings.html"
    form_class = NoticeSettingsForm
    success_url = reverse_lazy("notice_settings")

    def get_trail(self) -> list[Link]:
        return [Link(_("Notices"), reverse("notices"))]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: NoticeSettingsForm) -> HttpResponse:
        form.save()
        messages.success(self.request, _("Your choice is kept."))
        return super().form_valid(form)


# The signed address is the permission: programs of mail press the button without a session.
@method_decorator(csrf_exempt, name="dispatch")
class Unsubscribe(TemplateView):
    """Switches letters of one kind off without signing in; asks first when a person comes."""

    template_name = "cabinet/unsubscribe.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = read_token(kwargs["token"])
        if found is None:
            raise Http404("The portal has not made this address.")
        user_id, self.kind = found
        self.reader = get_object_or_404(get_user_model(), pk=user_id)
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        # The address is a key: other sites do not get it.
        response["Referrer-Policy"] = "no-referrer"
        return response

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            unsubscribe(user=self.reader, kind=self.kind)  # type: ignore[arg-type]
        except ValidationError as error:
            return self.render_to_response(self.get_context_data(refused=error.messages[0]))
        return self.render_to_response(self.get_context_data(done=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kind_title=title_of(self.kind), **kwargs)
