"""The page of an error that is ours."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import get_template
from django.views.decorators.csrf import requires_csrf_token

from core.chrome import last_frame
from core.vision import VisionSettings


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponseServerError:
    """500 with the sections and the footer as they last were: nothing here asks a database.

    The request stays out of the template: whoever is signed in would be looked up.
    """
    frame = last_frame(request)
    portal: dict[str, Any] = {"vis": VisionSettings.from_request(request)}
    if frame is not None:
        portal |= {
            "settings": frame.settings,
            "home_url": frame.home_url,
            "sections": frame.sections,
            "footer_links": frame.footer_links,
        }
    return HttpResponseServerError(get_template("500.html").render({"portal": portal}))


def nowhere(request: HttpRequest) -> HttpResponse:
    """404 in the place of an address that a package brings and nobody needs."""
    raise Http404
