"""Requests of accounts to be linked with the register, and the records they may mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import LinkState
from people.models import Organisation, StaffLink, StaffPosition, StaffRecord
from people.names import name_key
from people.permissions import user_keeps_all_staff

if TYPE_CHECKING:
    from people.models import User

# More than a school can tell apart at a glance.
CANDIDATES = 5


class Likeness(models.IntegerChoices):
    """How far a record agrees with a request, the best first."""

    SAME = 1, _("Name and date of birth agree")
    BIRTH_DATE = 2, _("The date of birth agrees, the name does not")
    NAME = 3, _("The name is the same or one letter off, the date of birth differs")


@dataclass(frozen=True)
class Candidate:
    """A record that a request may mean."""

    record: StaffRecord
    likeness: Likeness


@dataclass(frozen=True)
class LinkRequest:
    """A request with the records it may mean."""

    link: StaffLink
    candidates: list[Candidate]


def last_link(user: User) -> StaffLink | None:
    """The latest request of ``user``, whatever became of it."""
    links = StaffLink.objects.filter(user=user).select_related("organisation")
    return links.order_by("-created_at", "-pk").first()


def links_kept_by(user: User) -> models.QuerySet[StaffLink]:
    """Requests on which ``user`` decides or has a say: never one's own."""
    links = StaffLink.objects.exclude(user=user)
    if user_keeps_all_staff(user):
        return links
    own = Organisation.objects.in_charge_of(user).order_by()
    return links.filter(organisation__in=own.values("pk"))


def links_waiting_for(user: User) -> models.QuerySet[StaffLink]:
    """Requests that wait for the decision of ``user``, the oldest first."""
    return links_kept_by(user).filter(state=LinkState.REQUESTED)


def with_candidates(links: Iterable[StaffLink]) -> list[LinkRequest]:
    """Each request with free records of its organisation that it may mean; one query for all."""
    asked = list(links)
    if not asked:
        return []
    held = StaffPosition.objects.held_on(timezone.localdate()).filter(
        reduce(or_, map(_may_be_meant, asked)), record__user__isnull=True
    )
    people: dict[int, dict[int, StaffRecord]] = {}
    for position in held.order_by("record__name_key", "pk").select_related("record"):
        people.setdefault(position.organisation_id, {})[position.record_id] = position.record
    return [
        LinkRequest(link, _candidates(link, people.get(link.organisation_id, {}).values()))
        for link in asked
    ]


def _may_be_meant(link: StaffLink) -> models.Q:
    """Positions worth a look: of the same day of birth, or with half of the name letter for letter.

    One slip cannot be in both halves, so no record that is one letter off is left out.
    """
    key = name_key(link.last_name, link.first_name, link.patronymic)
    half = len(key) // 2
    return models.Q(organisation=link.organisation_id) & (
        models.Q(record__birth_date=link.birth_date)
        | models.Q(record__name_key__startswith=key[: half - 1])
        | models.Q(record__name_key__endswith=key[half + 1 :])
    )


def _candidates(link: StaffLink, records: Iterable[StaffRecord]) -> list[Candidate]:
    key = name_key(link.last_name, link.first_name, link.patronymic)
    found = [
        Candidate(record, likeness)
        for record in records
        if (likeness := _likeness(link, key, record)) is not None
    ]
    return sorted(found, key=lambda item: item.likeness)[:CANDIDATES]


def _likeness(link: StaffLink, key: str, record: StaffRecord) -> Likeness | None:
    same_day = record.birth_date == link.birth_date
    if same_day and record.name_key == key:
        return Likeness.SAME
    if same_day:
        return Likeness.BIRTH_DATE
    return Likeness.NAME if one_typo_away(record.name_key, key) else None


def one_typo_away(one: str, other: str) -> bool:
    """Whether a letter more, less, another one or two swapped make the one into the other."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    swapped = len(one) == 2 and one == other[::-1]
    return swapped or max(len(one), len(other)) <= 1
