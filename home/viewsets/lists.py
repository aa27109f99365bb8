"""The menu «Справочники»: short lists that pages refer to."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.models import Topic
from core.viewsets import PublicationColumn
from home.models import DocumentType, Rubric


class _ListViewSet(SnippetViewSet):
    """A list in an order that editors choose by dragging."""

    list_display = ["name", "slug", PublicationColumn(), UpdatedAtColumn()]
    search_fields = ["name"]
    sort_order_field = "order"
    copy_view_enabled = False
    list_per_page = 50


class TopicViewSet(_ListViewSet):
    """Topics."""

    model = Topic
    icon = "tag"


class RubricViewSet(_ListViewSet):
    """Rubrics of news."""

    model = Rubric
    icon = "portal-news"


class DocumentTypeViewSet(_ListViewSet):
    """Types of documents."""

    model = DocumentType
    icon = "doc-full"


class ListsGroup(SnippetViewSetGroup):
    """All of them in one submenu."""

    items = (TopicViewSet, RubricViewSet, DocumentTypeViewSet)
    menu_label = _("Lists")
    menu_icon = "list-ul"
    menu_name = "lists"
    menu_order = 500
