"""Structured logs without personal data."""

from __future__ import annotations

import json
import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.personal_data import error_without_personal_data, without_personal_data

access = logging.getLogger("portal.access")
_request_id: ContextVar[str] = ContextVar("request_id", default="")
_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

_EXTRA = ("method", "path", "status", "ms", "user_id", "status_code")


class RequestFilter(logging.Filter):
    """Puts the number of the request on every line that is written during it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id.get()
        return True


class PersonalDataFilter(logging.Filter):
    """Takes people out of messages; the request object itself is never written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = without_personal_data(record.getMessage())
        record.args = None
        if isinstance(getattr(record, "path", None), str):
            record.path = without_personal_data(record.path)  # type: ignore[attr-defined]
        return True


def _exception_of(record: logging.LogRecord) -> str:
    text = record.exc_text or ""
    if record.exc_info:
        text = "".join(traceback.format_exception(*record.exc_info))
    return error_without_personal_data(text)


class JsonFormatter(logging.Formatter):
    """One line of JSON for each event."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := getattr(record, "request_id", ""):
            line["request_id"] = request_id
        for name in _EXTRA:
            if (value := getattr(record, name, None)) is not None:
                line[name] = value
        if trace := _exception_of(record):
            line["exception"] = trace
        return json.dumps(line, ensure_ascii=False, default=str)


class PlainFormatter(logging.Formatter):
    """The same for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{record.levelname} {record.name}: {record.getMessage()}"
        trace = _exception_of(record)
        return f"{line}\n{trace}" if trace else line


class JournalMiddleware:
    """Gives each request a number and writes one line when it has been answered.

    Pages from the page cache are answered before; the proxy in front writes them down.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        number = given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        token = _request_id.set(number)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            user = getattr(request, "_cached_user", None)
            access.info(
                "answered",
                extra={
                    "method": request.method,
                    "path": request.path,
                    "status": response.status_code,
                    "ms": round((time.perf_counter() - began) * 1000, 1),
                    "user_id": getattr(user, "pk", None),
                },
            )
        finally:
            _request_id.reset(token)
        return response
