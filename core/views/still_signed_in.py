"""Asked by the editor before a form is sent: whoever is signed out is sent to the log-in."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def still_signed_in(request: HttpRequest) -> JsonResponse:
    """A token that fits the present session: a log-in elsewhere has changed it."""
    return JsonResponse({"token": get_token(request)})
