"""The document library («банк педагогической информации»)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.facets import FacetGroup
from core.models import BasePage
from core.page_cache import depends_on, remember, tags
from home.queries.library import Library, facets_of, library, sort_group
from home.queries.selection import Selection


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
        shown = library(selection=selection, user=request.user, language=self.locale.language_code)
        context["library"] = shown
        context["facets"] = self._facets(request, selection, shown)
        at_beginning = not (selection.after or selection.before)
        context["first_url"] = "" if at_beginning else selection.address()
        context["search"] = {
            "action": request.path,
            "label": _("Number, date or words of the title"),
            "value": selection.words,
        }
        return context

    def _facets(self, request: HttpRequest, selection: Selection, shown: Library) -> str:
        """HTML of the facets: a hundred choices, the same on every page of one selection."""

        def render(groups: list[FacetGroup]) -> str:
            values = {
                "action": self.get_url(request),
                "groups": [sort_group(selection), *groups],
                "hidden": [("q", selection.words)] if selection.words else [],
            }
            return render_to_string("home/document/selection.html", values)

        def build() -> str:
            # Asked for again, so that what is kept knows what it was made of.
            language = self.locale.language_code
            groups = facets_of(selection=selection, user=request.user, language=language)
            depends_on(tags.address(self.pk))
            return render(groups)

        if not shown.key:
            return render(shown.groups)
        return remember(f"html:{shown.key}:{selection.sort}:{self.pk}", build)
