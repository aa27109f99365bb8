"""Whose data is meant, and what the portal holds of that person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.db.models import Q
from wagtail.models import Revision

from core.rights import DataSubject, Fate, PersonalData, personal_data
from people.enums import RequestState, Role
from people.models import (
    ErasureRequest,
    StaffLink,
    StaffRecord,
    User,
)
from people.permissions import has_district_role
from people.services.nameless import substitute_of

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
    names = {tuple(getattr(user, name) for name in _NAMES)}
    names |= set(StaffLink.objects.filter(user=user).order_by().values_list(*_NAMES))
    for record in StaffRecord.objects.filter(user=user):
        names.add(tuple(getattr(record, name) for name in _NAMES))
        versions = Revision.objects.for_instance(record).order_by().values_list("content")
        for (content,) in versions.iterator(chunk_size=100):
            names.add(tuple(content.get(name, "") for name in _NAMES))
    addresses = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    emails = {address.lower() for address in (user.email, *addresses) if address}
    return DataSubject(
        user=user,
        names=tuple(sorted(names)),  # type: ignore[arg-type]
        emails=tuple(sorted(emails)),
        substitute=substitute_of(user),
    )


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
    held = held_of(subject)
    return {fate.value: [item for item in held if item.kind.fate == fate] for fate in Fate}
