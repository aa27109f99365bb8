"""Invitations: the room of those who invite, and the page behind the link."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume, respond_429
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView, View

from core.cabinet import CabinetMixin
from core.chrome import Link
from people.forms.invitations import InvitationForm
from people.models import Invitation, User
from people.permissions import user_can_invite_somebody
from people.queries.rights import user_decides_erasure
from people.services import invitations as services

ROOM = gettext_lazy("Invitations")
# The token of the invitation that is being answered by a registration, in the session.
TOKEN_KEY = "invitation"  # noqa: S105 - a name


class ForInviters(CabinetMixin):
    """Closed to those who have nothing to hand out."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not user_can_invite_somebody(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class InvitationsView(ForInviters, ListView):
    """Whom one has invited, and what has become of it."""

    title = ROOM
    template_name = "people/invitations/list.html"
    paginate_by = 25

    def get_queryset(self) -> Any:
        found = Invitation.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return found.select_related("group", "organisation", "accepted_by", "invited_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(may_erase=user_decides_erasure(user), **kwargs)


class InviteView(ForInviters, FormView):
    """A new invitation."""

    title = gettext_lazy("Invite a person")
    template_name = "people/invitations/invite.html"
    form_class = InvitationForm

    def get_trail(self) -> list[Link]:
        return [Link(str(ROOM), reverse("invitations"))]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: InvitationForm) -> HttpResponse:
        try:
            invitation = services.invite(user=self.request.user, **form.arguments())  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("The invitation has been sent to %(email)s.") % {"email": invitation.email},
        )
        return redirect("invitations")


class _Action(ForInviters, View):
    """A button of the list."""

    http_method_names = ["post"]
    service: Any
    words: Any

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        visible = Invitation.objects.visible_to(request.user)  # type: ignore[arg-type]
        invitation = get_object_or_404(visible, pk=pk)
        try:
            type(self).service(invitation=invitation, user=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, self.words % {"email": invitation.email})
        return redirect("invitations")


class SendAgainView(_Action):
    """A new link instead of the old one."""

    service = staticmethod(services.send_again)
    words = gettext_lazy("A new link has been sent to %(email)s.")


class RevokeView(_Action):
    """The link stops working."""

    service = staticmethod(services.revoke)
    words = gettext_lazy("The invitation of %(email)s has been withdrawn.")


class InvitationView(View):
    """The page behind the link: it says what is offered; a button accepts."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not consume(request, action="invitation"):
            return respond_429(request)
        answer = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(answer)
        return answer

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._show(request, services.find_invitation(token))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        invitation = services.find_invitation(token)
        if invitation is None:
            return self._show(request, None)
        if request.user.is_authenticated:
            try:
                services.accept(token=token, user=request.user)  # type: ignore[arg-type]
            except ValidationError:
                return self._show(request, None)
            messages.success(request, _("You have accepted the invitation."))
            return redirect("cabinet")
        if User.objects.filter(email__iexact=invitation.email).exists():
            return redirect(f"{reverse('account_login')}?next={request.path}")
        # Whoever holds the link has the mailbox: the address needs no other confirmation.
        get_adapter().stash_verified_email(request, invitation.email)
        request.session[TOKEN_KEY] = token
        return redirect("account_signup")

    def _show(self, request: HttpRequest, invitation: Invitation | None) -> HttpResponse:
        user: Any = request.user
        foreign = (
            invitation is not None
            and user.is_authenticated
            and user.email.lower() != invitation.email
        )
        return render(
            request,
            "people/invitations/accept.html",
            {"invitation": invitation, "foreign": foreign},
            status=200 if invitation else 410,
        )
