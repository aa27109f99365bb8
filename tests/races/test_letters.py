"""Several senders and schedulers at once, and a sender that is killed while it sends."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, connections
from django.utils import timezone
from pytest_django.fixtures import Settings

from core.enums import LetterState, NoticePace
from core.models import Letter, Notice, NoticeSetting
from core.services import notices
from core.services.letter_sending import retry_letter, send_waiting
from core.services.letters import queue_email
from core.services.notices import notify, register_notice_kind, write_digests
from tests.factories.people import UserFactory

SENT: list[str] = []


class Slow(BaseEmailBackend):
    """A server that keeps every sender waiting a little."""

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        threading.Event().wait(0.05)
        SENT.extend(message.subject for message in messages)
        return len(messages)


class Deadly(BaseEmailBackend):
    """The process is killed after the server has taken the letter."""

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return 0


def put(number: int) -> Letter:
    return queue_email(EmailMultiAlternatives(f"Письмо {number}", "т", to=["a@example.org"]))[0]


def sender(barrier: threading.Barrier) -> int:
    barrier.wait()
    return send_waiting()


def test_several_senders_send_each_letter_once(
    ground: None, at_once: Callable[..., list[Any]], settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "tests.races.test_letters.Slow"
    SENT.clear()
    for number in range(12):
        put(number)
    answers = at_once(sender, sender, sender)
    assert sum(answers) == 12
    assert sorted(SENT) == sorted(f"Письмо {number}" for number in range(12))
    # None of them waited until another one was ready.
    assert min(answers) > 0
    assert set(Letter.objects.values_list("state", "attempts")) == {(LetterState.SENT, 1)}


def test_a_killed_sender_leaves_a_letter_that_nobody_sends_again(
    ground: None, settings: Settings
) -> None:
    letter = put(1)
    connections.close_all()
    settings.EMAIL_BACKEND = "tests.races.test_letters.Deadly"
    child = os.fork()
    if not child:
        try:
            send_waiting()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    letter.refresh_from_db()
    assert letter.state == LetterState.SENDING
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=1)):
        assert send_waiting() == 0
        assert mail.outbox == []
        # An operator has looked at it.
        retry_letter(letter=letter, user=UserFactory(superuser=True))
        assert send_waiting() == 1
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [letter.message_id]


def test_two_schedulers_write_one_daily_letter(
    ground: None, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "_kinds", {})
    register_notice_kind("news", title="Новости", for_whom=bool)
    people = [UserFactory() for _person in range(5)]
    for person in people:
        NoticeSetting.objects.create(user=person, kind="news", pace=NoticePace.DAILY)
        notify(recipient=person, kind="news", subject="Новость")
    moment = timezone.localtime().replace(hour=9, minute=0) + timedelta(days=1)

    def scheduler(barrier: threading.Barrier) -> int:
        barrier.wait()
        return write_digests()

    with patch("django.utils.timezone.now", return_value=moment):
        answers = at_once(scheduler, scheduler, scheduler)
    assert sum(answers) == 5
    assert sorted(Letter.objects.values_list("recipient", flat=True)) == sorted(
        person.email for person in people
    )
    assert not Notice.objects.filter(in_digest=True).exists()
    assert connection.vendor == "postgresql"
