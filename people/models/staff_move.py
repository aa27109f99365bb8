"""A school asks for a person who works at another one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.enums import RequestState
from people.models.organisation import Organisation
from people.models.staff import StaffRecord


class StaffMove(models.Model):
    """«This person works with us now»: where the person leaves, or a methodist, decides."""

    record = models.ForeignKey(
        StaffRecord,
        verbose_name=_("staff record"),
        on_delete=models.CASCADE,
        related_name="moves",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("new organisation"),
        on_delete=models.PROTECT,
        related_name="moves",
    )
    title = models.CharField(_("position"), max_length=120)
    starts_on = models.DateField(_("from"))
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.WAITING
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="moves_asked",
    )
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("request for a move")
        verbose_name_plural = _("requests for moves")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "organisation"],
                condition=Q(state="waiting"),
                name="people_move_one_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.record}, {self.organisation}"
