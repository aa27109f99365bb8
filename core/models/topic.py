"""The subjects by which documents, news and later practices and events are gathered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.list_entry import ListEntry


class Topic(ListEntry):
    """A topic of the work, for example «Аттестация»; its page shows what carries it."""

    name = models.CharField(_("name"), max_length=120)

    class Meta(ListEntry.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="core_topic_translation"
            ),
            models.UniqueConstraint(fields=["slug", "locale"], name="core_topic_slug"),
        ]
