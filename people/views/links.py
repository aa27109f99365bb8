"""Accounts and records of the register: the person asks, the school decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView

from core.cabinet import CabinetMixin
from people.enums import LinkState
from people.forms.links import AskLinkForm
from people.forms.remarks import RemarkForm
from people.models import StaffLink, StaffRecord
from people.permissions import user_keeps_staff
from people.queries.links import last_link, links_kept_by, links_waiting_for, with_candidates
from people.services.links import ask_link, confirm_link, refuse_link, unlink, withdraw_link
from people.services.openings import note_openings
from people.views.consents import ProcessingConsentMixin
from people.views.decisions import DecisionView
from people.views.lists import PagedMixin
from people.views.staff import RegisterMixin
from people.views.staff_edit import EditableMixin


class OwnLinkView(ProcessingConsentMixin, CabinetMixin, FormView):
    """«I am in the register»: the request of the person and what has become of it."""

    title = gettext_lazy("I am in the register")
    template_name = "people/links/own.html"
    form_class = AskLinkForm
    request: HttpRequest

    @cached_property
    def record(self) -> StaffRecord | None:
        """The record of the person, once the school has linked it."""
        user: Any = self.request.user
        return StaffRecord.objects.filter(user=user).first()

    @cached_property
    def link(self) -> StaffLink | None:
        """The latest request of the person."""
        user: Any = self.request.user
        return last_link(user)

    def get_initial(self) -> dict[str, Any]:
        user: Any = self.request.user
        names = ("last_name", "first_name", "patronymic")
        before = self.link or user
        initial = {name: getattr(before, name) for name in names}
        if self.link is not None:
            initial |= {
                "organisation": self.link.organisation_id,
                "birth_date": self.link.birth_date,
            }
        return initial

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waits = self.link is not None and self.link.state == LinkState.REQUESTED
        return super().get_context_data(
            record=self.record, link=self.link, waits=waits and self.record is None, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") == "withdraw":
            return self._withdraw()
        return super().post(request, *args, **kwargs)

    def _withdraw(self) -> HttpResponse:
        try:
            if self.link is not None:
                withdraw_link(link=self.link, user=self.request.user)  # type: ignore[arg-type]
                messages.success(self.request, _("Your request is withdrawn."))
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        return redirect("staff_link")

    def form_valid(self, form: AskLinkForm) -> HttpResponse:
        try:
            ask_link(user=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as error:
            # Linked or asked already: the page says how it stands.
            messages.info(self.request, " ".join(error.messages))
        else:
            messages.success(self.request, _("Your request has gone to the organisation."))
        return redirect("staff_link")


class KeeperMixin(RegisterMixin):
    """Closed to those who keep nobody's records."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not user_keeps_staff(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UnlinkView(EditableMixin, FormView):
    """The account of a record is somebody else's."""

    title = gettext_lazy("Unlink the account")
    template_name = "people/links/unlink.html"
    form_class = RemarkForm
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        unlinked = self.record is not None and self.record.user_id is None
        # There is no account, or the second click of two: the card says so.
        return redirect("staff_card", pk=kwargs["pk"]) if unlinked else answer

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "max_length": StaffLink._meta.get_field("remark").max_length
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, **kwargs)

    def form_valid(self, form: RemarkForm) -> HttpResponse:
        assert self.record is not None
        user: Any = self.request.user
        try:
            unlink(record=self.record, remark=form.cleaned_data["remark"], user=user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The account is unlinked."))
        return redirect("staff_card", pk=self.record.pk)


class LinksView(PagedMixin, KeeperMixin, ListView):
    """The requests that wait, each with the records it may mean."""

    title = gettext_lazy("Requests for a link with the register")
    template_name = "people/links/queue.html"
    request: HttpRequest

    def get_queryset(self) -> Any:
        user: Any = self.request.user
        return links_waiting_for(user).select_related("organisation", "user")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        requests = with_candidates(context["page_obj"])
        shown = {item.record.pk: item.record for one in requests for item in one.candidates}
        viewer: Any = self.request.user
        note_openings(records=shown.values(), viewer=viewer, place="links")
        return {**context, "requests": requests}


class _Decision(KeeperMixin, DecisionView):
    """A button of the list of requests."""

    queue = LinksView
    queue_name = "staff_links"

    def get_things(self) -> QuerySet[StaffLink]:
        user: Any = self.request.user
        return links_kept_by(user)


class ConfirmLinkView(_Decision):
    """This record is that person."""

    def decide(self, thing: StaffLink) -> str:
        user: Any = self.request.user
        number = self.request.POST.get("record", "")
        if not number:
            raise ValidationError(_("Choose the record."))
        if not number.isdecimal() or len(number) > 18:
            number = "0"
        record = get_object_or_404(StaffRecord.objects.visible_to(user), pk=int(number))
        confirm_link(link=thing, record=record, user=user)
        return _("Linked: %(name)s.") % {"name": record.full_name}


class RefuseLinkView(_Decision):
    """The organisation does not know the person."""

    def decide(self, thing: StaffLink) -> str:
        user: Any = self.request.user
        refuse_link(link=thing, remark=self.remark(thing), user=user)
        return _("The request is refused.")
