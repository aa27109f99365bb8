"""Topic hubs: everything the portal knows of one subject."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel

from core.blocks import BodyBlock
from core.fields import BodyField
from core.models import BasePage, Card, CardPageMixin, Topic
from core.models.page import CardData
from home.queries.topics import amounts
from home.registries import topic_sections


class TopicIndexPage(BasePage):
    """The list of all topics."""

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.TopicPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("list of topics")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        cards = Card.objects.visible_to(request.user).of_kind("topic")
        # In the order of the tree: editors put the topics in their order there.
        cards = cards.in_language(self.locale.language_code).defer("text").order_by("page__path")
        numbers = amounts(request.user)
        context["cards"] = cards
        context["topics"] = [(card, numbers.get(card.url, 0)) for card in cards]
        return context


class TopicPage(CardPageMixin, BasePage):
    """One topic: text, then its documents, news and what later apps register."""

    card_kind = "topic"

    # Not one to one: a translation begins as a copy with the topic of its source.
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="+"
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

    def clean(self) -> None:
        super().clean()
        twins = TopicPage.objects.filter(topic_id=self.topic_id, locale_id=self.locale_id)
        if self.topic_id and twins.exclude(pk=self.pk).exists():
            raise ValidationError({"topic": _("This topic has a page already.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        parts = [(part, part.render(request, self.topic)) for part in topic_sections()]
        context["topic_sections"] = [(part, html) for part, html in parts if html]
        return context

    def get_card_data(self) -> CardData:
        return replace(super().get_card_data(), topic_ids=(self.topic_id,))
