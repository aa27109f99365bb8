"""Whose data is meant, and what the portal holds of that person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Revision

from core.rights import NO_ACCOUNT, DataSubject, Fate, PersonalData, personal_data
from core.rights.subject import Name
from people.enums import RequestState, Role
from people.models import (
    ErasureRequest,
    StaffLink,
    StaffRecord,
    User,
)
from people.permissions import has_district_role
from people.services.nameless import substitute_of, substitute_of_record

if TYPE_CHECKING:
    from django.db.models import QuerySet

_NAMES = ("last_name", "first_name", "patronymic")


@dataclass(frozen=True)
class Held:
    """One kind of data with the number of its rows."""

    kind: PersonalData
    count: int


def subject_of(user: User) -> DataSubject:
    """The person behind ``user`` with every name that the portal has ever written for it."""
    names = {_name_of(user)}
    names |= set(StaffLink.objects.filter(user=user).order_by().values_list(*_NAMES))
    records = list(StaffRecord.objects.filter(user=user))
    for record in records:
        names |= _names_of_record(record)
    addresses = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    emails = {address.lower() for address in (user.email, *addresses) if address}
    return DataSubject(
        user=user,
        names=tuple(sorted(names)),
        emails=tuple(sorted(emails)),
        substitute=substitute_of(user),
        records=tuple(record.pk for record in records),
    )


def subject_of_record(record: StaffRecord) -> DataSubject:
    """The person of ``record``: with the account, where there is one."""
    if record.user is not None:
        return subject_of(record.user)
    return DataSubject(
        user=User(pk=NO_ACCOUNT),
        names=tuple(sorted(_names_of_record(record))),
        emails=(),
        substitute=substitute_of_record(record),
        records=(record.pk,),
    )


def subject_of_address(email: str) -> DataSubject:
    """Somebody of whom nothing but an e-mail address is known: who was invited and did not come."""
    return DataSubject(
        user=User(pk=NO_ACCOUNT),
        names=(),
        emails=(email.lower(),),
        substitute=_("Erased address"),
    )


def has_account_with(email: str) -> bool:
    """Whether somebody's account knows this address."""
    known = EmailAddress.objects.filter(email__iexact=email)
    return known.exists() or User.objects.filter(email__iexact=email).exists()


def _name_of(thing: User | StaffRecord) -> Name:
    return (thing.last_name, thing.first_name, thing.patronymic)


def _names_of_record(record: StaffRecord) -> set[Name]:
    names = {_name_of(record)}
    versions = Revision.objects.for_instance(record).order_by().values_list("content")
    for (content,) in versions.iterator(chunk_size=100):
        last, first, middle = (str(content.get(name) or "") for name in _NAMES)
        names.add((last, first, middle))
    return names


def held_of(subject: DataSubject) -> list[Held]:
    """Every kind that is shown to people and of which something is held; a query for each kind."""
    kinds = [kind for kind in personal_data() if kind.shown]
    found = [Held(kind, kind.found(subject).order_by().count()) for kind in kinds]
    order = list(Fate)
    return sorted(
        (item for item in found if item.count),
        key=lambda item: (order.index(item.kind.fate), str(item.kind.title)),
    )


def erasures_waiting() -> QuerySet[ErasureRequest]:
    """Requests for erasure that wait for an administrator, the oldest first."""
    waiting = ErasureRequest.objects.filter(state=RequestState.WAITING)
    return waiting.select_related("user").order_by("created_at", "pk")


def erasures_closed() -> QuerySet[ErasureRequest]:
    """What has been decided, the newest first: certificates of what was erased among them."""
    closed = ErasureRequest.objects.exclude(state=RequestState.WAITING)
    return closed.select_related("user", "record").order_by("-decided_at", "-pk")


def certificate_of(request: ErasureRequest) -> dict[str, list[Held]]:
    """What became of each kind of data, as it was counted before it was done."""
    kinds = {kind.name: kind for kind in personal_data() if kind.shown}
    held = [Held(kinds[name], count) for name, count in request.outcome.items() if name in kinds]
    return by_fate(held)


def by_fate(held: list[Held]) -> dict[str, list[Held]]:
    """Kinds by what becomes of them."""
    return {fate.value: [item for item in held if item.kind.fate == fate] for fate in Fate}


def user_decides_erasure(user: Any) -> bool:
    """Whether ``user`` decides on requests for erasure."""
    return has_district_role(user, Role.ADMINISTRATOR)


def administrators() -> QuerySet[User]:
    """Open accounts that look after the portal."""
    return User.objects.filter(
        Q(is_superuser=True) | Q(groups__name=Role.ADMINISTRATOR.value), is_active=True
    )


def what_happens(subject: DataSubject) -> dict[str, list[Held]]:
    """The kinds that are held, by what becomes of them."""
    return by_fate(held_of(subject))
