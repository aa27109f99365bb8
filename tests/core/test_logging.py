"""Logs are lines of JSON, and nobody stands in them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from core.journal import (
    JournalMiddleware,
    JsonFormatter,
    PersonalDataFilter,
    RequestFilter,
    without_personal_data,
)
from people.models import User


@pytest.fixture
def lines() -> Iterator[Any]:
    """What a logger of production writes, as dictionaries."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(RequestFilter())
    handler.addFilter(PersonalDataFilter())
    logger = logging.getLogger("portal")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logging.getLogger("portal.access").setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logger.removeHandler(handler)
    logger.setLevel(level)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Письмо для ivanova.a@mail.example.ru ушло", "Письмо для [e-mail] ушло"),
        ("to=a%40b.ru", "to=[e-mail]"),
        ("звонок +7 (35341) 2-13-64 принят", "звонок [telephone] принят"),
        ("8 922 123-45-67", "[telephone]"),
        ("+79221234567", "[telephone]"),
        ("GET /search/?q=Иванова&page=2", "GET /search/?q=…&page=…"),
        ("приказ № 64 от 23.03.2020, 32 меры", "приказ № 64 от 23.03.2020, 32 меры"),
        ("took 8123 ms at 2026-11-23T22:47:25", "took 8123 ms at 2026-11-23T22:47:25"),
    ],
)
def test_people_are_taken_out(text: str, kept: str) -> None:
    assert without_personal_data(text) == kept


def test_line_of_a_request(lines: Any, teacher: User) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request._cached_user = teacher  # type: ignore[attr-defined]
        logging.getLogger("portal.work").info("sent to %s", teacher.email)
        return HttpResponse(status=418)

    request = RequestFactory().get("/search/?q=Иванова", REMOTE_ADDR="198.51.100.7")
    JournalMiddleware(view)(request)
    inside, answered = lines()
    assert inside["message"] == "sent to [e-mail]"
    assert answered["request_id"] == inside["request_id"]
    assert (answered["method"], answered["path"], answered["status"]) == ("GET", "/search/", 418)
    assert answered["user_id"] == teacher.pk
    assert answered["ms"] >= 0
    written = json.dumps([inside, answered], ensure_ascii=False)
    for secret in (teacher.email, "Иванова", "198.51.100.7"):
        assert secret not in written


@pytest.mark.parametrize(
    ("given", "kept"), [("abcdef-1234", True), ("x", False), ("a\nb" * 4, False), ("9" * 99, False)]
)
def test_number_of_a_request_from_the_proxy(lines: Any, given: str, kept: bool) -> None:
    request = RequestFactory().get("/", HTTP_X_REQUEST_ID=given)
    JournalMiddleware(lambda _request: HttpResponse())(request)
    assert (lines()[0]["request_id"] == given) is kept


def test_exceptions_are_written_without_people(lines: Any) -> None:
    try:
        raise ValueError("no account ivanova@example.ru")
    except ValueError:
        logging.getLogger("portal.work").exception("failed")
    line = lines()[0]
    assert "ValueError: no account [e-mail]" in line["exception"]
    assert line["level"] == "ERROR"


def test_requests_that_follow_do_not_share_a_number(lines: Any) -> None:
    middleware = JournalMiddleware(lambda _request: HttpResponse())
    middleware(RequestFactory().get("/"))
    middleware(RequestFactory().get("/"))
    first, second = lines()
    assert first["request_id"] != second["request_id"]
