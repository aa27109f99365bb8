"""Who may do what with road maps beyond the permissions of the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

if TYPE_CHECKING:
    from people.models import User

CONFIRM_FACT = "monitoring.confirm_indicator_fact"


def can_confirm_facts(user: User | AnonymousUser) -> bool:
    """May vouch for the fact of an indicator with their name."""
    return bool(user.is_active and user.has_perm(CONFIRM_FACT))
