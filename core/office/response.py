"""A made file as an answer."""

from __future__ import annotations

from urllib.parse import quote

from anyascii import anyascii
from django.http import HttpResponse

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
}


def attachment(data: bytes, *, name: str, kind: str) -> HttpResponse:
    """A download that keeps its Cyrillic name (RFC 5987), with a Latin one for old programs."""
    name = f"{name}.{kind}"
    plain = "".join(c for c in anyascii(name) if c.isalnum() or c in " ._-").strip()
    response = HttpResponse(data, content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
