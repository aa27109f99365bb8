"""Kinds of practices."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import ListEntry


class PracticeKind(ListEntry):
    """A kind of practice, for example «Серия уроков»."""

    class Meta(ListEntry.Meta):
        verbose_name = _("kind of practice")
        verbose_name_plural = _("kinds of practices")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="practices_kind_translation"
            ),
            models.UniqueConstraint(
                fields=["slug", "locale"],
                name="practices_kind_slug",
                violation_error_message=_("This address part is taken."),
            ),
        ]
