"""What of a person may be published: the one question that every public page asks (ADR 0014)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.page_cache import valid_until
from people.enums import ConsentItem, ConsentKind
from people.models import Consent, StaffRecord, User
from people.permissions import user_keeps_consents

Person = User | StaffRecord
Items = frozenset[ConsentItem]
NOTHING: Items = frozenset()


def published_items(person: Person) -> Items:
    """What ``person`` allows to be published now; nothing without a consent in force. One query."""
    return published_items_of([person])[person]


def published_items_of(people: Iterable[Person]) -> dict[Person, Items]:
    """The same for many people, in one query.

    A consent given with the account and one signed on paper are both asked: what the account says
    counts where it has spoken, since that is what the person changes alone.
    """
    asked = list(people)
    users = {pk for person in asked if (pk := _account(person)) is not None}
    records = {person.pk for person in asked if isinstance(person, StaffRecord)}
    found = Consent.objects.in_force().filter(
        Q(user__in=users) | Q(record__in=records) | Q(record__user__in=users),
        kind=ConsentKind.DISTRIBUTION,
    )
    of_users: dict[int, Items] = {}
    of_records: dict[int, Items] = {}
    rows = found.values_list("user", "record", "record__user", "items", "valid_until")
    for user, record, account, items, last_day in rows:
        allowed = frozenset(ConsentItem(item) for item in items if item in ConsentItem.values)
        if user is not None:
            of_users[user] = allowed
        if record is not None:
            of_records[record] = allowed
            if account is not None:
                of_users.setdefault(account, allowed)
        if last_day is not None and last_day != date.max:
            # A page that shows the person is not true any longer after that day.
            midnight = datetime.combine(last_day + timedelta(days=1), time.min)
            valid_until(timezone.make_aware(midnight))
    return {person: _items_of(person, of_users, of_records) for person in asked}


def display_name(person: Person, items: Items | None = None) -> str:
    """The name as the public reads it: «Педагог района» without the consent to publish it."""
    allowed = published_items(person) if items is None else items
    if ConsentItem.NAME not in allowed:
        return _("A teacher of the district")
    return person.full_name if isinstance(person, StaffRecord) else person.get_full_name()


def may_process(user: User) -> bool:
    """Whether ``user`` has agreed to the processing of personal data, here or on paper."""
    return (
        Consent.objects.in_force()
        .filter(Q(user=user) | Q(record__user=user), kind=ConsentKind.PROCESSING)
        .exists()
    )


def ended_by_letter(*, record: StaffRecord, user: User) -> models.QuerySet[Consent]:
    """The consents in force of a person that ``user`` ends when the person writes a letter.

    What was signed on paper; what was given with an account ends the operator alone.
    """
    whose = Q(record=record)
    if record.user_id is not None and user_keeps_consents(user):
        whose |= Q(user=record.user_id)
    return Consent.objects.in_force().filter(whose)


def _account(person: Person) -> int | None:
    account: int | None = person.user_id if isinstance(person, StaffRecord) else person.pk
    return account


def _items_of(person: Person, users: dict[int, Items], records: dict[int, Items]) -> Items:
    account = _account(person)
    if account in users:
        return users[account]
    return records.get(person.pk, NOTHING) if isinstance(person, StaffRecord) else NOTHING
