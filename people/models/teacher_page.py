"""A teacher's own page («личный профессиональный сайт», 4.25)."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.validators import validate_page_address

ABOUT_LENGTH = 600
MAX_TOPICS = 10
MAX_LINKS = 5


class TeacherPageQuerySet(models.QuerySet["TeacherPage"]):
    """The vocabulary of teachers' pages."""

    def switched_on(self) -> Self:
        """Pages that their authors have opened and no editor has hidden.

        Whether one is shown depends on the consent, too: ``people.queries.teacher_pages``.
        """
        return self.filter(
            is_open=True,
            hidden_at__isnull=True,
            user__is_active=True,
            user__staff_record__isnull=False,
        )


class TeacherPage(models.Model):
    """What a teacher tells of oneself; everything else comes from the register when it is shown.

    Off until the teacher opens it. No name is kept here: it is asked for each time, together with
    the consent to publish it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="teacher_page",
    )
    slug = models.CharField(
        _("address of the page"),
        max_length=60,
        unique=True,
        validators=[validate_page_address],
        error_messages={"unique": _("This address belongs to another page. Choose another one.")},
    )
    is_open = models.BooleanField(_("open to everybody"), default=False)
    about = models.TextField(
        _("about myself"), blank=True, validators=[MaxLengthValidator(ABOUT_LENGTH)]
    )
    # Short lines; what colleagues may come with.
    topics = models.JSONField(_("how I can help colleagues"), default=list, blank=True)
    # Objects with ``title`` and ``url``.
    links = models.JSONField(_("links"), default=list, blank=True)
    # Names of the blocks that the teacher has chosen (``people.registries``).
    blocks = models.JSONField(_("shown from the register"), default=list, blank=True)
    photo = models.ForeignKey(
        "core.PrivateFile",
        verbose_name=_("photograph"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The photograph as the page shows it: small and square.
    portrait = models.ForeignKey(
        "core.PrivateFile",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, editable=False)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("hidden by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    hidden_reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)

    objects = TeacherPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("teacher's own page")
        verbose_name_plural = _("teachers' own pages")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | ~Q(hidden_reason=""),
                name="people_page_hidden_why",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("teacher", args=[self.slug])
