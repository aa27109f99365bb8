"""The e-mail address of an account and whether its owner has confirmed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction

if TYPE_CHECKING:
    from people.models import User


@transaction.atomic
def set_address(*, user: User, confirmed: bool) -> None:
    """Make the address of ``user`` the only one that opens the account.

    Without confirmation the next log-in sends a link to it. An address of before is forgotten:
    nobody signs in or gets a new password through it any more.
    """
    email = user.email.lower()
    EmailAddress.objects.filter(user=user).exclude(email=email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"primary": True, "verified": confirmed}
    )
