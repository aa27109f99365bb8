"""Notices: what a person is told in the cabinet, and by e-mail as often as that person wants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.utils import get_admin_base_url

from core.enums import NoticePace
from core.models import Notice, NoticeDigest, NoticeSetting
from core.services.letters import SUBJECT_LENGTH, language_of, one_line, write_letter

if TYPE_CHECKING:
    from people.models import User

# The daily letter leaves after this hour and tells what came before it.
DIGEST_AT = time(8, 0)
DIGEST = "digest"
DIGEST_LENGTH = 50
DIGESTS_KEPT_FOR = timedelta(days=30)
_SALT = "core.notices.unsubscribe"


@dataclass(frozen=True)
class NoticeKind:
    """What notices are about; letters about some of it cannot be switched off.

    ``for_whom`` says who may be told something of this kind as things are now.
    """

    name: str
    title: Any
    for_whom: Callable[[User], bool]
    may_be_off: bool = True
    order: int = 100


_kinds: dict[str, NoticeKind] = {}


def register_notice_kind(
    name: str,
    *,
    title: Any,
    for_whom: Callable[[User], bool],
    may_be_off: bool = True,
    order: int = 100,
) -> None:
    """Add a kind; ``title`` is what the settings call it for those whom it is for."""
    if name == DIGEST:
        raise ValueError("The daily letter is no kind of notices.")
    _kinds[name] = NoticeKind(name, title, for_whom, may_be_off, order)


def notice_kind_words(name: str) -> str:
    """What notices of this kind are about; of a kind that an earlier release had, its name."""
    return str(_kinds[name].title) if name in _kinds else name


def notice_kinds_for(user: User) -> list[NoticeKind]:
    """The kinds that may reach ``user`` now, in the order of the settings."""
    found = (kind for kind in _kinds.values() if kind.for_whom(user))
    return sorted(found, key=lambda kind: (kind.order, kind.name))


@transaction.atomic
def notify(
    *,
    recipient: User,
    kind: str,
    subject: Any,
    text: Any = "",
    url: str = "",
    letter: str = "notice",
    context: Mapping[str, Any] | None = None,
) -> Notice | None:
    """Tell ``recipient`` something; it counts only when the transaction around it does.

    ``subject`` and ``text`` may be lazy: they are written down in the language of the reader.
    ``url`` is an address on the portal. A letter that is sent at once is made from the templates
    ``letter``, which get ``context`` beside the notice. A closed account is told nothing. Raises
    KeyError for a kind that no app has registered.
    """
    known = _kinds[kind]
    if not recipient.is_active:
        return None
    pace = pace_of(recipient, known)
    with override(language_of(recipient)):
        notice = Notice.objects.create(
            recipient=recipient,
            kind=kind,
            subject=one_line(str(subject))[:SUBJECT_LENGTH],
            text=str(text).strip(),
            url=url,
            in_digest=pace == NoticePace.DAILY,
        )
    if pace == NoticePace.AT_ONCE and recipient.email:
        write_letter(
            recipient=recipient.email,
            message=letter,
            context={"notice": notice, **_addresses(recipient, url=url), **(context or {})},
            user=recipient,
            unsubscribe_url=unsubscribe_url(recipient, kind) if known.may_be_off else "",
        )
    return notice


def pace_of(user: User, kind: NoticeKind) -> NoticePace:
    """How often ``user`` wants letters of ``kind``."""
    chosen = NoticeSetting.objects.filter(user=user, kind=kind.name).values_list("pace", flat=True)
    pace = NoticePace(chosen.first() or NoticePace.AT_ONCE)
    # What was switched off before it became important is sent all the same.
    return NoticePace.AT_ONCE if pace == NoticePace.NEVER and not kind.may_be_off else pace


@transaction.atomic
def set_pace(*, user: User, kind: str, pace: str) -> None:
    """Choose how often letters of ``kind`` come.

    Raises ValidationError for an unknown kind or pace, and for what may not be switched off.
    """
    known = _kinds.get(kind)
    if known is None or pace not in NoticePace.values:
        raise ValidationError(_("There is no such choice."), code="unknown")
    if pace == NoticePace.NEVER and not known.may_be_off:
        raise ValidationError(_("These letters cannot be switched off."), code="needed")
    NoticeSetting.objects.update_or_create(user=user, kind=kind, defaults={"pace": pace})
    if pace != NoticePace.DAILY:
        # What was kept for a letter that will not come any more stays in the cabinet.
        Notice.objects.filter(recipient=user, kind=kind, in_digest=True).update(in_digest=False)


def mark_read(*, user: User, pk: int | None = None) -> int:
    """Mark one's own notice as read, or all without ``pk``; returns how many were unread."""
    unread = Notice.objects.filter(recipient=user, read_at__isnull=True)
    if pk is not None:
        unread = unread.filter(pk=pk)
    return unread.update(read_at=timezone.now())


