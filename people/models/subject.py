"""School subjects and areas of work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.list_entry import ListEntry


class Subject(ListEntry):
    """A subject or an area of work, for example «физика» or «дошкольное образование»."""

    class Meta(ListEntry.Meta):
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="people_subject_translation"
            ),
            models.UniqueConstraint(
                fields=["slug", "locale"],
                name="people_subject_slug",
                violation_error_message=_("This address part is taken."),
            ),
        ]
