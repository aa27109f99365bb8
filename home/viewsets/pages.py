"""How the explorer and the menu list each kind of pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import (
    BulkActionsColumn,
    PageStatusColumn,
    PageTitleColumn,
    ParentPageColumn,
)
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet

from core.viewsets import PortalEditView, PortalWorkflowActionView
from home.filters import (
    DocumentFilterSet,
    NewsFilterSet,
    PracticeFilterSet,
    StandardPageFilterSet,
    TopicPageFilterSet,
)
from home.models import DocumentPage, NewsPage, StandardPage, TopicPage
from practices.models import PracticePage

BULK = BulkActionsColumn("bulk_actions")
TITLE = PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title")
PARENT = ParentPageColumn("parent", label=_("Section"))
UPDATED = DateColumn(
    "latest_revision_created_at",
    label=_("Changed"),
    sort_key="latest_revision_created_at",
    width="12%",
)
STATE = PageStatusColumn("status", label=_("State"), sort_key="live", width="12%")


class LocalDateColumn(Column):
    """A date as officials write it: 25.06.2020."""

    def get_value(self, instance: Any) -> str:
        value = super().get_value(instance)
        return value.strftime("%d.%m.%Y") if value else ""


class _RelatedRead:
    """Reads what the columns name for all rows at once."""

    related: tuple[str, ...] = ()

    def annotate_queryset(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        return super().annotate_queryset(pages).prefetch_related(*self.related)  # type: ignore[misc]


DATE = LocalDateColumn("date", label=_("Date"), sort_key="date", width="10%")
NEWS_COLUMNS = [
    BULK,
    TITLE,
    DATE,
    Column("rubric", label=_("Rubric"), sort_key="rubric__name", width="15%"),
    UPDATED,
    STATE,
]
DOCUMENT_COLUMNS = [
    BULK,
    TITLE,
    Column("number", label=_("Number"), sort_key="number", width="8%"),
    DATE,
    Column(
        "document_type",
        label=_("Kind of document"),
        sort_key="document_type__name",
        width="10%",
    ),
    Column("get_status_display", label=_("Status of the document"), sort_key="status", width="12%"),
    Column("get_access_display", label=_("Access"), sort_key="access", width="10%"),
    STATE,
]

PRACTICE_COLUMNS = [
    BULK,
    TITLE,
    PARENT,
    Column("kind", label=_("Kind of practice"), sort_key="kind__name", width="15%"),
    Column("grades", label=_("Classes"), width="10%"),
    UPDATED,
    STATE,
]


class NewsExplorer(_RelatedRead, ExplorableIndexView):
    """News below the news list."""

    related = ("rubric",)


class DocumentExplorer(_RelatedRead, ExplorableIndexView):
    """Documents below the library."""

    related = ("document_type",)


class PracticeExplorer(_RelatedRead, ExplorableIndexView):
    """Practices below their section."""

    related = ("kind",)


class NewsList(_RelatedRead, IndexView):
    """News wherever they stand."""

    related = ("rubric",)


class DocumentList(_RelatedRead, IndexView):
    """Documents wherever they stand."""

    related = ("document_type",)


class PracticeList(_RelatedRead, IndexView):
    """Practices of both sections."""

    related = ("kind",)


class _PortalPageViewSet(PageViewSet):
    """A kind of pages of the portal."""

    edit_view_class = PortalEditView
    workflow_action_view_class = PortalWorkflowActionView


class NewsPageViewSet(_PortalPageViewSet):
    """News in the explorer."""

    model = NewsPage
    index_view_class = NewsExplorer
    columns = NEWS_COLUMNS
    filterset_class = NewsFilterSet
    ordering = "-date"


class DocumentPageViewSet(_PortalPageViewSet):
    """Documents in the explorer."""

    model = DocumentPage
    index_view_class = DocumentExplorer
    columns = DOCUMENT_COLUMNS
    filterset_class = DocumentFilterSet
    ordering = "-date"


class PracticePageViewSet(_PortalPageViewSet):
    """Practices in the explorer."""

    model = PracticePage
    index_view_class = PracticeExplorer
    columns = [column for column in PRACTICE_COLUMNS if column is not PARENT]
    filterset_class = PracticeFilterSet
    ordering = "-latest_revision_created_at"


class TopicPageViewSet(_PortalPageViewSet):
    """Topic hubs in the explorer."""

    model = TopicPage
    columns = [BULK, TITLE, UPDATED, STATE]
    filterset_class = TopicPageFilterSet
    ordering = "title"


class StandardPageViewSet(_PortalPageViewSet):
    """Pages of text; their sections list them beside subsections, with the usual columns."""

    model = StandardPage


class NewsListing(PageListingViewSet):
    """The menu item «Новости»."""

    model = NewsPage
    icon = "portal-news"
    menu_label = _("News")
    menu_order = 110
    add_to_admin_menu = True
    index_view_class = NewsList
    columns = NEWS_COLUMNS
    filterset_class = NewsFilterSet
    ordering = "-date"


class DocumentListing(PageListingViewSet):
    """The menu item «Документы»."""

    model = DocumentPage
    icon = "doc-full"
    menu_label = _("Documents")
    menu_order = 120
    add_to_admin_menu = True
    index_view_class = DocumentList
    columns = DOCUMENT_COLUMNS
    filterset_class = DocumentFilterSet
    ordering = "-date"


class PracticeListing(PageListingViewSet):
    """The menu item «Практики»."""

    model = PracticePage
    icon = "pick"
    menu_label = _("Practices")
    menu_order = 105
    add_to_admin_menu = True
    index_view_class = PracticeList
    columns = PRACTICE_COLUMNS
    filterset_class = PracticeFilterSet
    ordering = "-latest_revision_created_at"


class StandardPageListing(PageListingViewSet):
    """The menu item «Тексты»: pages of text of all sections."""

    model = StandardPage
    icon = "doc-empty"
    menu_label = _("Texts")
    menu_order = 130
    add_to_admin_menu = True
    columns = [BULK, TITLE, PARENT, UPDATED, STATE]
    filterset_class = StandardPageFilterSet


PAGE_VIEWSETS = [
    NewsPageViewSet("news_pages"),
    DocumentPageViewSet("document_pages"),
    PracticePageViewSet("practice_pages"),
    TopicPageViewSet("topic_pages"),
    StandardPageViewSet("standard_pages"),
    NewsListing("news"),
    DocumentListing("library"),
    PracticeListing("practices"),
    StandardPageListing("texts"),
]
