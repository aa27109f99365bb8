"""Consents: given, changed, withdrawn. A withdrawal takes effect in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.services.letters import one_line
from people.enums import ConsentAnswerKind, ConsentItem, ConsentKind
from people.models import Consent, ConsentAnswer, ConsentText, StaffRecord, User
from people.permissions import user_can_edit_staff
from people.queries.publishing import ended_by_letter
from people.services.consent_texts import text_in_force, wording
from people.services.profile import change_names

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.models import PrivateFile

# Of the day of 152-FZ; before it nobody signed such papers.
LAW_OF = date(2006, 7, 27)
# Longer than anybody works; whoever means «for ever» leaves the day empty.
LONGEST_YEARS = 60

Listener = Callable[[User | None, StaffRecord | None], None]
_listeners: list[Listener] = []


def register_consent_listener(listener: Listener) -> Listener:
    """Decorate a function that brings what an app has published into line with a changed consent.

    It is called with the account and the staff record concerned, inside the transaction.
    """
    _listeners.append(listener)
    return listener


@transaction.atomic
def give_consent(
    *,
    user: User,
    text: ConsentText,
    items: Iterable[str] = (),
    valid_until: date | None = None,
    names: Mapping[str, str] | None = None,
) -> Consent:
    """``user`` agrees to ``text``; for distribution, to ``items`` until ``valid_until``.

    ``names``, typed with the consent, become those of the account: the document has to say who
    gives it. The same again changes nothing; another choice ends the former consent and begins a
    new one. Raises ValidationError for an empty or unknown choice, for a day that has passed, for
    no name and for a version that is not in force any more.
    """
    # One at a time for each account: the second click finds what the first one made.
    account = User.objects.select_for_update().get(pk=user.pk)
    if text_in_force(text.kind) != text:
        raise ValidationError(_("The text has changed meanwhile. Read it again."), code="changed")
    chosen = _checked(text, items, valid_until)
    if names is not None:
        account = change_names(user=account, **names)
    if not account.get_full_name():
        raise ValidationError(_("Name yourself: a consent has to say who gives it."), code="name")
    current = Consent.objects.filter(
        user=account, kind=text.kind, withdrawn_at__isnull=True
    ).first()
    if current is not None:
        same = (current.text_id, current.items, current.valid_until)
        if same == (text.pk, chosen, valid_until):
            return current
        current.withdrawn_at = timezone.now()
        current.is_replaced = True
        current.save(update_fields=["withdrawn_at", "is_replaced"])
    # Or a paper that allows more would count again when this consent has run out.
    _replace(Consent.objects.filter(record__user=account, kind=text.kind))
    consent = Consent.objects.create(
        text=text,
        user=account,
        kind=text.kind,
        items=chosen,
        wording=wording(text, name=account.get_full_name(), items=chosen, valid_until=valid_until),
        given_at=timezone.now(),
        valid_until=valid_until,
        entered_by=account,
    )
    log(instance=consent, action="people.give_consent", user=user, data={"items": chosen})
    _tell(account, None)
    return consent


@transaction.atomic
def enter_paper_consent(
    *,
    record: StaffRecord,
    text: ConsentText,
    items: Iterable[str] = (),
    given_on: date,
    scan: PrivateFile | None,
    user: User,
) -> Consent:
    """The school enters a consent that a person has signed on paper; the scan proves it.

    ``text`` is the version that was signed, also one that is not in force any more: nobody agreed
    to what a later one adds. Raises PermissionDenied for other schools and for one's own record,
    ValidationError without a scan, for a day ahead or before the version, and when the account has
    a consent of its own.
    """
    locked = StaffRecord.objects.select_for_update().get(pk=record.pk)
    if not user_can_edit_staff(user, locked):
        raise PermissionDenied
    if scan is None:
        raise ValidationError({"scan": _("Attach the scan of the signed paper.")})
    if given_on > timezone.localdate():
        raise ValidationError({"given_on": _("This day is still ahead.")})
    if given_on < LAW_OF:
        raise ValidationError({"given_on": _("Check the year: there was no such consent then.")})
    # Papers older than the portal carry the wording of the first version.
    if text.version > 1 and given_on < timezone.localdate(text.published_at):
        raise ValidationError({"given_on": _("This version did not exist yet on that day.")})
    chosen = _checked(text, items, None)
    of_account = Q(user=locked.user_id) if locked.user_id else Q(pk__in=[])
    if Consent.objects.in_force().filter(of_account, kind=text.kind).exists():
        raise ValidationError(_("This person decides with the own account."), code="own_account")
    _check_not_withdrawn_since(given_on, of_account | Q(record=locked), text.kind)
    _replace(Consent.objects.filter(record=locked, kind=text.kind))
    consent = Consent.objects.create(
        text=text,
        record=locked,
        kind=text.kind,
        items=chosen,
        wording=wording(text, name=locked.full_name, items=chosen),
        given_at=timezone.make_aware(datetime.combine(given_on, time.min)),
        on_paper=True,
        scan=scan,
        entered_by=user,
    )
    log(instance=consent, action="people.give_consent", user=user, data={"items": chosen})
    _tell(None, locked)
    return consent


@transaction.atomic
def withdraw_consent(*, user: User, kind: str) -> int:
    """End every consent of ``kind`` that ``user`` has given, here and on paper; returns how many.

    From the commit on nothing of it is shown anywhere. A second time changes nothing.
    """
    account = User.objects.select_for_update().get(pk=user.pk)
    ended = Consent.objects.filter(
        Q(user=account) | Q(record__user=account), kind=kind, withdrawn_at__isnull=True
    )
    # Only the consents: PostgreSQL locks no row that an outer join may lack.
    found = list(ended.select_for_update(of=("self",)))
    for consent in found:
        consent.withdrawn_at = timezone.now()
        consent.save(update_fields=["withdrawn_at"])
        log(instance=consent, action="people.withdraw_consent", user=user)
    if found:
        _tell(account, StaffRecord.objects.filter(user=account).first())
    return len(found)


@transaction.atomic
def withdraw_paper_consents(*, record: StaffRecord, user: User | None) -> int:
    """End what somebody without an account has signed; returns how many. Twice changes nothing."""
    locked = StaffRecord.objects.select_for_update().get(pk=record.pk)
    ended = Consent.objects.filter(record=locked, withdrawn_at__isnull=True)
    found = list(ended.select_for_update(of=("self",)))
    for consent in found:
        consent.withdrawn_at = timezone.now()
        consent.save(update_fields=["withdrawn_at"])
        log(instance=consent, action="people.withdraw_consent", user=user)
    if found:
        _tell(None, locked)
    return len(found)


@transaction.atomic
def withdraw_by_letter(*, record: StaffRecord, kind: str, letter: str, user: User) -> int:
    """End the consent of ``kind`` of a person who has written so; returns how many have ended.

    ``letter`` is its number and day, for the journal. Twice changes nothing. Raises
    PermissionDenied for those who do not keep the record, ValidationError without a letter.
    """
    locked = StaffRecord.objects.select_for_update().get(pk=record.pk)
    if not user_can_edit_staff(user, locked):
        raise PermissionDenied
    letter = one_line(letter)
    if not letter:
        raise ValidationError({"letter": _("Write the number and the date of the letter.")})
    ended = ended_by_letter(record=locked, user=user).filter(kind=kind)
    found = list(ended.select_for_update(of=("self",)))
    for consent in found:
        consent.withdrawn_at = timezone.now()
        consent.save(update_fields=["withdrawn_at"])
        data = {"letter": letter}
        log(instance=consent, action="people.withdraw_consent", user=user, data=data)
    if found:
        _tell(None, locked)
    return len(found)


@transaction.atomic
def settle_papers(record: StaffRecord) -> None:
    """A record and an account belong together now: the later word counts, and only that one.

    What was said with the account ends a paper that was signed before, or on the same day.
    """
    said = Consent.objects.filter(user=record.user_id, is_replaced=False)
    papers = Consent.objects.filter(record=record, withdrawn_at__isnull=True)
    for paper in papers.select_for_update(of=("self",)):
        words = [own.withdrawn_at or own.given_at for own in said if own.kind == paper.kind]
        if words and timezone.localdate(paper.given_at) <= timezone.localdate(max(words)):
            _replace(Consent.objects.filter(pk=paper.pk))
            _tell(None, record)


def _replace(consents: QuerySet[Consent]) -> None:
    """End those of ``consents`` that hold, because the same person chose anew."""
    consents.filter(withdrawn_at__isnull=True).update(withdrawn_at=timezone.now(), is_replaced=True)


def _check_not_withdrawn_since(day: date, whose: Q, kind: str) -> None:
    """A withdrawal takes back what was signed before it, also what is entered after it."""
    taken_back = Consent.objects.filter(whose, kind=kind, is_replaced=False)
    last = taken_back.aggregate(last=Max("withdrawn_at"))["last"]
    if last is not None and day <= timezone.localdate(last):
        raise ValidationError(
            {
                "given_on": _(
                    "The consent was withdrawn on %(day)s. Only a paper signed later counts."
                )
                % {"day": f"{timezone.localtime(last):%d.%m.%Y}"}
            }
        )


def _check_last_day(day: date) -> None:
    """Raise ValidationError unless a consent may hold until ``day``."""
    today = timezone.localdate()
    if day < today:
        raise ValidationError({"valid_until": _("This day has passed.")})
    if day.year > today.year + LONGEST_YEARS:
        raise ValidationError(
            {"valid_until": _("This is too far ahead. Leave it empty: until you withdraw it.")}
        )


def _checked(text: ConsentText, items: Iterable[str], valid_until: date | None) -> list[str]:
    """The chosen items in the order of their list; only what the version itself asks about."""
    asked = set(items)
    if text.kind == ConsentKind.PROCESSING:
        return []
    if asked - set(text.items):
        raise ValidationError({"items": _("Choose from the list.")})
    if not asked:
        raise ValidationError(
            {"items": _("Choose what may be published, or leave the consent out altogether.")}
        )
    if valid_until is not None:
        _check_last_day(valid_until)
    return [item for item in ConsentItem.values if item in asked]


@transaction.atomic
def answer_later(*, user: User, text: ConsentText, answer: ConsentAnswerKind) -> None:
    """Keep that ``user`` put the question about ``text`` off, or declined; nothing else changes.

    A consent to an earlier version stays in force. The same answer again changes nothing, and what
    was declined is not put off afterwards.
    """
    account = User.objects.select_for_update().get(pk=user.pk)
    former = ConsentAnswer.objects.filter(user=account, text=text).first()
    if former is not None and former.answer in (answer, ConsentAnswerKind.DECLINED):
        return
    given, _made = ConsentAnswer.objects.update_or_create(
        user=account, text=text, defaults={"answer": answer, "answered_at": timezone.now()}
    )
    log(instance=given, action="people.answer_consent", user=user, data={"answer": answer})


def _tell(user: User | None, record: StaffRecord | None) -> None:
    for listener in _listeners:
        listener(user, record)
