"""What several tests of accounts do: read letters, make codes, sign in as people do."""

from __future__ import annotations

import re
import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from people.models import User

PASSWORD = "Круглый-стол-2020"
LOG_IN = "/account/log-in/"
REGISTER = "/account/register/"
# What a new person types.
FORM = {
    "email": "Anna@Example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
}
# What a person types beside a consent to processing.
NAMES = {"last_name": "Петрова-Водкина", "first_name": "Анна", "patronymic": "Ивановна"}
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str = SECRET, step: int = 0) -> str:
    """The code that an authenticator shows now, or ``step`` half-minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def with_app(user: User) -> User:
    """Ties an authenticator with ``SECRET`` to the account, and gives recovery codes."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def link_in_letter(number: int = -1) -> str:
    """The first path of the portal that a letter names."""
    found = re.search(r"http://testserver(/account/\S+)", str(mail.outbox[number].body))
    assert found, mail.outbox[number].body
    return found[1]


def log_in(email: str, password: str = PASSWORD, **more: str) -> tuple[Client, str]:
    """A browser after the log-in form, and where it was sent («» when the form stayed)."""
    client = Client()
    answer = client.post(LOG_IN, {"login": email, "password": password, **more})
    return client, answer.headers.get("Location", "")


def signed_in(client: Client) -> bool:
    """Whether the browser has a session of somebody."""
    return "_auth_user_id" in client.session


def sure(client: Client) -> Client:
    """Type the password once more, as pages of weight ask."""
    answer = client.post("/account/sure/", {"password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return client
