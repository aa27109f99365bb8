"""Hands out public pictures where no proxy does: the embedded portal, an editor's own machine."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

WEEK = 7 * 24 * 60 * 60
# What pictures are kept as. Not every machine knows the newer types by their endings, and a
# browser that is told not to guess shows no picture of an unknown type.
_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture or one of its copies; what is no picture is not there."""
    content_type = _TYPES.get(PurePosixPath(path).suffix.lower())
    if content_type is None:
        raise Http404
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except (OSError, SuspiciousFileOperation) as error:
        # A name that no disk holds, or one that leads out of the folder.
        raise Http404 from error
    response["Content-Type"] = content_type
    response["Content-Security-Policy"] = settings.FILE_CONTENT_SECURITY_POLICY
    # Readers of feeds show pictures on pages of their own.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = f"public, max-age={WEEK}"
    return response
