"""Who has to have a second factor, and who has none yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people.enums import Role
from people.models import OrganisationRole, User

if TYPE_CHECKING:
    from core.permissions import Visitor

OPENING_TYPES = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def lacks_second_factor(user: Visitor) -> bool:
    """Whether ``user`` has a role that opens other people's data and no second factor. One query.

    Asked anew each time: a role given or a key removed works from the next request on.
    """
    if not (user.is_authenticated and user.is_active):
        return False
    today = timezone.localdate()
    trusted = Q(is_superuser=True) | Q(groups__name__in=[role.value for role in Role])
    acts = OrganisationRole.objects.in_force_on(today).filter(user=OuterRef("pk"))
    keys = Authenticator.objects.filter(user=OuterRef("pk"), type__in=OPENING_TYPES)
    return (
        User.objects.filter(pk=user.pk)
        .filter(trusted | Q(Exists(acts)))
        .filter(~Exists(keys))
        .exists()
    )
