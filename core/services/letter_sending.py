"""How letters leave the outbox: one by one, each once, again when the mail server was down."""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.batches import in_batches
from core.enums import LetterState
from core.models import Letter
from core.permissions import user_can_manage_letters

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.models import User

logger = logging.getLogger("portal.letters")

# Between the attempts: three days in all.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)
# A letter that has been leaving for so long was left by a process that is no more.
STUCK_AFTER = timedelta(minutes=10)
KEPT_FOR = timedelta(days=30)
BATCH = 100
ERROR_LENGTH = 255


class _ServerAway(Exception):
    """The mail server cannot be reached: the other letters need not try."""


def send_waiting(*, limit: int = BATCH) -> int:
    """Send letters whose time has come; returns how many have left.

    Several processes may do it at once: each letter is taken by one of them.
    """
    sent = 0
    for _turn in range(limit):
        letter = _take()
        if letter is None:
            break
        try:
            sent += _send(letter)
        except _ServerAway:
            break
    return sent


def stuck() -> Q:
    """The condition for letters of which nobody knows whether they have left."""
    return Q(state=LetterState.SENDING, taken_at__lt=timezone.now() - STUCK_AFTER)


def is_stuck(letter: Letter) -> bool:
    """Whether ``letter`` is one of those."""
    since = timezone.now() - STUCK_AFTER
    return (
        letter.state == LetterState.SENDING
        and letter.taken_at is not None
        and letter.taken_at < since
    )


@transaction.atomic
def retry_letter(*, letter: Letter, user: User) -> Letter:
    """An operator sends a letter again: one that was given up, or one left by a crash.

    A second click changes nothing. Raises ValidationError for a letter that has left or is leaving.
    """
    letter = _locked_for(letter, user)
    if letter.state == LetterState.WAITING:
        return letter
    if letter.state != LetterState.FAILED and not is_stuck(letter):
        raise ValidationError(
            _("This letter is %(state)s.") % {"state": letter.get_state_display().lower()},
            code="state",
        )
    letter.state, letter.attempts, letter.due_at = LetterState.WAITING, 0, timezone.now()
    letter.taken_at, letter.error = None, ""
    letter.save()
    log(instance=letter, action="core.retry_letter", user=user)
    return letter


@transaction.atomic
def give_up_letter(*, letter: Letter, user: User) -> Letter:
    """An operator decides that a letter is not sent any more. A second click changes nothing."""
    letter = _locked_for(letter, user)
    if letter.state == LetterState.FAILED:
        return letter
    if letter.state != LetterState.WAITING and not is_stuck(letter):
        raise ValidationError(
            _("This letter is %(state)s.") % {"state": letter.get_state_display().lower()},
            code="state",
        )
    letter.state, letter.taken_at = LetterState.FAILED, None
    letter.save()
    log(instance=letter, action="core.give_up_letter", user=user)
    return letter


def old_letters() -> QuerySet[Letter]:
    """Letters whose story ended long ago."""
    ended = Letter.objects.filter(state__in=[LetterState.SENT, LetterState.FAILED])
    return ended.filter(created_at__lt=timezone.now() - KEPT_FOR)


def forget_old_letters() -> int:
    """Delete letters whose story ended long ago; returns how many."""
    forgotten = 0
    for numbers in in_batches(old_letters()):
        deleted, _models = Letter.objects.filter(pk__in=numbers).delete()
        forgotten += deleted
    return forgotten


def _take() -> Letter | None:
    """Mark the next letter as being sent; that is committed before anything is sent."""
    with transaction.atomic(durable=True):
        due = Letter.objects.filter(state=LetterState.WAITING, due_at__lte=timezone.now())
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        # Without such locks the database lets one writer in at a time: nobody else is here.
        letter = due.order_by("due_at", "pk").first()
        if letter is None:
            return None
        letter.state, letter.taken_at = LetterState.SENDING, timezone.now()
        letter.attempts += 1
        letter.save(update_fields=["state", "taken_at", "attempts"])
    return letter


def _send(letter: Letter) -> bool:
    """Send a letter that this process has taken; whether it has left."""
    backend: BaseEmailBackend = get_connection()
    try:
        backend.open()
    except Exception as error:
        _put_off(letter, error)
        raise _ServerAway from error
    try:
        _message(letter, backend).send()
    except smtplib.SMTPRecipientsRefused as error:
        refusals = [code for code, _words in error.recipients.values()]
        # 5xx: such a person does not exist there, and will not in an hour.
        _put_off(letter, error, finally_=all(code >= 500 for code in refusals))
        return False
    except (smtplib.SMTPServerDisconnected, TimeoutError) as error:
        # The server may have taken the letter just before: an operator looks at it.
        letter.error = _words_of(error)
        letter.save(update_fields=["error"])
        logger.exception("A letter was broken off while it was being sent.")
        return False
    except Exception as error:
        _put_off(letter, error)
        return False
    finally:
        _close(backend)
    # What it said is nobody's to read any more.
    letter.state, letter.sent_at = LetterState.SENT, timezone.now()
    letter.text = letter.html = letter.error = letter.unsubscribe_url = ""
    letter.save()
    return True


def _message(letter: Letter, backend: BaseEmailBackend) -> EmailMultiAlternatives:
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        settings.DEFAULT_FROM_EMAIL,
        [letter.recipient],
        headers=headers,
        connection=backend,
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


def _put_off(letter: Letter, error: Exception, *, finally_: bool = False) -> None:
    """The next attempt later, or none when there have been enough."""
    letter.error, letter.taken_at = _words_of(error), None
    if finally_ or letter.attempts > len(PAUSES):
        letter.state = LetterState.FAILED
        logger.error("A letter was given up after %s attempts.", letter.attempts)
    else:
        letter.state = LetterState.WAITING
        letter.due_at = timezone.now() + PAUSES[letter.attempts - 1]
        logger.warning("A letter could not be sent; it will be tried again.")
    letter.save()


def _close(backend: BaseEmailBackend) -> None:
    """A farewell that fails makes nothing of what was sent undone."""
    try:
        backend.close()
    except Exception:
        logger.debug("The mail server did not say good-bye.", exc_info=True)


def _words_of(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:ERROR_LENGTH]


def _locked_for(letter: Letter, user: User) -> Letter:
    if not user_can_manage_letters(user):
        raise PermissionDenied
    return Letter.objects.select_for_update().get(pk=letter.pk)
