"""Nobody who may see other people's data goes on without a second factor."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

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
