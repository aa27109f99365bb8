"""Invitations to the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import InvitationState, OrganisationRoleKind, Role
from people.models.organisation import Organisation

if TYPE_CHECKING:
    from core.permissions import Visitor


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """The vocabulary of lists of invitations."""

    def waiting(self) -> Self:
        """Invitations whose link still opens the door."""
        return self.filter(
            accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now()
        )

    def visible_to(self, user: Visitor) -> Self:
        """All for an administrator; for a head what concerns the own organisations."""
        if not user.is_authenticated:
            return self.none()
        if Role.ADMINISTRATOR in user.district_roles:
            return self
        own = Organisation.objects.in_charge_of(user, OrganisationRoleKind.HEAD)
        return self.filter(organisation__in=own.order_by().values("pk"), group__isnull=True)


class Invitation(models.Model):
    """A link for one person, one time and a limited time; it brings a role with it.

    The link itself is not kept, only its SHA-256: whoever reads the database cannot use it.
    """

    email = models.EmailField(_("e-mail"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    group = models.ForeignKey(
        Group,
        verbose_name=_("role in the district"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    organisation_role = models.CharField(
        _("role in the organisation"),
        max_length=20,
        choices=OrganisationRoleKind.choices,
        blank=True,
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="invitations_accepted",
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation_role="") | Q(organisation__isnull=False),
                name="people_invitation_organisation",
                violation_error_message=_("Choose the organisation of the role."),
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def usable(self) -> bool:
        """The link still opens the door."""
        return (
            self.accepted_at is None
            and self.revoked_at is None
            and self.expires_at > timezone.now()
        )

    @property
    def state(self) -> InvitationState:
        """What has become of it."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        return InvitationState.WAITING if self.usable else InvitationState.EXPIRED

    @property
    def role_words(self) -> str:
        """What the invitation brings, in words."""
        if self.group is not None:
            return self.group.name
        if self.organisation_role:
            return str(self.get_organisation_role_display())
        return ""
