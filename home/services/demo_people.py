"""Accounts of the demonstration; they share one password that everybody can read here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from home.services.demo_register import demo_organisation, demo_person
from home.services.seeding import once
from home.services.structure import read_data
from people.enums import Role
from people.models import OrganisationRole, User

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
    """What the command prints for one account."""

    email: str
    name: str
    role: str


@transaction.atomic
def load_demo_people() -> list[DemoLogin]:
    """Make the accounts once; return those that still exist, to be printed."""
    logins = []
    for entry in read_data("demo_pages.json")["users"]:
        if once(f"user:{entry['email']}"):
            _make_account(entry)
        user = User.objects.filter(email=entry["email"]).first()
        if user is not None:
            role = ROLES[entry["role"]] or entry["label"]
            logins.append(DemoLogin(user.email, user.get_full_name(), role))
    return logins


def _surname(entry: dict[str, Any]) -> str:
    return f"{entry.get('last_name') or entry['label']} (демо)"


def _make_account(entry: dict[str, Any]) -> None:
    """An account with its role in the district or in a school, linked with its staff record."""
    record = demo_person(entry["person"]) if "person" in entry else None
    made = User.objects.create_user(
        entry["email"],
        DEMO_PASSWORD,
        last_name=record.last_name if record else _surname(entry),
        first_name=record.first_name if record else entry.get("first_name", ""),
    )
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
