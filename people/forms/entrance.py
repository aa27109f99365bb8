"""Forms of the entrance: what people type who come, register, or have forgotten the password."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.fields import EmailField
from allauth.account.internal import flows
from allauth.account.models import EmailAddress
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.services.invitations import accept, find_invitation

# What is longer allauth would cut, and the rest may be the address of somebody else.
ADDRESS_LENGTH = EmailAddress._meta.get_field("email").max_length


class Plain:
    """allauth repeats every label inside the field and writes rules as a list: we do not."""

    fields: dict[str, forms.Field]
    hints: dict[str, Any] = {}
    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = self.hints.get(name, "")
            field.label = self.labels.get(name, field.label)


PASSWORD_HINT = _(
    "At least 10 characters. Not only digits, not a frequent word, "
    "nothing like your name or e-mail."
)
EMAIL = _("E-mail")
PASSWORD = _("Password")
REPEATED = _("Password once more")
NEW_PASSWORD = _("New password")


class LogInForm(Plain, allauth_forms.LoginForm):
    """The entrance."""

    labels = {"login": EMAIL, "password": PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class RegistrationForm(Plain, allauth_forms.SignupForm):
    """A new account: the address and a password, and nothing else of the person.

    Names are typed with the consent to processing, which is asked after the first log-in.
    """

    email = EmailField(max_length=ADDRESS_LENGTH)

    field_order = ["email", "password1", "password2"]
    labels = {"email": EMAIL, "password1": PASSWORD, "password2": REPEATED}
    hints = {
        "email": _("We will send a link to it. Your log-in name will be this address."),
        "password1": PASSWORD_HINT,
    }

    def try_save(self, request: HttpRequest) -> tuple[User | None, Any]:
        """The same answer and the same work whether the address is known or not."""
        email = self.cleaned_data["email"]
        adapter = get_adapter()
        if not adapter.is_email_verified(request, email):
            # An invitation vouches for its own address, not for another one typed here.
            adapter.unstash_verified_email(request)
        if self.account_already_exists:
            # Making the hash of a password is what takes time.
            User().set_password(self.cleaned_data["password1"])
        else:
            try:
                with transaction.atomic():
                    user, answer = super().try_save(request)
                    self._answer_invitation(request, user)
                    return user, answer
            except ValidationError:
                # Somebody has used the invitation at the same moment: its page says so.
                return None, HttpResponseRedirect(reverse("invitation", args=[self._token]))
            except IntegrityError:
                # Somebody has registered with this address at the same moment.
                self.account_already_exists = True
        return None, flows.signup.prevent_enumeration(request, email=email)

    def _answer_invitation(self, request: HttpRequest, user: User) -> None:
        """Who registers by an invitation has what it brings from the first page on."""
        token = self._token = request.session.pop("invitation", "")
        invitation = find_invitation(token) if token else None
        if invitation is not None and invitation.email == user.email:
            accept(token=token, user=user)


class ForgottenPasswordForm(Plain, allauth_forms.ResetPasswordForm):
    """Asks for a link to a new password."""

    labels = {"email": EMAIL}


class NewPasswordForm(Plain, allauth_forms.ResetPasswordKeyForm):
    """A new password in place of the forgotten one."""

    labels = {"password1": NEW_PASSWORD, "password2": REPEATED}
    hints = {"password1": PASSWORD_HINT}


class ChangePasswordForm(Plain, allauth_forms.ChangePasswordForm):
    """A new password for somebody who knows the present one."""

    labels = {
        "oldpassword": _("Present password"),
        "password1": NEW_PASSWORD,
        "password2": REPEATED,
    }
    hints = {"password1": PASSWORD_HINT}


class SetPasswordForm(Plain, allauth_forms.SetPasswordForm):
    """The first password of an account that has none."""

    labels = {"password1": PASSWORD, "password2": REPEATED}
    hints = {"password1": PASSWORD_HINT}


class ConfirmPasswordForm(Plain, allauth_forms.ReauthenticateForm):
    """The password once more before something of weight."""

    labels = {"password": PASSWORD}


class NewEmailForm(Plain, allauth_forms.AddEmailForm):
    """The address that shall take the place of the present one."""

    email = EmailField(max_length=ADDRESS_LENGTH)

    labels = {"email": _("New e-mail")}
    hints = {"email": _("The present address works until you open the link sent to the new one.")}
