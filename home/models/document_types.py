"""Kinds of official papers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField


class DocumentType(TranslatableMixin, index.Indexed, models.Model):
    """A kind of official paper, for example «приказ»."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address part"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [FieldPanel("name"), FieldPanel("slug")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]
    # Lists are asked for by it in every language.
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta:
        verbose_name = _("document type")
        verbose_name_plural = _("document types")
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="home_doctype_translation"
            ),
            models.UniqueConstraint(fields=["slug", "locale"], name="home_doctype_slug"),
        ]

    def __str__(self) -> str:
        return self.name
