"""Roles in organisations: which of them one may take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from people.enums import OrganisationRoleKind, Role
from people.models import Organisation, OrganisationRole, StaffPosition
from people.permissions import has_district_role

if TYPE_CHECKING:
    from collections.abc import Collection

    from people.models import StaffRecord, User
    from people.models.role import OrganisationRoleQuerySet


def roles_ended_by(user: User) -> OrganisationRoleQuerySet:
    """The roles that are not over and that ``user`` may end, by organisation.

    All for an administrator; for a head those of the methodical service of the own organisations.
    """
    roles = OrganisationRole.objects.not_over_on(timezone.localdate())
    if not has_district_role(user, Role.ADMINISTRATOR):
        own = Organisation.objects.in_charge_of(user, OrganisationRoleKind.HEAD).order_by()
        roles = roles.filter(
            organisation__in=own.values("pk"), kind=OrganisationRoleKind.METHODICAL_SERVICE
        )
    return roles.select_related("user", "organisation", "given_by").order_by(
        "organisation__name", "kind", "user__last_name", "user__first_name", "pk"
    )


def roles_left_at(record: StaffRecord, positions: Collection[int]) -> OrganisationRoleQuerySet:
    """The roles by which a person acts on for the organisations of ``positions`` (numbers).

    Nobody holds a role by a position, so none ends with it.
    """
    places = StaffPosition.objects.filter(record=record, pk__in=positions).order_by()
    roles = OrganisationRole.objects.not_over_on(timezone.localdate())
    return roles.filter(
        user=record.user_id, user__isnull=False, organisation__in=places.values("organisation")
    ).select_related("organisation")
