"""What comes in and what goes out: characters no address may hold, headers that bind browsers."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class BrowserPolicyMiddleware:
    """Permissions, resource policy, and the wider content policy of the admin area alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path_info.startswith(settings.ADMIN_PREFIX):
            # Read by django-csp, which stands around this middleware.
            response._csp_update = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        return response


class NulMiddleware:
    """Takes the NUL character out of addresses: PostgreSQL answers it with an error.

    A query without it means the same; a path with it names nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Before anybody reads request.GET, which is made of this.
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\x00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "%20").replace("\x00", "%20")
        if "\x00" in request.path_info:
            request.path_info = request.path_info.replace("\x00", "\N{REPLACEMENT CHARACTER}")
        return self.get_response(request)
