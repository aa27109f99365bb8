"""Filters of the lists of pages in the admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db import models
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.models import Locale, Revision, WorkflowState

from core.enums import Access
from core.models import Topic
from home.enums import DocumentStatus
from home.models import DocumentPage, DocumentType, NewsPage, Rubric, StandardPage, TopicPage
from people.models import Subject
from practices.enums import SchoolLevel
from practices.models import PracticeKind, PracticePage


class Publication(models.TextChoices):
    """Where a page is between the first draft and the archive."""

    LIVE = "live", _("Published")
    DRAFT = "draft", _("Never published or withdrawn")
    CHANGED = "changed", _("Published, with unpublished changes")
    REVIEW = "review", _("In review")
    RETURNED = "returned", _("Returned for correction")
    SCHEDULED = "scheduled", _("Scheduled")
    EXPIRED = "expired", _("Expired")


def in_publication_state(pages: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Only the pages of ``pages`` that are in this state."""
    key = Cast(OuterRef("pk"), output_field=CharField())
    reviews = WorkflowState.objects.filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id=key,
    )
    schedule = Revision.page_revisions.filter(approved_go_live_at__isnull=False, object_id=key)
    if state == Publication.LIVE:
        return pages.filter(live=True)
    if state == Publication.DRAFT:
        return pages.filter(live=False, expired=False)
    if state == Publication.CHANGED:
        return pages.filter(live=True, has_unpublished_changes=True)
    if state == Publication.REVIEW:
        return pages.filter(Exists(reviews.filter(status=WorkflowState.STATUS_IN_PROGRESS)))
    if state == Publication.RETURNED:
        return pages.filter(Exists(reviews.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)))
    if state == Publication.SCHEDULED:
        return pages.filter(Exists(schedule))
    if state == Publication.EXPIRED:
        return pages.filter(expired=True)
    return pages


def _in_source_language(model: type[models.Model]) -> Any:
    return lambda request: model._default_manager.filter(locale=Locale.get_default())


class PublicationFilterSet(PageFilterSet):
    """What every list of one kind of pages is filtered by."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=Publication.choices,
        empty_label=_("Any"),
        widget=RadioSelect,
        method="filter_state",
    )
    # One site, and no children below these pages.
    site = None
    has_child_pages = None

    def filter_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return in_publication_state(queryset, value)


class NewsFilterSet(PublicationFilterSet):
    """News by rubric, date and topic."""

    rubric = django_filters.ModelMultipleChoiceFilter(
        label=_("Rubric"), queryset=_in_source_language(Rubric), widget=CheckboxSelectMultiple
    )
    date = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    topics = django_filters.ModelMultipleChoiceFilter(
        label=_("Topics"), queryset=_in_source_language(Topic), widget=CheckboxSelectMultiple
    )

    class Meta:
        model = NewsPage
        fields: list[str] = []


class DocumentFilterSet(PublicationFilterSet):
    """Documents by type, date, status in force and access."""

    document_type = django_filters.ModelMultipleChoiceFilter(
        label=_("Kind of document"),
        queryset=_in_source_language(DocumentType),
        widget=CheckboxSelectMultiple,
    )
    date = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    status = django_filters.MultipleChoiceFilter(
        label=_("Status of the document"),
        choices=DocumentStatus.choices,
        widget=CheckboxSelectMultiple,
    )
    access = django_filters.ChoiceFilter(
        label=_("Access"), choices=Access.choices, empty_label=_("Any"), widget=RadioSelect
    )
    topics = django_filters.ModelMultipleChoiceFilter(
        label=_("Topics"), queryset=_in_source_language(Topic), widget=CheckboxSelectMultiple
    )

    class Meta:
        model = DocumentPage
        fields: list[str] = []


class PracticeFilterSet(PublicationFilterSet):
    """Practices by subject, level and kind."""

    subjects = django_filters.ModelMultipleChoiceFilter(
        label=_("Subjects"),
        queryset=_in_source_language(Subject),
        widget=CheckboxSelectMultiple,
    )
    level = django_filters.MultipleChoiceFilter(
        label=_("Level of education"),
        choices=SchoolLevel.choices,
        widget=CheckboxSelectMultiple,
    )
    kind = django_filters.ModelMultipleChoiceFilter(
        label=_("Kind of practice"),
        queryset=_in_source_language(PracticeKind),
        widget=CheckboxSelectMultiple,
    )

    class Meta:
        model = PracticePage
        fields: list[str] = []


class TopicPageFilterSet(PublicationFilterSet):
    """Topic hubs by state."""

    class Meta:
        model = TopicPage
        fields: list[str] = []


class StandardPageFilterSet(PublicationFilterSet):
    """Pages of text by state."""

    class Meta:
        model = StandardPage
        fields: list[str] = []
