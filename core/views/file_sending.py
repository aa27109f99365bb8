"""How every uploaded file leaves: whole, in parts, "not changed", or sent by the proxy."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO
from urllib.parse import quote

from anyascii import anyascii
from django.conf import settings
from django.core.files.storage import Storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe, quote_etag

from core.models import PrivateFile
from core.uploads import content_type_of, opens_in_browser
from core.views.byte_ranges import PartOfFile, parse_range

logger = logging.getLogger("portal.files")

# «№ 64» becomes 'No 64', not <<No 64>>: Windows allows none of these in a name.
_QUOTES = str.maketrans(dict.fromkeys("«»„“”‟", "'"))
_NOT_IN_NAMES = str.maketrans({'"': "'", **dict.fromkeys("\\/<>:|?*", "_")})
# Were a browser to show the file as a page after all, nothing in it could load or run.
_POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; "
    "object-src 'self'; frame-ancestors 'self'"
)


@dataclass(frozen=True)
class Outgoing:
    """A stored file that may leave: where it stands and what the reader gets it as.

    ``mark`` is what changes with the content; without one the time of the change stands for it.
    """

    storage: Storage
    name: str
    download_name: str
    ending: str
    mark: str
    label: str

    @classmethod
    def of_private(cls, file: PrivateFile, *, label: str) -> Outgoing:
        """A file that somebody handed in, under the name it was handed in with."""
        return cls(
            storage=file.file.storage,
            name=str(file.file.name),
            download_name=file.original_name,
            ending=file.ending,
            mark=file.checksum,
            label=f"{label}-{file.pk}",
        )


def send_file(request: HttpRequest, file: Outgoing, *, cache_control: str) -> HttpResponseBase:
    """The answer with ``file``; whoever calls this has asked whether the visitor may have it."""
    response = _respond(request, file)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    response["Cache-Control"] = cache_control
    patch_vary_headers(response, ["Cookie"])
    return response


def content_disposition(name: str, *, inline: bool) -> str:
    """The header that gives the download its name: Latin for old programs, then the real one."""
    safe = "".join(char for char in name if char.isprintable() and char not in '/\\"')
    latin = anyascii(safe.translate(_QUOTES)).translate(_NOT_IN_NAMES)
    value = f'{"inline" if inline else "attachment"}; filename="{latin}"'
    return value if latin == safe else f"{value}; filename*=UTF-8''{quote(safe, safe='')}"


def _respond(request: HttpRequest, file: Outgoing) -> HttpResponseBase:
    """Whole, part, "not changed", or a word to the proxy which file to send."""
    storage, name = file.storage, file.name
    try:
        size = storage.size(name)
        modified = int(storage.get_modified_time(name).timestamp())
    except FileNotFoundError as error:
        logger.error(
            "The file %s of %s is missing in the storage; restore it from the backup.",
            name,
            file.label,
        )
        raise Http404("The file is missing.") from error
    etag = quote_etag(file.mark or f"{file.label}-{modified}")
    headers = {
        "Content-Type": content_type_of(file.ending),
        "Content-Disposition": content_disposition(
            file.download_name,
            inline=request.GET.get("view") == "1" and opens_in_browser(file.ending),
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
