"""What is asked of every signed-in request: the second factor, and when a session was last seen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from people.second_factor import lacks_second_factor

# What is open meanwhile: the way to the second factor, the way out, and what these pages stand on.
OPEN_NAMES = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_email",
    "account_confirm_email",
    "account_logout",
    # The forms of these pages ask there before they are sent.
    "cabinet_still_signed_in",
    # Put once after the log-in, and asked of everybody.
    "consent_question",
    "invitation",
    "vision",
    "health_live",
    "health_ready",
}


class SecondFactorMiddleware:
    """Leads to the page that sets the second factor up, when the portal requires one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.SECOND_FACTOR == "required"
            and not request.path.startswith(settings.STATIC_URL)
            and request.user.is_authenticated
            and not self._is_open(request)
            and lacks_second_factor(request.user)
        ):
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)

    def _is_open(self, request: HttpRequest) -> bool:
        try:
            return resolve(request.path_info).url_name in OPEN_NAMES
        except Resolver404:
            return False


# A session is noted as seen at most once in so many seconds: one row is written, not one each time.
SEEN_EVERY = 600


class LastSeenMiddleware:
    """Keeps for the list of sessions when each was last in use.

    allauth's own would ask and write the database at every request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        # Only of a session that the page has read anyway: a page for everybody costs nothing more.
        key = session.session_key if session.accessed and SESSION_KEY in session else None
        if key and cache.add(_seen(key), 1, SEEN_EVERY):
            UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now())
        return response


def note_log_in(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """The log-in has written the row itself."""
    cache.set(_seen(str(request.session.session_key)), 1, SEEN_EVERY)


def _seen(session_key: str) -> str:
    digest = hashlib.sha256(session_key.encode()).hexdigest()
    return f"session-seen:{digest}"


user_logged_in.connect(note_log_in, dispatch_uid="session_seen")
