"""The outbox: nothing is lost, nothing is sent twice, nobody writes into our headers."""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from core.enums import LetterState
from core.models import Letter
from core.services.letter_sending import (
    PAUSES,
    forget_old_letters,
    give_up_letter,
    retry_letter,
    send_waiting,
    stuck,
)
from core.services.letters import queue_email, write_letter
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
HERE = "tests.core.test_letters"


def at(moment: datetime):
    """It is ``moment`` inside the block."""
    return patch("django.utils.timezone.now", return_value=moment)


class Broken(BaseEmailBackend):
    """A mail server that does what the test says."""

    on_open: BaseException | None = None
    on_send: BaseException | None = None
    opened = 0
    tried = 0

    def open(self) -> bool:
        Broken.opened += 1
        if Broken.on_open:
            raise Broken.on_open
        return True

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        Broken.tried += 1
        if Broken.on_send:
            raise Broken.on_send
        return len(messages)


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{HERE}.Broken"
    for name, value in (("on_open", None), ("on_send", None), ("opened", 0), ("tried", 0)):
        monkeypatch.setattr(Broken, name, value)
    return Broken


def put(number: int = 1, *, recipient: str = "anna@example.org", **values) -> Letter:
    message = EmailMultiAlternatives(f"Письмо {number}", "Текст", to=[recipient])
    message.attach_alternative("<p>Текст</p>", "text/html")
    (letter,) = queue_email(message)
    if values:
        Letter.objects.filter(pk=letter.pk).update(**values)
        letter.refresh_from_db()
    return letter


@pytest.fixture
def operator():
    user = UserFactory()
    user.user_permissions.add(
        Permission.objects.get(codename="change_letter", content_type__app_label="core")
    )
    return user


class TestWriting:
    def test_a_letter_is_written_with_its_transaction_and_goes_with_it(self):
        with transaction.atomic():
            put()
            transaction.set_rollback(True)
        assert not Letter.objects.exists()
        assert send_waiting() == 0

    def test_it_leaves_once_with_its_own_number_and_is_read_by_nobody_after(self):
        letter = put()
        assert (send_waiting(), send_waiting()) == (1, 0)
        (sent,) = mail.outbox
        assert (sent.to, sent.subject, sent.body) == (["anna@example.org"], "Письмо 1", "Текст")
        assert sent.alternatives[0].content == "<p>Текст</p>"
        assert sent.extra_headers["Message-ID"] == letter.message_id
        letter.refresh_from_db()
        assert (letter.state, letter.text, letter.html) == (LetterState.SENT, "", "")
        assert letter.sent_at is not None

    @pytest.mark.parametrize(
        "subject",
        [
            "Тема\r\nBcc: thief@example.org",
            "Тема\nBcc: x",
            "Тема\u2028Bcc: x",
            "Тема\x00\x0bBcc: x",
        ],
    )
    def test_a_subject_stays_one_line(self, subject):
        (letter,) = queue_email(EmailMultiAlternatives(subject, "т", to=["a@example.org"]))
        send_waiting()
        assert letter.subject.startswith("Тема Bcc:")
        message = mail.outbox[0].message()
        assert message["Bcc"] is None

    @pytest.mark.parametrize(
        "address", ["a@example.org\nBcc: b@example.org", "a@example.org, b@example.org", "анна", ""]
    )
    def test_what_is_no_address_is_refused(self, address):
        with pytest.raises(ValidationError):
            write_letter(recipient=address, message="review_asked", context={})

    def test_one_row_for_each_recipient_and_no_attachments(self):
        message = EmailMultiAlternatives("т", "т", to=["a@example.org"], bcc=["b@example.org"])
        assert len(queue_email(message)) == 2
        message.attach("a.txt", "a", "text/plain")
        with pytest.raises(ValueError, match="attachments"):
            queue_email(message)

    def test_it_speaks_the_language_of_its_reader(self, teacher):
        from wagtail.users.models import UserProfile

        values = {"title": "X", "step": "Y", "kind": "Z", "edit_url": "/"}

        def subject() -> str:
            letter = write_letter(
                recipient=teacher.email, message="review_asked", context=values, user=teacher
            )
            return letter.subject

        assert subject() == "Ждёт вашей проверки: X"
        UserProfile.objects.update_or_create(user=teacher, defaults={"preferred_language": "en"})
        assert subject() == "Waits for your review: X"


