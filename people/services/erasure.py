"""Erasure of a person: asked for, decided on, done (docs/adr/0016)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from core.page_cache import purge_all
from core.rights import Fate, personal_data
from core.rights.registry import erase_rows
from people.enums import ConsentKind, RequestState
from people.models import ErasureRequest, StaffRecord, User
from people.permissions import user_can_manage_account
from people.queries.rights import administrators, subject_of, user_decides_erasure
from people.services.consents import withdraw_consent, withdraw_paper_consents
from people.services.notices import tell_erasure_asked, tell_erasure_refused
from people.services.waiting import check_waiting

if TYPE_CHECKING:
    from core.rights import DataSubject


@transaction.atomic
def ask_erasure(*, user: User, text: str = "") -> ErasureRequest:
    """``user`` asks to be erased; a second click finds the request of the first."""
    account = User.objects.select_for_update().get(pk=user.pk)
    waiting = ErasureRequest.objects.filter(user=account, state=RequestState.WAITING).first()
    if waiting is not None:
        return waiting
    check_not_last(account)
    request = ErasureRequest.objects.create(user=account, text=text.strip())
    log(instance=request, action="people.ask_erasure", user=user)
    tell_erasure_asked(request=request, administrators=administrators().exclude(pk=user.pk))
    return request


@transaction.atomic
def withdraw_erasure(*, request: ErasureRequest, user: User) -> ErasureRequest:
    """The person has thought better of it, while nobody has decided."""
    request = ErasureRequest.objects.select_for_update().get(pk=request.pk)
    if request.user_id != user.pk:
        raise PermissionDenied
    if request.state == RequestState.WITHDRAWN:
        return request
    check_waiting(request)
    _decide(request, RequestState.WITHDRAWN, user)
    log(instance=request, action="people.withdraw_erasure", user=user)
    return request


@transaction.atomic
def refuse_erasure(*, request: ErasureRequest, remark: str, user: User) -> ErasureRequest:
    """The law makes the operator keep the data; ``remark`` is what the person reads."""
    request = ErasureRequest.objects.select_for_update().get(pk=request.pk)
    check_right(_account_of(request), user)
    if request.state == RequestState.REFUSED:
        return request
    check_waiting(request)
    if not remark.strip():
        raise ValidationError({"remark": _("Say why: the law asks for a reasoned answer.")})
    _decide(request, RequestState.REFUSED, user, remark.strip())
    log(instance=request, action="people.refuse_erasure", user=user)
    tell_erasure_refused(request=request)
    return request


@transaction.atomic
def confirm_erasure(*, request: ErasureRequest, user: User) -> User:
    """Erase the person who asked; a second click, or a second administrator, changes nothing.

    Raises ValidationError when the request is withdrawn or refused meanwhile, or when nobody would
    be left to look after the portal; PermissionDenied for one's own request.
    """
    request = ErasureRequest.objects.select_for_update().get(pk=request.pk)
    check_right(_account_of(request), user)
    if request.state == RequestState.DONE:
        return _account_of(request)
    check_waiting(request)
    return erase_person(user=_account_of(request), by=user)


@transaction.atomic
def erase_person(*, user: User, by: User) -> User:
    """Take the person out of everything the portal holds; the emptied account is returned.

    A second time changes nothing. What each kind of data becomes, its registration says
    (``core.rights``); files go when the transaction has been committed. Raises as
    ``confirm_erasure``.
    """
    # Administrators first and always in one order: two who erase each other wait here.
    keepers = list(administrators().order_by("pk").values_list("pk", flat=True))
    locked = User.objects.select_for_update().filter(pk__in={*keepers, user.pk, by.pk})
    accounts = {account.pk: account for account in locked.order_by("pk")}
    account = accounts[user.pk]
    check_right(account, accounts[by.pk])
    if account.erased_at is not None:
        return account
    check_not_last(account)
    # What is stored is read by everybody, whatever the language of this request.
    with override(settings.LANGUAGE_CODE):
        erase_subject(subject_of(account), by)
    return User.objects.get(pk=account.pk)


def erase_subject(
    subject: DataSubject, by: User | None, letter: ErasureRequest | None = None
) -> None:
    """Do with every kind what its registration says, and write the certificate of it.

    ``letter`` is what is answered when the person has no account to ask from. Nobody is asked for
    rights here: who calls it has.
    """
    if subject.has_account:
        for consent in ConsentKind:
            # What was published by consent disappears the way it does for every withdrawal.
            withdraw_consent(user=subject.user, kind=consent)
    for record in StaffRecord.objects.filter(pk__in=subject.records):
        withdraw_paper_consents(record=record, user=by)
    kinds = personal_data()
    outcome = {
        kind.name: count for kind in kinds if (count := kind.found(subject).order_by().count())
    }
    waiting = ErasureRequest.objects.filter(user=subject.user, state=RequestState.WAITING)
    for request in [letter] if letter is not None else waiting:
        request.outcome = outcome
        _decide(request, RequestState.DONE, by)
    for kind in kinds:
        erase_rows(kind, subject)
    purge_all()
    account = User.objects.filter(pk=subject.user.pk).first()
    erased = {kind.name for kind in kinds if kind.fate == Fate.ERASED}
    log(
        instance=account or letter,
        action="people.erase_person",
        user=by,
        data={"erased": {name: n for name, n in outcome.items() if name in erased}},
    )


def check_right(account: User, user: User) -> None:
    """Raise PermissionDenied unless ``user`` may erase ``account``."""
    allowed = user_decides_erasure(user) and user_can_manage_account(user, account)
    if not allowed or account.pk == user.pk:
        raise PermissionDenied


def check_not_last(account: User) -> None:
    """Raise ValidationError where nobody else looks after the portal."""
    if not administrators().exclude(pk=account.pk).exists():
        raise ValidationError(
            _("Nobody else looks after the portal. Name another administrator first."), code="last"
        )


def _account_of(request: ErasureRequest) -> User:
    """Whose request it is; what came in a letter without an account is closed, for everybody."""
    if request.user is None:
        raise PermissionDenied
    return request.user


def _decide(
    request: ErasureRequest, state: RequestState, user: User | None, remark: str = ""
) -> None:
    request.state, request.decided_by, request.decided_at = state, user, timezone.now()
    request.remark = remark
    request.save()
