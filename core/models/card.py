"""The catalogue: one flat row for each published thing that lists and the search show.

Lists, facets, topic pages and the site search read this table alone, so their cost does not grow
with the page tree. A card exists exactly while its page is published, or while the public may see
the record it stands for, for example an organisation; ``core.services.cards`` and
``core.services.record_cards`` keep it in step, and ``manage.py rebuild_cards`` makes it anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.enums import Access
from core.models.topic import Topic
from core.page_cache.lists import TrackedQuerySet
from core.search.expressions import Matches
from core.search.query import parse

if TYPE_CHECKING:
    from people.models import User


class CardQuerySet(TrackedQuerySet):
    """The vocabulary of every list of published things."""

    def visible_to(self, user: User | AnonymousUser) -> CardQuerySet:
        """The cards that ``user`` may see; the only place that says so."""
        if user.is_authenticated and user.is_active:
            return self.filter(access__in=[Access.PUBLIC, Access.SIGNED_IN])
        return self.filter(access=Access.PUBLIC)

    def of_kind(self, *kinds: str) -> CardQuerySet:
        """Only cards of these kinds, for example ``news``."""
        return self.filter(kind__in=kinds)

    def in_language(self, language_code: str) -> CardQuerySet:
        """Only cards in one language."""
        return self.filter(language=language_code)

    def matching(self, typed: str) -> CardQuerySet:
        """Only cards that hold all words of ``typed``, in any form; all cards for an empty text."""
        terms = parse(typed)
        if terms:
            return self.filter(Matches(terms))
        return self.none() if typed.strip() else self

    def newest_first(self) -> CardQuerySet:
        """The order of lists and of keyset paging: date, then number of the card."""
        return self.order_by("-date", "-pk")


class Card(models.Model):
    """What a list shows of one published page or record, and what the search reads of it."""

    page = models.OneToOneField(
        Page, null=True, blank=True, on_delete=models.CASCADE, related_name="card"
    )
    # What a card without a page stands for, for example «people.organisation:7».
    record = models.CharField(max_length=80, null=True, blank=True, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20)
    language = models.CharField(_("language"), max_length=10)
    translation_key = models.UUIDField(editable=False)
    access = models.CharField(
        _("access"), max_length=12, choices=Access.choices, default=Access.PUBLIC
    )
    title = models.CharField(_("title"), max_length=500)
    summary = models.TextField(_("summary"), blank=True)
    url = models.CharField(_("address"), max_length=500)
    date = models.DateField(_("date"))
    # 0 of a thing without a date, as an organisation: the day it came into the catalogue orders it.
    year = models.PositiveSmallIntegerField(_("year"))
    # What a kind is divided by: the type of a document, the rubric of a news item.
    group = models.CharField(_("type or rubric"), max_length=80, blank=True)
    group_label = models.CharField(max_length=120, blank=True)
    status = models.CharField(_("status"), max_length=20, blank=True)
    direction = models.CharField(_("direction of work"), max_length=5, blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    # The number in a form that sorts 9 before 10, and papers without a number last.
    number_key = models.CharField(max_length=120, blank=True, editable=False)
    # Shown on the card and nowhere filtered by: file types and sizes, labels, image renditions.
    details = models.JSONField(default=dict, blank=True)
    # Everything a reader could look for: body, table cells, text of the files.
    text = models.TextField(blank=True)
    # The same in dictionary forms; the database makes its search index of these two.
    title_lemmas = models.TextField(blank=True, editable=False)
    lemmas = models.TextField(blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    topics = models.ManyToManyField(Topic, through="CardTopic", related_name="cards")

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("catalogue card")
        verbose_name_plural = _("catalogue cards")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False, record__isnull=True)
                | models.Q(page__isnull=True, record__isnull=False),
                name="core_card_of_one_thing",
            )
        ]
        indexes = [
            models.Index(fields=["kind", "language", "-date", "-id"], name="card_list"),
            models.Index(
                fields=["kind", "language", "access", "-date", "-id"], name="card_public_list"
            ),
            models.Index(fields=["kind", "language", "group", "-date", "-id"], name="card_group"),
            models.Index(fields=["kind", "language", "year", "-date", "-id"], name="card_year"),
            models.Index(fields=["kind", "language", "title", "id"], name="card_title"),
            models.Index(fields=["kind", "language", "number_key", "id"], name="card_number"),
            models.Index(fields=["language", "-date", "-id"], name="card_all"),
        ]

    def __str__(self) -> str:
        return self.title


class CardTopic(models.Model):
    """One topic of one card, with what the list of a topic is sorted and filtered by."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="card_topics")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="card_topics")
    kind = models.CharField(max_length=20)
    date = models.DateField()

    objects = TrackedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "topic"], name="core_card_topic")]
        indexes = [models.Index(fields=["topic", "kind", "-date", "-card"], name="card_topic_list")]

    def __str__(self) -> str:
        return f"{self.card_id}: {self.topic_id}"


class CardFacet(models.Model):
    """One value of one card by which lists of its kind are filtered, for example a measure.

    What every kind has stands in columns of the card; this holds what only some kinds have.
    """

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=80)

    objects = TrackedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["card", "name", "value"], name="core_card_facet")
        ]
        indexes = [models.Index(fields=["name", "value", "card"], name="card_facet_list")]

    def __str__(self) -> str:
        return f"{self.card_id}: {self.name}={self.value}"
