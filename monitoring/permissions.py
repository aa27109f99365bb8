"""Who may do what with road maps beyond the permissions of the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from people.enums import Role
from people.permissions import has_district_role

if TYPE_CHECKING:
    from people.models import User

CONFIRM_FACT = "monitoring.confirm_indicator_fact"


def can_confirm_facts(user: User | AnonymousUser) -> bool:
    """May vouch for the fact of an indicator with their name."""
    return bool(user.is_active and user.has_perm(CONFIRM_FACT))


def user_sees_calculations(user: User | AnonymousUser) -> bool:
    """May see what the register gives for the indicators, and open the people behind a number."""
    return bool(user.is_active) and has_district_role(user, Role.METHODIST, Role.COORDINATOR)


def user_can_take_snapshot(user: User | AnonymousUser) -> bool:
    """May turn what the register gives into the fact of a year."""
    return bool(user.is_active) and has_district_role(user, Role.COORDINATOR)