def unread_count(user: User) -> int:
    """How many notices ``user`` has not read."""
    return Notice.objects.filter(recipient=user, read_at__isnull=True).count()


def unsubscribe_url(user: User, kind: str) -> str:
    """The address that switches letters of ``kind`` off without signing in."""
    token = signing.dumps([user.pk, kind], salt=_SALT, compress=True)
    return get_admin_base_url() + reverse("notice_unsubscribe", args=[token])


def read_token(token: str) -> tuple[int, str] | None:
    """Whom and what the address is about; None for one that the portal has not made."""
    try:
        user_id, kind = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (user_id, kind) if kind == DIGEST or kind in _kinds else None


def title_of(kind: str) -> str:
    """What the settings call ``kind``."""
    return str(_("Daily letter")) if kind == DIGEST else str(_kinds[kind].title)


@transaction.atomic
def unsubscribe(*, user: User, kind: str) -> None:
    """Switch letters of ``kind`` off; for the daily letter: of every kind that it brings."""
    if kind != DIGEST:
        set_pace(user=user, kind=kind, pace=NoticePace.NEVER)
        return
    daily = NoticeSetting.objects.filter(user=user, pace=NoticePace.DAILY)
    for name in daily.values_list("kind", flat=True):
        known = _kinds.get(name)
        if known is not None and known.may_be_off:
            set_pace(user=user, kind=name, pace=NoticePace.NEVER)


def write_digests() -> int:
    """Write the daily letters whose hour has come; returns how many.

    Once a day to each person, however many schedulers call it: the day of a person is a row of a
    table that takes it only once.
    """
    now = timezone.localtime()
    today = now.date()
    since = datetime.combine(today, DIGEST_AT, tzinfo=now.tzinfo)
    if now < since:
        return 0
    NoticeDigest.objects.filter(day__lt=today - DIGESTS_KEPT_FOR).delete()
    waiting = Notice.objects.filter(in_digest=True, created_at__lt=since).order_by()
    done = NoticeDigest.objects.filter(day=today).values("user")
    people = waiting.exclude(recipient__in=done).values_list("recipient", flat=True).distinct()
    return sum(_write_digest(pk, since) for pk in list(people))


def _write_digest(user_id: int, since: datetime) -> bool:
    """The daily letter to one person; whether this process has written it."""
    try:
        with transaction.atomic():
            # The second process waits here for the first, and then finds the day taken.
            digest = NoticeDigest.objects.create(user_id=user_id, day=since.date())
            notices = list(
                Notice.objects.filter(
                    recipient=user_id, in_digest=True, created_at__lt=since
                ).order_by("pk")
            )
            Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(in_digest=False)
            user = digest.user
            if not notices or not user.is_active or not user.email:
                return False
            write_letter(
                recipient=user.email,
                message="digest",
                context={
                    "notices": notices[:DIGEST_LENGTH],
                    "more": max(0, len(notices) - DIGEST_LENGTH),
                    "day": since.date(),
                    **_addresses(user),
                },
                user=user,
                unsubscribe_url=unsubscribe_url(user, DIGEST),
            )
    except IntegrityError:
        return False
    return True


def _addresses(user: User, url: str = "") -> dict[str, str]:
    base = get_admin_base_url()
    return {
        "url": base + url if url else "",
        "notices_url": base + reverse("notices"),
        "settings_url": base + reverse("notice_settings"),
    }
