"""The end of a role in an organisation."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from people.models import Invitation, OrganisationRole
from people.permissions import user_can_end_role

if TYPE_CHECKING:
    from people.models import User


@transaction.atomic
def end_role(*, role: OrganisationRole, user: User) -> None:
    """Take ``role`` from its holder: from the commit on it opens nothing. Twice changes nothing.

    The last day of a role is one on which it still holds, so it becomes yesterday; a role that was
    given today, or is to begin, has had no day and goes. Raises PermissionDenied for whom it is not
    to take.
    """
    found = OrganisationRole.objects.select_for_update().filter(pk=role.pk).first()
    if not user_can_end_role(user, role):
        raise PermissionDenied
    today = timezone.localdate()
    if found is None or (found.ends_on is not None and found.ends_on < today):
        return
    if found.starts_on >= today:
        found.delete()
    else:
        found.ends_on = today - timedelta(days=1)
        found.save(update_fields=["ends_on"])
    # What waits in the mailbox would bring it back.
    waiting = Invitation.objects.waiting().filter(email__iexact=role.user.email)
    waiting.filter(organisation=role.organisation_id, organisation_role=role.kind).update(
        revoked_at=timezone.now()
    )
    log(
        instance=role.organisation,
        action="people.end_role",
        user=user,
        data={"role": role.kind, "account": role.user_id},
    )
