"""The home page, sections and ordinary pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from core.blocks import BodyBlock
from core.fields import BodyField
from core.models import BasePage, CardPageMixin
from home.blocks import EntranceBlock
from home.registries import home_panels


class HomePage(BasePage):
    """The first page: what is open now, news, the road map at a glance, entrances by audience."""

    hero_title = models.CharField(
        _("large words"), max_length=120, default="Опыт коллег, конкурсы и помощь методиста"
    )
    hero_text = models.CharField(
        _("line below"),
        max_length=200,
        blank=True,
        default="Портал для педагогов, школ и родителей Курманаевского района.",
    )
    often_sought = models.CharField(
        _("often sought"),
        max_length=200,
        blank=True,
        help_text=_("Words divided by commas; each leads to its search."),
    )
    entrances = BodyField([("entrance", EntranceBlock())], blank=True, verbose_name=_("entrances"))

    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.SectionPage",
        "home.StandardPage",
        "home.NewsIndexPage",
        "home.DocumentLibraryPage",
        "home.TopicIndexPage",
        "monitoring.RoadMapPage",
        "practices.PracticeBankPage",
    ]

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_title"), FieldPanel("hero_text"), FieldPanel("often_sought")],
            heading=_("Top of the page"),
        ),
        FieldPanel("entrances"),
        FieldPanel("summary"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("hero_title")]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["panels"] = [panel.render(request) for panel in home_panels()]
        return context

    @cached_property
    def often_sought_words(self) -> list[str]:
        """The words below the search field.

        A word that is not translated finds nothing in another language and is left out.
        """
        words = _divided(self.often_sought)
        if words and self.locale.language_code != settings.LANGUAGE_CODE:
            sources = HomePage.objects.filter(
                translation_key=self.translation_key,
                locale__language_code=settings.LANGUAGE_CODE,
            )
            untranslated = _divided(sources.values_list("often_sought", flat=True).first() or "")
            words = [word for word in words if word not in untranslated]
        return words


def _divided(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


class SectionPage(CardPageMixin, BasePage):
    """A section that gathers pages; its children stand in the side navigation."""

    body = BodyField(BodyBlock(), blank=True, verbose_name=_("text"))

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["home.StandardPage", "home.SectionPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("body")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class StandardPage(CardPageMixin, BasePage):
    """A page of text."""

    body = BodyField(BodyBlock(), blank=True, verbose_name=_("text"))

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types: list[str] = []

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("body")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")
