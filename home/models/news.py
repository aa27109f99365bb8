"""News items and their rubrics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from core.blocks import BodyBlock
from core.chrome import Chrome
from core.fields import BodyField
from core.models import BasePage, Card, CardPageMixin, ListEntry, Topic
from core.models.page import CardData, date_in_words
from core.page_cache import hold, remember
from core.permissions import is_signed_in
from home.queries.news import newest_news, newest_of
from home.queries.topics import hubs_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from people.models import User

RELATED = 4


class Rubric(ListEntry):
    """A rubric of the news, for example «Исследования»."""

    class Meta(ListEntry.Meta):
        verbose_name = _("news rubric")
        verbose_name_plural = _("news rubrics")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="home_rubric_translation"
            ),
            models.UniqueConstraint(fields=["slug", "locale"], name="home_rubric_slug"),
        ]


class NewsPage(CardPageMixin, BasePage):
    """One news item."""

    card_kind = "news"

    date = models.DateField(_("date"), default=timezone.localdate)
    rubric = models.ForeignKey(
        Rubric, verbose_name=_("rubric"), on_delete=models.PROTECT, related_name="+"
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    body = BodyField(BodyBlock(), verbose_name=_("text"))
    upcoming_label = models.CharField(
        _("what comes"),
        max_length=60,
        blank=True,
        help_text=_("For example: Applications close, Seminar, Registration opens."),
    )
    upcoming_date = models.DateField(_("when it comes"), null=True, blank=True)

    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("topics", overridable=False),
        SynchronizedField("upcoming_date", overridable=False),
    ]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("date"),
        FieldPanel("rubric", widget=forms.Select),
        FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("upcoming_label"), FieldPanel("upcoming_date")])],
            heading=_("Date ahead"),
            help_text=_("Stands on the home page among the next dates until the day is over."),
        ),
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
        indexes = [
            models.Index(
                fields=["upcoming_date"],
                condition=models.Q(upcoming_date__isnull=False),
                name="home_news_upcoming",
            )
        ]

    def clean(self) -> None:
        """A date says nothing without its words, and words nothing without their date."""
        super().clean()
        if self.upcoming_date and not self.upcoming_label:
            raise ValidationError({"upcoming_label": _("Say what comes on this day.")})
        if self.upcoming_label and not self.upcoming_date:
            raise ValidationError({"upcoming_date": _("Give the day on which it comes.")})

    @property
    def rubric_name(self) -> str:
        """The name of the rubric, where it is published in the language of the page."""
        return self.rubric.name if self.rubric.shown_in(self.locale_id) else ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        # The few rubrics there are need no query each time.
        self.rubric = remember(f"rubric:{self.rubric_id}", lambda: self.rubric)
        if getattr(request, "is_preview", False):
            context |= self._beside(request.user)
        else:
            audience = "in" if is_signed_in(request.user) else "out"
            context |= hold(f"beside:{self.pk}:{audience}", lambda: self._beside(request.user))
        # The list stands right above: its address needs no query.
        context["index_url"] = (self.get_url(request) or "/").rstrip("/").rsplit("/", 1)[0] + "/"
        return context

    def _beside(self, user: User | AnonymousUser) -> dict[str, Any]:
        """What leads on from this news item: its neighbours by date, related news, topics."""
        topics = list(self.topics.all())
        cards = newest_news(self.locale.language_code, user).exclude(page_id=self.pk)
        newer = cards.filter(date__gte=self.date).exclude(date=self.date, page_id__lt=self.pk)
        older = cards.filter(date__lte=self.date).exclude(date=self.date, page_id__gt=self.pk)
        shown = {topic.pk for topic in topics if topic.shown_in(self.locale_id)}
        return {
            "newer": newer.order_by("date", "page_id").first(),
            "older": older.order_by("-date", "-page_id").first(),
            "related": self._related(user, topics),
            "topics": hubs_of(shown, user),
        }

    def _related(self, user: User | AnonymousUser, topics: list[Topic]) -> list[Card]:
        """News on the first topic of this one; where they are too few, of its rubric.

        One topic only: the index gives its newest at once, for several all would be sorted.
        """
        language = self.locale.language_code
        # One more: this news item may stand among them itself.
        amount = RELATED + 1
        found = newest_of(language, user, amount, topic_id=topics[0].pk) if topics else []
        others = {card.pk: card for card in found if card.page_id != self.pk}
        if len(others) < RELATED:
            found = newest_of(language, user, amount, rubric=self.rubric.slug)
            others |= {card.pk: card for card in found if card.page_id != self.pk}
        newest = sorted(others.values(), key=lambda card: (card.date, card.pk), reverse=True)
        return newest[:RELATED]

    def get_structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """The news item as search engines want it (schema.org ``NewsArticle``)."""
        data = super().get_structured_data(request)
        owner = Chrome.of(request).settings
        data.update(
            {
                "@type": "NewsArticle",
                "headline": self.title,
                "datePublished": self.date.isoformat(),
                "articleSection": self.rubric_name,
                "publisher": {"@type": "Organization", "name": owner.owner_name},
            }
        )
        return data

    def get_card_data(self) -> CardData:
        return CardData(
            date=self.date,
            group=self.rubric.slug,
            group_label=self.rubric_name,
            found_by=date_in_words(self.date, self.locale.language_code),
            text=self.get_card_text(),
            topic_ids=tuple(topic.pk for topic in self.topics.all()),
        )
