"""Consents: given, changed, withdrawn. A withdrawal takes effect in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_admin_base_url
from wagtail.log_actions import log

from core.models import SiteSettings
from people.enums import ConsentItem, ConsentKind
from people.models import Consent, ConsentText, StaffRecord, User
from people.permissions import user_can_edit_staff

if TYPE_CHECKING:
    from core.models import PrivateFile

TEXTS = Path(__file__).resolve().parent.parent / "data" / "consent_texts.json"

Listener = Callable[[User | None, StaffRecord | None], None]
_listeners: list[Listener] = []


def register_consent_listener(listener: Listener) -> Listener:
    """Decorate a function that brings what an app has published into line with a changed consent.

    It is called with the account and the staff record concerned, inside the transaction.
    """
    _listeners.append(listener)
    return listener


def set_up_consent_texts() -> None:
    """The first version of each text, put in force; a department writes its own versions later."""
    for entry in json.loads(TEXTS.read_text(encoding="utf-8")):
        if not ConsentText.objects.filter(kind=entry["kind"]).exists():
            ConsentText.objects.create(version=1, published_at=timezone.now(), **entry)


def text_in_force(kind: str) -> ConsentText | None:
    """The version that is agreed to today; None where nobody has put one in force."""
    return (
        ConsentText.objects.filter(kind=kind, published_at__lte=timezone.now())
        .order_by("-published_at", "-version")
        .first()
    )


@transaction.atomic
def add_version(*, text: ConsentText, user: User) -> ConsentText:
    """A new version of a wording, in force from now on. Who agreed to an older one agreed to that.

    Raises ValidationError when the wording has no place for the person's name.
    """
    if "{fio}" not in text.text:
        raise ValidationError({"text": _("The text has to name the person: {fio}.")})
    last = ConsentText.objects.select_for_update().filter(kind=text.kind)
    number = last.aggregate(number=Max("version"))["number"] or 0
    text.pk, text.version, text.published_at = None, number + 1, timezone.now()
    text._state.adding = True
    text.full_clean()
    text.save()
    log(instance=text, action="wagtail.create", user=user)
    return text


def wording(
    text: ConsentText, *, name: str, items: Iterable[str] = (), valid_until: date | None = None
) -> str:
    """The text with everything filled in, as a person reads and signs it."""
    settings = SiteSettings.objects.first() or SiteSettings()
    chosen = [str(ConsentItem(item).label) for item in ConsentItem.values if item in set(items)]
    values = {
        "fio": name,
        "operator": settings.operator_name or settings.owner_name,
        "address": settings.address or _("address in the contacts of the portal"),
        "data_list": text.data_list,
        "purposes": text.purposes,
        "portal_url": get_admin_base_url(),
        "checked_list": "; ".join(chosen) or _("nothing"),
        "term": f"{valid_until:%d.%m.%Y}" if valid_until else _("until withdrawn"),
    }
    filled = text.text
    for key, value in values.items():
        # No str.format: braces that a lawyer writes are no place for data.
        filled = filled.replace(f"{{{key}}}", str(value))
    return filled


@transaction.atomic
def give_consent(
    *,
    user: User,
    text: ConsentText,
    items: Iterable[str] = (),
    valid_until: date | None = None,
) -> Consent:
    """``user`` agrees to ``text``; for distribution, to ``items`` until ``valid_until``.

    The same again changes nothing; another choice ends the former consent and begins a new one.
    Raises ValidationError for an empty or unknown choice, for a day that has passed and for a
    version that is not in force any more.
    """
    # One at a time for each account: the second click finds what the first one made.
    account = User.objects.select_for_update().get(pk=user.pk)
    chosen = _checked(text, items, valid_until)
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

    Raises PermissionDenied for other schools and for one's own record, ValidationError without a
    scan, for a day ahead, and when the account has a consent of its own.
    """
    locked = StaffRecord.objects.select_for_update().get(pk=record.pk)
    if not user_can_edit_staff(user, locked):
        raise PermissionDenied
    if scan is None:
        raise ValidationError({"scan": _("Attach the scan of the signed paper.")})
    if given_on > timezone.localdate():
        raise ValidationError({"given_on": _("This day is still ahead.")})
    chosen = _checked(text, items, None)
    of_account = Q(user=locked.user_id) if locked.user_id else Q(pk__in=[])
    if Consent.objects.in_force().filter(of_account, kind=text.kind).exists():
        raise ValidationError(_("This person decides with the own account."), code="own_account")
    Consent.objects.filter(record=locked, kind=text.kind, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now(), is_replaced=True
    )
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


def _checked(text: ConsentText, items: Iterable[str], valid_until: date | None) -> list[str]:
    """The chosen items in the order of their list."""
    current = text_in_force(text.kind)
    if current is None or current.pk != text.pk:
        raise ValidationError(_("The text has changed meanwhile. Read it again."), code="changed")
    asked = set(items)
    if text.kind == ConsentKind.PROCESSING:
        return []
    if asked - set(ConsentItem.values):
        raise ValidationError({"items": _("Choose from the list.")})
    if not asked:
        raise ValidationError(
            {"items": _("Choose what may be published, or leave the consent out altogether.")}
        )
    if valid_until is not None and valid_until < timezone.localdate():
        raise ValidationError({"valid_until": _("This day has passed.")})
    return [item for item in ConsentItem.values if item in asked]


def _tell(user: User | None, record: StaffRecord | None) -> None:
    for listener in _listeners:
        listener(user, record)
