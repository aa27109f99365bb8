"""Logs are lines of JSON, and nobody stands in them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from core.journal import (
    JournalMiddleware,
    JsonFormatter,
    PersonalDataFilter,
    RequestFilter,
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


def test_an_error_of_the_database_is_written_without_the_row(lines: Any, db: None) -> None:
    User.objects.create_user("ivanova@example.org", "correct horse battery")
    try:
        with transaction.atomic():
            User.objects.create_user("ivanova@example.org", "correct horse battery")
    except IntegrityError:
        logging.getLogger("portal.work").exception("The account was not made")
    written = lines()[0]["exception"]
    assert "IntegrityError" in written
    assert "email" in written
    assert "ivanova" not in written


def test_an_error_that_was_put_into_words_before_is_written_without_people(lines: Any) -> None:
    record = logging.LogRecord("portal.work", logging.ERROR, "", 0, "failed", None, None)
    record.exc_text = "ValueError: ivanova@example.ru"
    logging.getLogger("portal.work").handle(record)
    assert lines()[0]["exception"] == "ValueError: [e-mail]"


def test_the_link_of_a_letter_is_not_written(lines: Any) -> None:
    path = f"/admin/password_reset/confirm/MQ/cy2k9a-{'0af1' * 8}/"
    JournalMiddleware(lambda _request: HttpResponse())(RequestFactory().get(path))
    assert lines()[0]["path"] == "/admin/password_reset/confirm/MQ/[key]/"


def test_requests_that_follow_do_not_share_a_number(lines: Any) -> None:
    middleware = JournalMiddleware(lambda _request: HttpResponse())
    middleware(RequestFactory().get("/"))
    middleware(RequestFactory().get("/"))
    first, second = lines()
    assert first["request_id"] != second["request_id"]
