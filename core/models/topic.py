"""The subjects by which documents, news and later practices and events are gathered."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField


class Topic(TranslatableMixin, index.Indexed, models.Model):
    """A topic of the work, for example «Аттестация»; its page shows what carries it."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address part"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [FieldPanel("name"), FieldPanel("slug")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]
    # Lists are asked for by it in every language.
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order", "name"]
        # Per locale: a slug unique over all languages silently stops the copying of translations.
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="core_topic_translation"
            ),
            models.UniqueConstraint(fields=["slug", "locale"], name="core_topic_slug"),
        ]

    def __str__(self) -> str:
        return self.name
