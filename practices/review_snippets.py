"""The menu «Экспертиза практик» of the admin: by what practices are reviewed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.models import CalendarDay
from practices.models import ChecklistPoint, ReviewCriterion


class ChecklistPointViewSet(SnippetViewSet):
    """Points of the formal check."""

    model = ChecklistPoint
    icon = "tick"
    list_display = ["text", "order", BooleanColumn("is_used", label=_("is used"))]
    copy_view_enabled = False
    list_per_page = 50


class ReviewCriterionViewSet(SnippetViewSet):
    """Criteria of the expert review."""

    model = ReviewCriterion
    icon = "list-ol"
    list_display = ["title", "maximum", "order", BooleanColumn("is_used", label=_("is used"))]
    copy_view_enabled = False
    list_per_page = 50


class CalendarDayViewSet(SnippetViewSet):
    """Holidays and moved days, by which terms are reckoned."""

    model = CalendarDay
    icon = "calendar"
    list_display = [
        "day",
        "name",
        BooleanColumn("is_working", label=_("a working day")),
        BooleanColumn("is_assumed", label=_("is assumed")),
    ]
    list_filter = ["is_working", "is_assumed"]
    copy_view_enabled = False
    list_per_page = 50


class ReviewGroup(SnippetViewSetGroup):
    """All of them in one submenu."""

    items = (ChecklistPointViewSet, ReviewCriterionViewSet, CalendarDayViewSet)
    menu_label = _("Review of practices")
    menu_icon = "check"
    menu_name = "practice-review"
    menu_order = 460
