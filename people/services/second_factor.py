"""A lost second factor: an administrator takes it away, and its owner hears of it."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_admin_base_url
from wagtail.log_actions import log

from core.services.letters import one_line, write_letter
from people.models import User
from people.permissions import user_can_remove_second_factor

REASON_LENGTH = 255


@transaction.atomic
def remove_second_factor(*, account: User, user: User, reason: str) -> None:
    """Take every second factor of ``account`` away, with its recovery codes, and end its sessions.

    Whoever found the lost telephone may be signed in with it. Raises PermissionDenied for whom
    ``user`` may not help, always for oneself; ValidationError without a reason or when there is
    nothing to take away, as after a double click.
    """
    if not user_can_remove_second_factor(user, account):
        raise PermissionDenied
    reason = one_line(reason)[:REASON_LENGTH]
    if not reason:
        raise ValidationError({"reason": _("Say how you know that this person asks for it.")})
    # The second of two clicks waits here for the first, and then finds nothing.
    locked = User.objects.select_for_update().get(pk=account.pk)
    removed, _details = Authenticator.objects.filter(user=locked).delete()
    if not removed:
        raise ValidationError(_("This account has no second factor."), code="nothing")
    for session in UserSession.objects.filter(user=locked):
        session.end()
    log(
        instance=locked,
        action="people.remove_second_factor",
        user=user,
        data={"reason": reason},
    )
    if locked.email:
        write_letter(
            recipient=locked.email,
            message="second_factor_removed",
            context={
                "who": user.get_full_name() or user.email,
                "reason": reason,
                "when": timezone.localtime(),
                "security_url": get_admin_base_url() + reverse("mfa_index"),
                "reset_url": get_admin_base_url() + reverse("account_reset_password"),
            },
            user=locked,
        )
