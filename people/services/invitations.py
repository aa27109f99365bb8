"""Invitations: a link for one person, one time and fourteen days, that brings a role."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_admin_base_url
from wagtail.log_actions import log

from core.services.letters import write_letter
from people.enums import Role
from people.models import Invitation, OrganisationRole
from people.permissions import user_can_invite
from people.services.addresses import set_address

if TYPE_CHECKING:
    from people.models import Organisation, User

VALID_FOR = timedelta(days=14)


@transaction.atomic
def invite(
    *,
    email: str,
    user: User,
    district_role: Role | None = None,
    organisation: Organisation | None = None,
    organisation_role: str = "",
) -> Invitation:
    """Invite a person with a role of the district, a role in an organisation, or none.

    Raises PermissionDenied for what ``user`` may not hand out, ValidationError when the same
    invitation waits already or contradicts itself.
    """
    if not user_can_invite(
        user,
        district_role=district_role,
        organisation=organisation,
        organisation_role=organisation_role,
    ):
        raise PermissionDenied
    invitation = Invitation(
        email=email.strip().lower(),
        group=Group.objects.get(name=district_role.value) if district_role else None,
        organisation=organisation,
        organisation_role=organisation_role,
        invited_by=user,
    )
    same = Invitation.objects.waiting().filter(
        email=invitation.email,
        group=invitation.group,
        organisation=organisation,
        organisation_role=organisation_role,
    )
    if same.exists():
        raise ValidationError(
            {"email": _("This person has been invited already: send that invitation again.")}
        )
    _give_new_link(invitation)
    log(instance=invitation, action="people.invite", user=user)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, user: User) -> Invitation:
    """Send a new link for the full time; the old one stops working."""
    invitation = _locked_for(invitation, user)
    if invitation.accepted_at is not None:
        raise ValidationError(_("This invitation has been accepted already."), code="accepted")
    invitation.revoked_at = None
    invitation.invited_by = user
    _give_new_link(invitation)
    log(instance=invitation, action="people.invite", user=user)
    return invitation


@transaction.atomic
def revoke(*, invitation: Invitation, user: User) -> Invitation:
    """Withdraw an invitation; a second click changes nothing."""
    invitation = _locked_for(invitation, user)
    if invitation.accepted_at is not None:
        raise ValidationError(_("This invitation has been accepted already."), code="accepted")
    if invitation.revoked_at is None:
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        log(instance=invitation, action="people.revoke_invitation", user=user)
    return invitation


def find_invitation(token: str) -> Invitation | None:
    """The invitation behind a link that still works: also who invited may still do so."""
    invitation = (
        Invitation.objects.waiting()
        .select_related("group", "organisation", "invited_by")
        .filter(token_hash=_hash(token))
        .first()
    )
    return invitation if invitation is not None and _still_allowed(invitation) else None


@transaction.atomic
def accept(*, token: str, user: User) -> Invitation:
    """Give ``user`` what the invitation brings, once.

    Whoever holds the link has the mailbox, so the address of the account is confirmed by it. Raises
    ValidationError when the link works no more, PermissionDenied when it was sent to somebody else.
    """
    invitation = Invitation.objects.select_for_update().filter(token_hash=_hash(token)).first()
    if invitation is None or not invitation.usable or not _still_allowed(invitation):
        raise ValidationError(_("This invitation does not work any more."), code="unusable")
    if user.email.lower() != invitation.email or not user.is_active:
        raise PermissionDenied
    set_address(user=user, confirmed=True)
    today = timezone.localdate()
    if invitation.group is not None:
        user.groups.add(invitation.group)
        # Asked before: the role works at once.
        user.__dict__.pop("district_roles", None)
    if invitation.organisation_role and invitation.organisation is not None:
        held = OrganisationRole.objects.in_force_on(today).filter(
            user=user,
            organisation=invitation.organisation,
            kind=invitation.organisation_role,
        )
        if not held.exists():
            OrganisationRole.objects.create(
                user=user,
                organisation=invitation.organisation,
                kind=invitation.organisation_role,
                starts_on=today,
                given_by=invitation.invited_by,
            )
    invitation.accepted_by, invitation.accepted_at = user, timezone.now()
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    log(instance=invitation, action="people.accept_invitation", user=user)
    return invitation


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _give_new_link(invitation: Invitation) -> None:
    token = secrets.token_urlsafe(32)
    invitation.token_hash = _hash(token)
    invitation.expires_at = timezone.now() + VALID_FOR
    invitation.full_clean(exclude=["token_hash", "accepted_by", "accepted_at", "revoked_at"])
    invitation.save()
    write_letter(
        recipient=invitation.email,
        message="invitation",
        context={
            "invitation": invitation,
            "url": get_admin_base_url() + reverse("invitation", args=[token]),
        },
    )


def _may_hand_out(user: User, invitation: Invitation) -> bool:
    return user_can_invite(
        user,
        district_role=Role(invitation.group.name) if invitation.group else None,
        organisation=invitation.organisation,
        organisation_role=invitation.organisation_role,
    )


def _still_allowed(invitation: Invitation) -> bool:
    inviter = invitation.invited_by
    return inviter is not None and inviter.is_active and _may_hand_out(inviter, invitation)


def _locked_for(invitation: Invitation, user: User) -> Invitation:
    if not _may_hand_out(user, invitation):
        raise PermissionDenied
    return Invitation.objects.select_for_update().get(pk=invitation.pk)
