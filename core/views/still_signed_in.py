"""Asked before a form is sent: whoever is signed out is sent to the log-in.

Somebody else may have signed in meanwhile: the form of one person is not saved by another.
"""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.utils import get_user_display_name


@never_cache
@require_safe
def still_signed_in(request: HttpRequest) -> JsonResponse:
    """Who is signed in, and a token of the present session: a log-in elsewhere has changed it."""
    return JsonResponse(
        {
            "token": get_token(request),
            "person": str(request.user.pk),
            "name": get_user_display_name(request.user),
        }
    )
