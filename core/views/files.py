"""Hands out uploaded files: rights, name, type, parts, and nothing that runs on our site."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import IO
from urllib.parse import quote

from anyascii import anyascii
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe, quote_etag
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.models import document_served
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from core.models import PortalDocument
from core.permissions import AnyAccount
from core.services.files import file_visible_to
from core.uploads import opens_in_browser
from core.views.byte_ranges import PartOfFile, parse_range

logger = logging.getLogger("portal.files")

# «№ 64» becomes 'No 64', not <<No 64>>: Windows allows none of these in a name.
_QUOTES = str.maketrans(dict.fromkeys("«»„“”‟", "'"))
_NOT_IN_NAMES = str.maketrans({'"': "'", **dict.fromkeys("\\/<>:|?*", "_")})


@require_safe
def download(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    """The file under its human name; ``?view=1`` opens what a browser may show."""
    document = get_object_or_404(
        PortalDocument.objects.select_related("collection"), pk=document_id
    )
    if document.filename != filename:
        raise Http404("The file is kept under another name.")
    for hook in hooks.get_hooks("before_serve_document"):
        answer = hook(document, request)
        if isinstance(answer, HttpResponseBase):
            return answer
    _check_rights(request, document)
    document_served.send(sender=PortalDocument, instance=document, request=request)
    response = _respond(request, document)
    response["X-Content-Type-Options"] = "nosniff"
    # Were a browser to show the file as a page after all, nothing in it could load or run.
    response["Content-Security-Policy"] = (
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; "
        "object-src 'self'; frame-ancestors 'self'"
    )
    response["Cache-Control"] = (
        "private, no-cache" if request.user.is_authenticated else "public, no-cache"
    )
    patch_vary_headers(response, ["Cookie"])
    return response


def content_disposition(name: str, *, inline: bool) -> str:
    """The header that gives the download its name: Latin for old programs, then the real one."""
    safe = "".join(char for char in name if char.isprintable() and char not in '/\\"')
    latin = anyascii(safe.translate(_QUOTES)).translate(_NOT_IN_NAMES)
    value = f'{"inline" if inline else "attachment"}; filename="{latin}"'
    return value if latin == safe else f"{value}; filename*=UTF-8''{quote(safe, safe='')}"


def _check_rights(request: HttpRequest, document: PortalDocument) -> None:
    """Raise unless the visitor may open the file.

    What signing in would open answers 403 and says so; everything else answers as if there were
    no such file.
    """
    passed = {
        "passed_pages": _passed(request, PageViewRestriction),
        "passed_collections": _passed(request, CollectionViewRestriction),
    }
    if not file_visible_to(document, request.user, **passed):
        if not request.user.is_authenticated and file_visible_to(document, AnyAccount()):
            raise PermissionDenied
        raise Http404("No published page that this visitor may see refers to the file.")


def _passed(request: HttpRequest, model: type) -> list[int]:
    return request.session.get(model.passed_view_restrictions_session_key, [])  # type: ignore[attr-defined]


def _respond(request: HttpRequest, document: PortalDocument) -> HttpResponseBase:
    """Whole, part, "not changed", or a word to the proxy which file to send."""
    storage, name = document.file.storage, document.file.name
    try:
        size = storage.size(name)
        modified = int(storage.get_modified_time(name).timestamp())
    except FileNotFoundError as error:
        logger.error(
            "The file %s of document %s is missing in the storage; restore it from the backup.",
            name,
            document.pk,
        )
        raise Http404("The file is missing.") from error
    etag = quote_etag(document.checksum or document.file_hash or f"{document.pk}-{modified}")
    headers = {
        "Content-Type": document.content_type,
        "Content-Disposition": content_disposition(
            document.download_name,
            inline=request.GET.get("view") == "1" and opens_in_browser(document.file_extension),
        ),
        "ETag": etag,
        "Last-Modified": http_date(modified),
        "Accept-Ranges": "bytes",
    }
    unchanged = get_conditional_response(request, etag=etag, last_modified=modified)
    if unchanged is not None:
        return unchanged
    internal = getattr(settings, "FILES_INTERNAL_LOCATION", "")
    if internal:
        # nginx sends the file and sees to the parts itself.
        headers["X-Accel-Redirect"] = f"{internal.rstrip('/')}/{quote(name)}"
        return HttpResponse(headers=headers)
    return _send(request, size, etag, modified, headers, lambda: storage.open(name, "rb"))


def _send(
    request: HttpRequest,
    size: int,
    etag: str,
    modified: int,
    headers: dict[str, str],
    open_file: Callable[[], IO[bytes]],
) -> HttpResponseBase:
    """The bytes that were asked for."""
    part = None
    condition = request.headers.get("If-Range")
    if not condition or condition == etag or parse_http_date_safe(condition) == modified:
        part = parse_range(request.headers.get("Range", ""), size)
    if part is not None and part.is_empty:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if part is not None:
        headers |= {"Content-Range": f"bytes {part.first}-{part.last}/{size}"}
    headers["Content-Length"] = str(part.length if part else size)
    status = 206 if part else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    file = open_file()
    response = FileResponse(PartOfFile(file, part) if part else file, status=status)
    for header, value in headers.items():
        response[header] = value
    return response
