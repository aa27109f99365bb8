"""«Мои данные»: what the portal holds of the person, and the request to erase it."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView, TemplateView, View

from core.cabinet import CabinetMixin
from core.chrome import Link
from core.rights import current_mentions
from people.enums import RequestState
from people.forms.rights import AskErasureForm
from people.models import CorrectionRequest, DataArchive, ErasureRequest, StaffRecord
from people.permissions import user_can_manage_account
from people.queries.rights import (
    certificate_of,
    erasures_closed,
    erasures_waiting,
    subject_of,
    user_decides_erasure,
    what_happens,
)
from people.services.data_copies import ask_copy
from people.services.erasure import (
    ask_erasure,
    confirm_erasure,
    refuse_erasure,
    withdraw_erasure,
)
from people.views.lists import PagedMixin

ROOM = gettext_lazy("My data")
MENTIONS = 20


class ProofMixin:
    """Opens to whoever has just given the password or the second factor: a session may be stolen.

    It stands after the mixins that ask for rights: a refusal asks for no password.
    """

    @method_decorator(reauthentication_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class MyDataView(CabinetMixin, TemplateView):
    """Every kind of data with its number of rows, and what one may ask."""

    title = ROOM
    template_name = "people/rights/my_data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        fates = what_happens(subject_of(user))
        return super().get_context_data(
            held=[item for items in fates.values() for item in items],
            card=StaffRecord.objects.filter(user=user).values_list("pk", flat=True).first(),
            copy=DataArchive.objects.filter(user=user).select_related("file").first(),
            erasure=ErasureRequest.objects.filter(user=user).order_by("-pk").first(),
            corrections=CorrectionRequest.objects.waiting().filter(user=user).count(),
            **kwargs,
        )


class AskErasureView(CabinetMixin, ProofMixin, FormView):
    """What would be erased and what not, said before; asked for only by who proves to be it."""

    title = gettext_lazy("Erase my data")
    template_name = "people/rights/ask_erasure.html"
    form_class = AskErasureForm

    def get_trail(self) -> list[Link]:
        return [Link(str(ROOM), reverse("my_data"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(fates=what_happens(subject_of(user)), **kwargs)

    def form_valid(self, form: AskErasureForm) -> HttpResponse:
        user: Any = self.request.user
        try:
            ask_erasure(user=user, text=form.cleaned_data["text"])
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Your request has gone to the administrator."))
        return redirect("my_data")


class AskCopyView(CabinetMixin, ProofMixin, View):
    """A copy of everything; it is made beside the requests and comes with a notice."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("my_data")

    def post(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        ask_copy(user=user)
        messages.success(request, _("The copy is being made. A notice will tell when it is ready."))
        return redirect("my_data")


class WithdrawErasureView(CabinetMixin, View):
    """The person has thought better of it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        asked = ErasureRequest.objects.filter(user=user).order_by("-pk").first()
        try:
            if asked is not None:
                withdraw_erasure(request=asked, user=user)
                messages.success(request, _("Your request is withdrawn."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("my_data")


class DecisionMixin(CabinetMixin):
    """For administrators."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not user_decides_erasure(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_trail(self) -> list[Link]:
        return [Link(_("Requests for erasure"), reverse("erasures"))]


class ErasuresView(PagedMixin, DecisionMixin, ListView):
    """Requests that wait, the oldest first; or those that are decided, the newest first."""

    title = gettext_lazy("Requests for erasure")
    template_name = "people/rights/erasures.html"

    def get_trail(self) -> list[Link]:
        return []

    @property
    def closed(self) -> bool:
        """Whether what is decided is asked for."""
        return "closed" in self.request.GET

    def get_queryset(self) -> Any:
        return erasures_closed() if self.closed else erasures_waiting()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(closed=self.closed, **kwargs)


class ErasureView(DecisionMixin, ProofMixin, TemplateView):
    """One request: what will happen, which pages name the person, and the two buttons."""

    template_name = "people/rights/erasure.html"
    remark = ""
    failed: int | None = None

    def get_title(self) -> str:
        name = self.asked.user or self.asked.record or _("Invited person, address erased")
        if self.asked.state == RequestState.DONE:
            return _("Erasure: %(name)s") % {"name": name}
        return _("Erase: %(name)s") % {"name": name}

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.errors: list[str] = []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and user_decides_erasure(request.user):
            found = ErasureRequest.objects.select_related("user", "record", "decided_by")
            self.asked = get_object_or_404(found, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            asked=self.asked,
            errors=self.errors,
            failed=self.failed,
            remark=self.remark,
            **(self._to_decide() if self.asked.state == RequestState.WAITING else {}),
            certificate=certificate_of(self.asked),
            **kwargs,
        )

    def _to_decide(self) -> dict[str, Any]:
        user: Any = self.request.user
        account = self.asked.user
        # Whoever has no account does not wait: the letter is answered at once.
        assert account is not None
        subject = subject_of(account)
        return {
            "waits": True,
            "may_decide": account.pk != user.pk and user_can_manage_account(user, account),
            "fates": what_happens(subject),
            "mentions": current_mentions(subject, limit=MENTIONS),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        try:
            if request.POST.get("action") == "confirm":
                account = confirm_erasure(request=self.asked, user=user)
                messages.success(
                    request, _("Erased. What stays is called “%(name)s”.") % {"name": account}
                )
            else:
                self.remark = request.POST.get("remark", "")[:500]
                refuse_erasure(request=self.asked, remark=self.remark, user=user)
                messages.success(request, _("Refused; the person reads the reason."))
        except ValidationError as error:
            self.errors = error.messages
            self.asked.refresh_from_db()
            refused = request.POST.get("action") != "confirm"
            self.failed = (
                self.asked.pk if refused and self.asked.state == RequestState.WAITING else None
            )
            return self.render_to_response(self.get_context_data())
        return redirect("erasures")
