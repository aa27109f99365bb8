"""The document library («банк педагогической информации»)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.models import BasePage
from home.queries.library import LIBRARY
from home.queries.selection import Selection, Sort


class DocumentLibraryPage(BasePage):
    """All documents with facets."""

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.DocumentPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("document library")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        selection = Selection.from_query(request.GET)
        context["selection"] = selection
        shown = LIBRARY.listing(
            selection=selection, user=request.user, language=self.locale.language_code
        )
        context["library"] = shown
        context["facets"] = LIBRARY.facets_html(
            listing=shown,
            selection=selection,
            sorts=Sort.choices,
            page=self,
            action=self.get_url(request) or "",
            user=request.user,
        )
        at_beginning = not (selection.after or selection.before)
        context["first_url"] = "" if at_beginning else selection.address()
        context["search"] = {
            "action": request.path,
            "label": _("Number, date or words of the title"),
            "value": selection.words,
        }
        return context
