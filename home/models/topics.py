"""Topic hubs: everything the portal knows of one subject."""

from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel

from core.blocks import BodyBlock
from core.fields import BodyField
from core.models import BasePage, CardPageMixin, Topic
from core.models.page import CardData


class TopicIndexPage(BasePage):
    """The list of all topics."""

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.TopicPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("list of topics")


class TopicPage(CardPageMixin, BasePage):
    """One topic: text, then its documents, news and what later apps register."""

    card_kind = "topic"

    topic = models.OneToOneField(
        Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="topic_page"
    )
    body = BodyField(BodyBlock(), blank=True, verbose_name=_("text"))
    checked_on = models.DateField(
        _("facts checked on"),
        null=True,
        blank=True,
        help_text=_(
            "Terms of programmes change: say when the text was last compared with the source."
        ),
    )

    parent_page_types = ["home.TopicIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("topic"),
        FieldPanel("body"),
        FieldPanel("checked_on"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("topic page")
        verbose_name_plural = _("topic pages")

    def get_card_data(self) -> CardData:
        return replace(super().get_card_data(), topic_ids=(self.topic_id,))
