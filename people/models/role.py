"""Roles that hold for one organisation."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.enums import OrganisationRoleKind
from people.models.organisation import Organisation


class OrganisationRoleQuerySet(models.QuerySet["OrganisationRole"]):
    """The vocabulary of roles."""

    def in_force_on(self, day: date) -> Self:
        """Roles that hold on ``day`` (both ends inclusive)."""
        return self.not_over_on(day).filter(starts_on__lte=day)

    def not_over_on(self, day: date) -> Self:
        """Roles that hold on ``day``, and those that begin later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class OrganisationRole(models.Model):
    """A person acts for an organisation: opens its people's data, confirms what they enter.

    Roles of the whole district are groups (``people.enums.Role``); roles in an association or a
    contest are kept where those are kept.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="organisation_roles",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="roles",
    )
    kind = models.CharField(_("role"), max_length=20, choices=OrganisationRoleKind.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = OrganisationRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role in an organisation")
        verbose_name_plural = _("roles in organisations")
        ordering = ["organisation", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "kind"],
                condition=Q(ends_on__isnull=True),
                name="people_role_once",
                violation_error_message=_("This person has this role already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="people_role_period",
                violation_error_message=_("The end of the period is before its beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.organisation}"
