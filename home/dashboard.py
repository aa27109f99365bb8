"""Panels and figures of the first screen of the admin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component

from core.models import Card, PortalDocument
from home.queries import editorial
from home.queries.editorial import Rows
from home.queries.first_steps import first_steps_for
from people.models import User


class RowsPanel(Component):
    """A short list with a heading, and words for the case that it is empty."""

    template_name = "home/admin/panel.html"
    name: str
    order: int
    heading: Any
    empty: Any
    when_label: Any
    # Where the editors' guide tells about it.
    chapter: str
    all_url_name: str | None = None
    read: Callable[[User], Rows]

    def is_shown(self, user: User) -> bool:
        return True

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request: HttpRequest = (parent_context or {})["request"]
        user: Any = request.user
        shown = self.is_shown(user)
        return {
            "panel": self,
            "shown": shown,
            "found": type(self).read(user) if shown else Rows([]),
            "all_url": reverse(self.all_url_name) if self.all_url_name else "",
        }


class FirstStepsPanel(RowsPanel):
    """«С чего начать»: only as long as something of it is left."""

    name = "first-steps"
    chapter = "vhod"
    order = 105
    heading = _("Where to begin")
    empty = ""
    when_label = ""
    read = staticmethod(first_steps_for)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        return {**context, "shown": bool(context["found"].rows)}


class WaitingPanel(RowsPanel):
    """«Ждёт меня»"""

    name = "waiting"
    chapter = "soglasovanie"
    order = 110
    heading = _("Waiting for me")
    empty = _("Nothing waits for your decision.")
    when_label = _("Waiting since")
    read = staticmethod(editorial.waiting_for)


class DraftsPanel(RowsPanel):
    """«Мои черновики»"""

    name = "drafts"
    chapter = "soglasovanie"
    order = 120
    heading = _("My drafts")
    empty = _("You have no unfinished pages.")
    when_label = _("Changed")
    read = staticmethod(editorial.drafts_of)


class ExpiringPanel(RowsPanel):
    """«Истекают сроки документов»"""

    name = "expiring"
    chapter = "raspisanie"
    order = 130
    heading = _("Documents and pages about to expire")
    empty = _("Nothing leaves the site within 30 days.")
    when_label = _("Expires")
    read = staticmethod(editorial.expiring_for)


class OverduePanel(RowsPanel):
    """«Просроченные меры»: for those who may change measures."""

    name = "overdue"
    chapter = "dorozhnaya-karta"
    order = 140
    heading = _("Overdue measures of the road map")
    empty = _("No measure is overdue.")
    when_label = _("Was due")
    read = staticmethod(editorial.overdue_measures_for)

    def is_shown(self, user: User) -> bool:
        return user.has_perm("monitoring.change_measure")


PANELS = (FirstStepsPanel, WaitingPanel, DraftsPanel, ExpiringPanel, OverduePanel)


class PublishedSummary(SummaryItem):
    """How much the site shows: news, documents, topics and files, in one query each.

    A translation is the same news item once more, so only the source language is counted.
    """

    order = 10
    template_name = "home/admin/summary.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        cards = Card.objects.in_language(settings.LANGUAGE_CODE)
        kinds = dict(cards.values_list("kind").annotate(Count("pk")))
        return {
            "news": kinds.get("news", 0),
            "documents": kinds.get("document", 0),
            "topics": kinds.get("topic", 0),
            "files": PortalDocument.objects.count(),
        }
