"""Erasure of somebody who asks in a letter, and of who has left: by the service of everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.rights import without_name
from people.enums import RequestState
from people.models import ErasureRequest, Invitation, StaffRecord, User
from people.queries.rights import (
    has_account_with,
    subject_of_address,
    subject_of_record,
    user_decides_erasure,
)
from people.services.erasure import erase_person, erase_subject
from people.services.nameless import make_record_nameless

if TYPE_CHECKING:
    from datetime import date

    from core.rights import DataSubject


@transaction.atomic
def erase_record_by_letter(
    *, record: StaffRecord, ground: str, ground_date: date, reason: str, by: User
) -> ErasureRequest:
    """Erase the person of ``record``, who has asked on paper; the certificate is returned.

    With the account, where the person has one. A second click finds the certificate of the first.
    Raises as ``erase_person``.
    """
    record = StaffRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if not user_decides_erasure(by) or record.user_id == by.pk:
        raise PermissionDenied
    if record.erased_at is not None:
        return ErasureRequest.objects.filter(record=record).latest("pk")
    subject = subject_of_record(record)
    if record.user is None:
        request = ErasureRequest(record=record)
        return _answer(request, subject, ground, ground_date, reason, by)
    request = _request_of(record.user)
    request.record = record
    request.ground, request.ground_date = _nameless(ground, subject), ground_date
    request.save()
    erase_person(user=record.user, by=by)
    return _with_reason(request, subject, reason)


@transaction.atomic
def erase_invited_by_letter(
    *, invitation: Invitation, ground: str, ground_date: date, reason: str, by: User
) -> ErasureRequest:
    """Erase the address of somebody who was invited and has no account.

    Raises PermissionDenied for everybody but an administrator, ValidationError where an account
    knows the address: its owner asks from there.
    """
    if not user_decides_erasure(by):
        raise PermissionDenied
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.accepted_at is not None or has_account_with(invitation.email):
        raise ValidationError(
            _("This person has an account: the request comes from there, or from the card."),
            code="account",
        )
    subject = subject_of_address(invitation.email)
    return _answer(ErasureRequest(), subject, ground, ground_date, reason, by)


@transaction.atomic
def forget_who_left(*, record: StaffRecord) -> None:
    """The term of keeping has ended: nobody is in the record any more; twice changes nothing.

    Who has an account keeps it, and asks about it alone.
    """
    record = StaffRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if record.erased_at is not None:
        return
    with override(settings.LANGUAGE_CODE):
        if record.user_id is not None:
            make_record_nameless(record)
            return
        subject = subject_of_record(record)
        request = ErasureRequest.objects.create(record=record)
        erase_subject(subject, None, request)
        _with_reason(request, subject, _("The term of keeping has ended."))


def _request_of(user: User) -> ErasureRequest:
    waiting = ErasureRequest.objects.filter(user=user, state=RequestState.WAITING).first()
    return waiting or ErasureRequest(user=user)


def _answer(
    request: ErasureRequest,
    subject: DataSubject,
    ground: str,
    ground_date: date,
    reason: str,
    by: User,
) -> ErasureRequest:
    request.ground, request.ground_date = _nameless(ground, subject), ground_date
    request.save()
    with override(settings.LANGUAGE_CODE):
        erase_subject(subject, by, request)
    return _with_reason(request, subject, reason)


def _with_reason(request: ErasureRequest, subject: DataSubject, reason: str) -> ErasureRequest:
    """Written when all is done: the erasure empties the words of requests."""
    request.refresh_from_db()
    request.remark = _nameless(reason, subject)
    request.save(update_fields=["remark"])
    return request


def _nameless(text: str, subject: DataSubject) -> str:
    return str(without_name(text.strip(), subject))
