"""Where django-allauth is bent to the portal: addresses, letters, limits, secrets."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url, has_verified_email
from allauth.core.internal import ratelimit
from allauth.core.internal.httpkit import clean_client_ip, get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_admin_base_url

from core.services.letters import queue_email
from people.models import User
from people.queries.consent_texts import way_past_questions
from people.services.sign_in import forget_attempts, take_attempt

# Who comes through a socket of this machine has no address.
NOWHERE = "::"


def is_in_admin(address: str) -> bool:
    """Whether ``address`` leads to the desk of editors."""
    return f"{urlsplit(address).path}/".startswith(reverse("wagtailadmin_home"))


def works_in_admin(user: Any) -> bool:
    """Whether ``user`` has a desk."""
    return bool(user.has_perm("wagtailadmin.access_admin"))


CONFIRMATION_SENT = "account/messages/email_confirmation_sent.txt"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts: a reader never ends in the admin, letters are ours, guessing ends soon."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "The e-mail and the password do not match, or the address is not confirmed yet. If you "
            "have just registered, open the link of the letter: with the right password it is sent "
            "once more."
        ),
        "too_many_login_attempts": _("Too many attempts. Wait a quarter of an hour and try again."),
        "incorrect_password": _("The password is wrong."),
        "enter_current_password": _("The present password is wrong."),
        "rate_limited": _("Too many attempts. Wait a quarter of an hour and try again."),
    }

    # --- Where a person goes ----------------------------------------------------------------

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page after the entrance: the desk or the cabinet."""
        return reverse("wagtailadmin_home" if works_in_admin(request.user) else "cabinet")

    def post_login(
        self, request: HttpRequest, user: Any, *, redirect_url: str | None, **kwargs: Any
    ) -> HttpResponse:
        """Back to the page the person came from, unless it is closed to that person.

        A consent that is to be asked about stands on the way, once for each log-in.
        """
        target = redirect_url or get_next_redirect_url(request)
        if not target or (is_in_admin(target) and not works_in_admin(user)):
            target = self.get_login_redirect_url(request)
        target = way_past_questions(user, target)
        return super().post_login(request, user, redirect_url=target, **kwargs)

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """After the link of a letter: on to the cabinet, or to the entrance."""
        if self.request.user.is_authenticated:
            return self.get_login_redirect_url(self.request)
        return reverse("account_login")

    # --- Guessing ---------------------------------------------------------------------------

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt before the password is looked at, by account and by address."""
        self._login_failed_rl_usage = ratelimit.consume(
            request, app="allauth.account", action="login_address"
        )
        allowed = take_attempt(email=credentials.get("email", ""))
        if not self._login_failed_rl_usage or not allowed:
            raise self.validation_error("too_many_login_attempts")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *more: Any,
        **named: Any,
    ) -> None:
        """At the log-in nobody hears that a letter was sent: it would tell what is wrong there."""
        if message_template == CONFIRMATION_SENT and request.path == reverse("account_login"):
            return
        super().add_message(request, level, message_template, *more, **named)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The right password wipes out the wrong ones before it; those of the address stay.

        Not for an address that is not confirmed: whoever has registered it would learn from the
        attempts that are left that nobody had done so before.
        """
        user = super().authenticate(request, **credentials)
        if user is not None and has_verified_email(user, credentials.get("email")):
            forget_attempts(email=credentials.get("email", ""))
        return user

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        forget_attempts(email=credentials.get("email", ""))

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of the visitor; without the header of the proxy that of whoever asks."""
        asks = clean_client_ip(request.META.get("REMOTE_ADDR", ""))
        return get_client_ip(request) or asks or NOWHERE

    # --- Accounts ---------------------------------------------------------------------------

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Not an address that another account signs in with and has not confirmed yet."""
        others = User.objects.filter(email__iexact=email_address.email)
        if others.exclude(pk=email_address.user_id).exists():
            self.add_message(
                request,
                messages.ERROR,
                "account/messages/email_confirmation_failed.txt",
                {"email": email_address.email},
            )
            return False
        return bool(super().confirm_email(request, email_address))

    # --- Letters ----------------------------------------------------------------------------

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Made of the known address of the portal: the host of a request may be forged."""
        return get_admin_base_url() + reverse("account_confirm_email", args=[emailconfirmation.key])

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _dash, secret = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": secret})
        return get_admin_base_url() + path

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every letter of allauth leaves here: text, and the same text as HTML."""
        values = {
            **context,
            "email": email,
            "base_url": get_admin_base_url(),
            "site_name": settings.WAGTAIL_SITE_NAME,
        }
        with override(settings.LANGUAGE_CODE):
            subject = render_to_string(f"{template_prefix}_subject.txt", values)
            text = render_to_string(f"{template_prefix}_message.txt", values).strip()
            html = render_to_string("email/account.html", {**values, "text": text})
        letter = EmailMultiAlternatives(" ".join(subject.split()), text, to=[email])
        letter.attach_alternative(html, "text/html")
        queue_email(letter)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor: secrets are encrypted in the database, names are ours."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is wrong or out of date. Type the one that is shown now."),
        "unverified_email": _("Confirm your new e-mail first, or cancel its change."),
    }

    @cached_property
    def _box(self) -> MultiFernet:
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        digests = [hashlib.sha256(f"second-factor:{key}".encode()).digest() for key in keys]
        return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])

    def encrypt(self, text: str) -> str:
        """Whoever reads the database alone cannot make codes."""
        return self._box.encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A secret whose key is lost opens nothing: no code fits what nobody knows."""
        try:
            return self._box.decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = user.authenticator_set.filter(type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        return settings.WAGTAIL_SITE_NAME
