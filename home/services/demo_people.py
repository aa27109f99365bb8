"""Accounts of the demonstration; they share one password that everybody can read here."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction

from home.services.seeding import once
from home.services.structure import read_data
from people.enums import Role
from people.models import User

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
        role = ROLES[entry["role"]]
        if once(f"user:{entry['email']}"):
            made = User.objects.create_user(
                entry["email"],
                DEMO_PASSWORD,
                last_name=f"{entry['last_name']} (демо)",
                first_name=entry["first_name"],
            )
            made.groups.set(Group.objects.filter(name=role))
        user = User.objects.filter(email=entry["email"]).first()
        if user is not None:
            logins.append(DemoLogin(user.email, user.get_full_name(), role or "Педагог"))
    return logins
