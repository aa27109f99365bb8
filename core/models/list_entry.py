"""What the short lists have in common from which editors choose: topics, rubrics and so on."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, RevisionMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from core.forms import TranslatedRecordForm


class ListEntry(DraftStateMixin, RevisionMixin, TranslatableMixin, index.Indexed, models.Model):
    """A named entry with an address part and a place in its list.

    Sent for translation it is a draft, with the words of its source until they are translated.
    Each list constrains the slug per locale: one that is unique over all languages would silently
    stop the copying of translations.
    """

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address part"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )

    base_form_class = TranslatedRecordForm
    panels = [FieldPanel("name"), FieldPanel("slug"), PublishingPanel()]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]
    # Lists are asked for by it in every language.
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta:
        abstract = True
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def shown_in(self, locale_id: int | None) -> bool:
        """Whether pages of this language show the name: it is published in it."""
        return bool(self.live and self.locale_id == locale_id)
