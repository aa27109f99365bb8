"""Forms of the second factor: codes and passkeys."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from people.forms.entrance import Plain

# allauth remembers a used code for half a minute, but with clocks that differ it fits longer.
USED_SECONDS = 120


class _Code(Plain):
    labels = {"code": _("Code")}
    hints = {"code": _("Six digits from the app, or one of the recovery codes.")}
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": 12}

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"second-factor-used:{self.user.pk}:{code}", 1, USED_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_Code, base_forms.AuthenticateForm):
    """The code at the log-in."""


class ConfirmCodeForm(_Code, base_forms.ReauthenticateForm):
    """The code before something of weight."""


class ActivateForm(Plain, ActivateTOTPForm):
    """The first code shows that the app knows the secret."""

    labels = {"code": _("Code from the app")}
    hints = {"code": _("Six digits; they change every half a minute.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": 6}


class AddKeyForm(Plain, AddWebAuthnForm):
    """A passkey or a security key."""

    labels = {
        "name": _("Name of the key"),
        "passwordless": _("Log in with it without a password"),
    }
    hints = {"name": _("So that you know it in the list: “telephone”, “computer at school”.")}


class RenameKeyForm(Plain, EditWebAuthnForm):
    """Another name of a key."""

    labels = {"name": _("Name of the key")}