class TestServerDown:
    def test_nothing_is_lost_and_the_pauses_grow(self, server):
        server.on_open = ConnectionRefusedError("refused")
        letters = [put(n) for n in range(3)]
        assert send_waiting() == 0
        # The first finds the server away; the others do not knock.
        assert server.opened == 1
        first = Letter.objects.get(pk=letters[0].pk)
        assert (first.state, first.attempts) == (LetterState.WAITING, 1)
        assert "refused" in first.error
        assert first.due_at > timezone.now() + timedelta(seconds=50)
        server.on_open = None
        assert send_waiting() == 2
        with at(timezone.now() + PAUSES[0]):
            assert send_waiting() == 1
        assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.SENT}

    def test_after_three_days_it_is_given_up(self, server):
        server.on_open = OSError("down")
        letter = put()
        begun = timezone.now()
        for _attempt in range(len(PAUSES) + 1):
            letter.refresh_from_db()
            assert letter.state == LetterState.WAITING
            with at(letter.due_at):
                send_waiting()
        letter.refresh_from_db()
        assert letter.state == LetterState.FAILED
        assert timedelta(days=2) < letter.due_at - begun < timedelta(days=3)
        assert letter.text == "Текст"

    def test_an_answer_of_the_server_puts_one_letter_off_and_not_the_others(self, server):
        server.on_send = smtplib.SMTPDataError(451, b"later")
        put(1), put(2)
        assert send_waiting() == 0
        assert server.tried == 2
        assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.WAITING}

    @pytest.mark.parametrize(("code", "state"), [(550, "failed"), (450, "waiting")])
    def test_a_mailbox_that_does_not_exist_is_not_tried_again(self, server, code, state):
        server.on_send = smtplib.SMTPRecipientsRefused({"a": (code, b"no")})
        letter = put()
        send_waiting()
        letter.refresh_from_db()
        assert letter.state == state

    @pytest.mark.parametrize(
        "error", [smtplib.SMTPServerDisconnected("gone"), TimeoutError("slow"), SystemExit()]
    )
    def test_broken_off_in_the_middle_is_for_an_operator(self, server, error):
        """Nobody knows whether the server took it: it is not sent again of itself."""
        server.on_send = error
        letter = put()
        if isinstance(error, SystemExit):
            with pytest.raises(SystemExit):
                send_waiting()
        else:
            send_waiting()
        server.on_send = None
        letter.refresh_from_db()
        assert letter.state == LetterState.SENDING
        with at(timezone.now() + timedelta(days=2)):
            assert send_waiting() == 0
            assert list(Letter.objects.filter(stuck())) == [letter]
        assert server.tried == 1


class TestOperator:
    def test_sends_again_what_was_left(self, operator):
        letter = put(state=LetterState.SENDING, taken_at=timezone.now() - timedelta(minutes=11))
        for _click in range(2):
            assert retry_letter(letter=letter, user=operator).state == LetterState.WAITING
        assert send_waiting() == 1

    @pytest.mark.parametrize("action", [retry_letter, give_up_letter])
    @pytest.mark.parametrize(
        ("state", "minutes"), [(LetterState.SENDING, 9), (LetterState.SENT, 60)]
    )
    def test_does_not_touch_what_is_leaving_or_has_left(self, operator, action, state, minutes):
        letter = put(state=state, taken_at=timezone.now() - timedelta(minutes=minutes))
        with pytest.raises(ValidationError):
            action(letter=letter, user=operator)

    @pytest.mark.parametrize("state", [LetterState.WAITING, LetterState.SENDING])
    def test_gives_up(self, operator, state):
        letter = put(state=state, taken_at=timezone.now() - timedelta(minutes=11))
        for _click in range(2):
            assert give_up_letter(letter=letter, user=operator).state == LetterState.FAILED
        assert send_waiting() == 0

    @pytest.mark.parametrize("action", [retry_letter, give_up_letter])
    def test_others_may_not(self, teacher, action):
        with pytest.raises(PermissionDenied):
            action(letter=put(state=LetterState.FAILED), user=teacher)


def test_old_letters_are_forgotten():
    long_ago = timezone.now() - timedelta(days=31)
    for state in LetterState:
        put(state=state, created_at=long_ago)
        put(state=state)
    assert forget_old_letters() == 2
    assert not Letter.objects.filter(state="sent", created_at=long_ago).exists()
    assert Letter.objects.filter(state="waiting", created_at=long_ago).exists()


def test_queries_of_one_letter(django_assert_num_queries):
    put()
    # Taken: savepoint, select, update, release. Sent: update. The next turn finds nothing.
    with django_assert_num_queries(8):
        assert send_waiting() == 1
