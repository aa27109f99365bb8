"""Accounts of the demonstration; they share one password that everybody can read here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from home.services.demo_register import demo_organisation, demo_person
from home.services.seeding import once
from home.services.structure import read_data
from people.enums import ConsentKind, Role
from people.models import OrganisationRole, User
from people.services.addresses import set_address
from people.services.consent_texts import text_in_force
from people.services.consents import give_consent

DEMO_PASSWORD = "demo-portal-64"  # noqa: S105 - known on purpose; load_demo is refused in production
ROLES = {
    "administrator": Role.ADMINISTRATOR.value,
    "coordinator": Role.COORDINATOR.value,
    "methodist": Role.METHODIST.value,
    "editor": Role.EDITOR.value,
    "": "",
}


@dataclass(frozen=True)
class DemoLogin:
    """An account as a start prints it: its address, who it is, what it may do now."""

    email: str
    name: str
    role: str


@transaction.atomic
def load_demo_people() -> list[DemoLogin]:
    """Make the accounts once; return those that can still sign in with the known password."""
    entries = read_data("demo_pages.json")["users"]
    # One hash for all: making and checking it is slow on purpose, the password is no secret.
    password = ""
    for entry in entries:
        if once(f"user:{entry['email']}"):
            password = password or make_password(DEMO_PASSWORD)
            _make_account(entry, password)
    labels = {entry["email"]: entry.get("label", "") for entry in entries}
    users = User.objects.filter(email__in=labels, is_active=True).prefetch_related("groups")
    return [
        DemoLogin(user.email, user.get_full_name(), _roles(user) or labels[user.email])
        for user in users.order_by("pk")
        if _is_demo_password(user.password)
    ]


@lru_cache
def _is_demo_password(encoded: str) -> bool:
    return check_password(DEMO_PASSWORD, encoded)


def _roles(user: User) -> str:
    return ", ".join(sorted(group.name for group in user.groups.all()))


def _surname(entry: dict[str, Any]) -> str:
    return f"{entry.get('last_name') or entry['label']} (демо)"


def _make_account(entry: dict[str, Any], password: str) -> None:
    """An account with its role in the district or in a school, linked with its staff record."""
    record = demo_person(entry["person"]) if "person" in entry else None
    made = User.objects.create(
        email=entry["email"],
        password=password,
        last_name=record.last_name if record else _surname(entry),
        first_name=record.first_name if record else entry.get("first_name", ""),
    )
    # Nobody would get the letter: these mailboxes do not exist.
    set_address(user=made, confirmed=True)
    # The question after the log-in is for people; whoever tries the portal comes straight in.
    consent = text_in_force(ConsentKind.PROCESSING)
    if consent is not None:
        give_consent(user=made, text=consent)
    made.groups.set(Group.objects.filter(name=ROLES[entry["role"]]))
    if record is not None and record.user_id is None:
        record.user = made
        record.save(update_fields=["user"])
    organisation = demo_organisation(entry.get("organisation", ""))
    if organisation is not None:
        OrganisationRole.objects.create(
            user=made,
            organisation=organisation,
            kind=entry["organisation_role"],
            starts_on=timezone.localdate(),
        )
