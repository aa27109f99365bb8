"""The menu «Справочники»: short lists that pages refer to."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.models import Topic
from core.viewsets import ListViewSet
from home.models import DocumentType, Rubric
from practices.models import PracticeKind


class TopicViewSet(ListViewSet):
    """Topics."""

    model = Topic
    icon = "tag"


class RubricViewSet(ListViewSet):
    """Rubrics of news."""

    model = Rubric
    icon = "portal-news"


class DocumentTypeViewSet(ListViewSet):
    """Types of documents."""

    model = DocumentType
    icon = "doc-full"


class PracticeKindViewSet(ListViewSet):
    """Kinds of practices."""

    model = PracticeKind
    icon = "pick"


class ListsGroup(SnippetViewSetGroup):
    """All of them in one submenu."""

    items = (TopicViewSet, RubricViewSet, DocumentTypeViewSet, PracticeKindViewSet)
    menu_label = _("Lists")
    menu_icon = "list-ul"
    menu_name = "lists"
    menu_order = 500
