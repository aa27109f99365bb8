"""News by rubric."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelsearch import index
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin

from core.blocks import BodyBlock
from core.fields import BodyField
from core.models import BasePage, CardPageMixin, Topic
from core.models.page import CardData


class Rubric(TranslatableMixin, index.Indexed, models.Model):
    """A rubric of the news, for example «Исследования»."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address part"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [FieldPanel("name"), FieldPanel("slug")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("news rubric")
        verbose_name_plural = _("news rubrics")
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="home_rubric_translation"
            ),
            models.UniqueConstraint(fields=["slug", "locale"], name="home_rubric_slug"),
        ]

    def __str__(self) -> str:
        return self.name


class NewsIndexPage(BasePage):
    """All news, by rubric, year and month."""

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("news list")


class NewsPage(CardPageMixin, BasePage):
    """One news item."""

    card_kind = "news"

    date = models.DateField(_("date"), default=timezone.localdate)
    rubric = models.ForeignKey(
        Rubric, verbose_name=_("rubric"), on_delete=models.PROTECT, related_name="news"
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    body = BodyField(BodyBlock(), verbose_name=_("text"))

    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("date"),
        FieldPanel("rubric"),
        FieldPanel("topics"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("date"),
        index.FilterField("rubric"),
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")

    def get_card_data(self) -> CardData:
        return CardData(
            date=self.date,
            group=self.rubric.slug,
            group_label=self.rubric.name,
            text=self.get_card_text(),
            topic_ids=tuple(topic.pk for topic in self.topics.all()),
        )
