"""«Вход и безопасность»: the pages of allauth as rooms of the cabinet."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account_views
from allauth.account.adapter import get_adapter
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as key_views
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.cabinet import CabinetMixin
from core.chrome import Link
from people.second_factor import lacks_second_factor

ROOM = gettext_lazy("Log-in and security")


class _Room(CabinetMixin):
    """A page of the room, one step below its first page."""

    def get_trail(self) -> list[Link]:
        return [Link(str(ROOM), reverse("mfa_index"))]


class SecurityView(_Room, mfa_views.IndexView):
    """All that protects the account, with what is missing."""

    title = ROOM

    def get_trail(self) -> list[Link]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lacks = lacks_second_factor(self.request.user)  # type: ignore[arg-type]
        closed = lacks and settings.SECOND_FACTOR == "required"
        return {**super().get_context_data(**kwargs), "lacks": lacks, "closed": closed}


class PasswordView(_Room, account_views.PasswordChangeView):
    """Change of the password."""

    title = gettext_lazy("Change of the password")


class FirstPasswordView(_Room, account_views.PasswordSetView):
    """A password for an account that has none."""

    title = gettext_lazy("A password for your account")


class EmailView(_Room, account_views.EmailView):
    """Change of the address."""

    title = gettext_lazy("Change of the e-mail")


class ActivateAppView(_Room, totp_views.ActivateTOTPView):
    """The authenticator is tied to the account."""

    title = gettext_lazy("Set up the authenticator app")


class DeactivateAppView(_Room, totp_views.DeactivateTOTPView):
    """The authenticator is untied."""

    title = gettext_lazy("Switch the authenticator app off")


class KeysView(_Room, key_views.ListWebAuthnView):
    """The passkeys of the account."""

    title = gettext_lazy("Passkeys")


class AddKeyView(_Room, key_views.AddWebAuthnView):
    """A new passkey."""

    title = gettext_lazy("Add a passkey")


class RenameKeyView(_Room, key_views.EditWebAuthnView):
    """Another name of a passkey."""

    title = gettext_lazy("Name of a passkey")


class RemoveKeyView(_Room, key_views.RemoveWebAuthnView):
    """A passkey is taken away."""

    title = gettext_lazy("Remove a passkey")


class CodesView(_Room, code_views.ViewRecoveryCodesView):
    """The recovery codes, to be printed or downloaded."""

    title = gettext_lazy("Recovery codes")


class NewCodesView(_Room, code_views.GenerateRecoveryCodesView):
    """New recovery codes instead of the old ones."""

    title = gettext_lazy("New recovery codes")


class SessionsView(_Room, ListUserSessionsView):
    """Where one is signed in; out of the others, or everywhere."""

    title = gettext_lazy("Where you are logged in")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        # This device first, then the others as they were last in use.
        context["sessions"].sort(key=lambda one: one.last_seen_at, reverse=True)
        context["sessions"].sort(key=lambda one: not one.is_current())
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        if "everywhere" in self.request.POST:
            get_adapter().logout(self.request)
            return HttpResponseRedirect(reverse("account_login"))
        return answer
