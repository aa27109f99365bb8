"""Lists of the staff register: who is in them, by what they are searched and ordered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.ages import years_before
from people.enums import Category, TrainingState
from people.models import (
    Organisation,
    StaffPosition,
    StaffQuerySet,
    StaffRecord,
    StaffRules,
    TeachingLoad,
    TrainingRecord,
)
from people.models.staff import DISTRICT_STAFF_ROLES
from people.names import name_key
from people.permissions import acts_for_somebody

if TYPE_CHECKING:
    from people.models import OrganisationQuerySet, User

# The conformity with a position is assessed once in five years (order No. 196 of 2023).
CONFORMITY_YEARS = 5


class StaffList(models.TextChoices):
    """Lists that the order and the department ask for; everybody else is left out."""

    YOUNG = "young", _("Young by age")
    EARLY = "early", _("Beginners by service")
    SEVERAL = "several", _("Teach two subjects or more")
    ATTESTATION = "attestation", _("Attestation this year")
    UNTRAINED = "untrained", _("No training for too long")
    COMING = "coming", _("Have not begun yet")
    LEFT = "left", _("Without a position today")


class StaffState(models.TextChoices):
    """Whether a methodist has looked at the last change."""

    WAITING = "waiting", _("Not confirmed")
    CONFIRMED = "confirmed", _("Confirmed")


class StaffSort(models.TextChoices):
    """Orders of the list."""

    NAME = "name", _("By name")
    YOUNGEST = "youngest", _("Youngest first")
    SERVICE = "service", _("Least service first")
    CHANGED = "changed", _("Changed lately")


_ORDERS: dict[str, tuple[Any, ...]] = {
    StaffSort.YOUNGEST: ("-birth_date", "-pk"),
    StaffSort.SERVICE: (models.F("teaching_since").desc(nulls_last=True), "-pk"),
    StaffSort.CHANGED: ("-changed_at", "-pk"),
}


def staff_list(*, user: User, chosen: dict[str, Any]) -> StaffQuerySet:
    """The records that ``user`` may open and that ``chosen`` (clean values of a form) asks for."""
    today = timezone.localdate()
    found = StaffRecord.objects.visible_to(user)
    if chosen.get("list") == StaffList.LEFT:
        found = found.exclude(Exists(_not_over_on(today)))
    elif chosen.get("list") == StaffList.COMING:
        found = found.filter(Exists(_not_over_on(today))).exclude(Exists(_held_on(today)))
    else:
        found = found.filter(Exists(_held_on(today)))
        found = in_list(found, chosen.get("list") or "", today)
    for word in chosen.get("q", "").split():
        if key := name_key(word, ""):
            found = found.filter(name_key__contains=key)
    # Of who is to begin, what will be held.
    held = _not_over_on(today) if chosen.get("list") == StaffList.COMING else _held_on(today)
    if organisation := chosen.get("organisation"):
        found = found.filter(Exists(held.filter(organisation=organisation)))
    if title := chosen.get("position"):
        found = found.filter(Exists(held.filter(title=title)))
    if subject := chosen.get("subject"):
        loads = TeachingLoad.objects.filter(record=OuterRef("pk"), subject=subject)
        found = found.filter(Exists(loads))
    if category := chosen.get("category"):
        found = found.filter(category="" if category == NO_CATEGORY else category)
    if chosen.get("state") == StaffState.WAITING:
        found = found.unconfirmed()
    elif chosen.get("state") == StaffState.CONFIRMED:
        found = found.filter(confirmed_revision=models.F("latest_revision"))
    if order := _ORDERS.get(chosen.get("sort") or ""):
        found = found.order_by(*order)
    return found


# In an address an empty value means «any».
NO_CATEGORY = "none"


def in_list(found: StaffQuerySet, name: str, today: date) -> StaffQuerySet:
    """Only the people of ``found`` who belong to the list on ``today``; the rules are a setting."""
    rules = StaffRules.load()
    if name == StaffList.YOUNG:
        return found.filter(birth_date__gt=rules.young_born_after(today))
    if name == StaffList.EARLY:
        return found.filter(teaching_since__gt=rules.early_since_after(today))
    if name == StaffList.SEVERAL:
        several = (
            TeachingLoad.objects.order_by()
            .values("record")
            .annotate(subjects=Count("subject", distinct=True))
            .filter(subjects__gte=2)
        )
        return found.filter(pk__in=several.values("record"))
    if name == StaffList.ATTESTATION:
        due = Q(
            next_attestation__isnull=True,
            category=Category.CONFORMITY,
            category_date__lte=date(today.year - CONFORMITY_YEARS, 12, 31),
        )
        return found.filter(Q(next_attestation__year=today.year) | due)
    if name == StaffList.UNTRAINED:
        lately = TrainingRecord.objects.filter(
            record=OuterRef("pk"),
            state=TrainingState.CONFIRMED,
            ends_on__gt=years_before(today, rules.training_years),
        )
        return found.exclude(Exists(lately))
    return found


def _held_on(day: date) -> models.QuerySet[StaffPosition]:
    return StaffPosition.objects.held_on(day).filter(record=OuterRef("pk")).order_by()


def _not_over_on(day: date) -> models.QuerySet[StaffPosition]:
    return StaffPosition.objects.not_over_on(day).filter(record=OuterRef("pk")).order_by()


def with_rows(found: StaffQuerySet, *, coming: bool = False) -> StaffQuerySet:
    """``found`` with everything a row of the list shows: two queries more, however many rows.

    ``coming``: positions that begin later stand among those that are held today.
    """
    today, positions = timezone.localdate(), StaffPosition.objects.select_related("organisation")
    shown = positions.not_over_on(today) if coming else positions.held_on(today)
    return found.prefetch_related(
        Prefetch("positions", queryset=shown, to_attr="held"),
        Prefetch(
            "loads", queryset=TeachingLoad.objects.select_related("subject"), to_attr="taught"
        ),
    )


def organisations_of(user: User) -> OrganisationQuerySet:
    """Organisations by which ``user`` may narrow the list."""
    today = timezone.localdate()
    visible = StaffRecord.objects.visible_to(user).order_by().values("pk")
    held = StaffPosition.objects.held_on(today).filter(record__in=visible)
    return Organisation.objects.filter(pk__in=held.order_by().values("organisation"))


def titles_of(user: User) -> list[str]:
    """Titles of positions that people of the list hold today."""
    visible = StaffRecord.objects.visible_to(user).order_by().values("pk")
    held = StaffPosition.objects.held_on(timezone.localdate()).filter(record__in=visible)
    return list(held.order_by("title").values_list("title", flat=True).distinct())


def is_in_register(user: User) -> bool:
    """Whether a record of the register is linked with the account."""
    return StaffRecord.objects.filter(user=user).exists()


def sees_others(user: User) -> bool:
    """Whether the register is a room for ``user``: somebody else's card may be opened there."""
    of_district = user.is_authenticated and bool(user.district_roles & DISTRICT_STAFF_ROLES)
    return of_district or acts_for_somebody(user)
