"""Where practices stand: the catalogue and its two sections."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.models import BasePage
from practices.enums import Section
from practices.queries.bank import BANK, rows_of
from practices.queries.selection import FacetName, PracticeSelection, Sort

LIST = "practices/list_page.html"


class _ListPage(BasePage):
    """A page that lists practices, all of them or those of a section."""

    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        selection = PracticeSelection.from_query(request.GET)
        within, user = self.get_within(), request.user
        asked = {
            "selection": selection,
            "user": user,
            "language": self.locale.language_code,
            "within": within,
        }
        shown = BANK.listing(**asked)
        at_beginning = not (selection.after or selection.before)
        found = {
            "selection": selection,
            "listing": shown,
            "rows": rows_of(shown.page.cards),
            "sorts": [
                (str(label), selection.address(sort=value), value == selection.sort)
                for value, label in Sort.choices
            ],
            "facets": BANK.facets_html(
                listing=shown,
                selection=selection,
                sorts=[],
                page=self,
                action=self.get_url(request) or "",
                user=user,
                within=within,
            ),
            "widen": [] if shown.total else BANK.wider(**asked),
            "first_url": "" if at_beginning else selection.address(),
            "feed_url": self._feed_url(selection),
            "search": {
                "action": request.path,
                "label": _("Topic, subject or author"),
                "value": selection.words,
            },
        }
        return context | found

    def get_within(self) -> dict[str, str]:
        """Columns that all cards of this list have in common."""
        return {}

    def _feed_url(self, selection: PracticeSelection) -> str:
        """The feed of what is chosen; a reader of feeds asks for no words and no order."""
        chosen = {**selection.chosen}
        if section := self.get_within().get("status"):
            chosen[FacetName.SECTION] = (section,)
        query = PracticeSelection(chosen=chosen).address()
        return reverse("practices_rss") + query.removesuffix("?")


class PracticeBankPage(_ListPage):
    """The catalogue of all published practices."""

    template = LIST
    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["practices.PracticeSectionPage"]

    class Meta:
        verbose_name = _("bank of practices")
        verbose_name_plural = _("banks of practices")


class PracticeSectionPage(_ListPage):
    """«Методическая копилка» or «Адреса передового опыта»: the practices of one section."""

    section = models.CharField(_("section"), max_length=10, choices=Section.choices)

    template = LIST
    parent_page_types = ["practices.PracticeBankPage"]
    subpage_types = ["practices.PracticePage"]

    content_panels = [*_ListPage.content_panels, FieldPanel("section")]

    class Meta:
        verbose_name = _("section of practices")
        verbose_name_plural = _("sections of practices")

    def get_within(self) -> dict[str, str]:
        return {"status": self.section}
