"""The outbox: a letter is written in the transaction it tells of and leaves after it.

How it leaves: ``core.services.letter_sending``.
"""

from __future__ import annotations

from email.utils import make_msgid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from wagtail.admin.utils import get_admin_base_url
from wagtail.users.models import UserProfile

from core.models import Letter

if TYPE_CHECKING:
    from people.models import User

SUBJECT_LENGTH = 255
PARTS = ("subject.txt", "body.txt", "body.html")


def write_letter(
    *,
    recipient: str,
    message: str,
    context: dict[str, Any],
    user: User | None = None,
    unsubscribe_url: str = "",
) -> Letter:
    """Put a letter made from ``templates/email/<message>/`` into the outbox.

    It is written in the language of ``user``, without one in the language of the portal; the
    templates get ``person`` and ``base_url`` beside ``context``. Raises ValidationError for what is
    no address.
    """
    validate_email(recipient.strip())
    with override(language_of(user)):
        values = {
            "person": user,
            "base_url": get_admin_base_url(),
            "unsubscribe_url": unsubscribe_url,
            **context,
        }
        parts = {name: render_to_string(f"email/{message}/{name}", values) for name in PARTS}
    return _put(
        recipient,
        subject=parts["subject.txt"],
        text=parts["body.txt"],
        html=parts["body.html"],
        unsubscribe_url=unsubscribe_url,
    )


def queue_email(message: EmailMultiAlternatives) -> list[Letter]:
    """Put a letter that another package has made into the outbox, one row for each recipient.

    Sender and further headers are those of the portal; files cannot be attached.
    """
    if message.attachments:
        raise ValueError("The outbox keeps no attachments: a letter links to a file.")
    html = ""
    for content, mimetype in getattr(message, "alternatives", []):
        if mimetype == "text/html":
            html = str(content)
    return [
        _put(recipient, subject=str(message.subject), text=str(message.body), html=html)
        for recipient in message.recipients()
    ]


def language_of(user: User | None) -> str:
    """The language in which the portal writes to ``user``."""
    if user is None:
        return settings.LANGUAGE_CODE
    profile = UserProfile.objects.filter(user=user).first()
    chosen: str = profile.preferred_language if profile else ""
    return chosen or settings.LANGUAGE_CODE


def _put(
    recipient: str, *, subject: str, text: str, html: str, unsubscribe_url: str = ""
) -> Letter:
    """The row; whatever came from people stays inside its own header."""
    address = recipient.strip()
    validate_email(address)
    return Letter.objects.create(
        recipient=address,
        subject=one_line(subject)[:SUBJECT_LENGTH],
        text=text.strip(),
        html=html.strip(),
        unsubscribe_url=unsubscribe_url,
        message_id=make_msgid(domain=urlsplit(get_admin_base_url()).hostname or "localhost"),
        due_at=timezone.now(),
    )


def one_line(words: str) -> str:
    """``words`` without line ends and control characters: no header can begin in them."""
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())
