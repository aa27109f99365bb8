"""The road map on the public site."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel

from core.models import BasePage, CardPageMixin
from monitoring.models.road_map import RoadMap


class RoadMapPage(CardPageMixin, BasePage):
    """Indicators and measures of a road map, with the other periods beside it."""

    road_map = models.ForeignKey(
        RoadMap,
        verbose_name=_("road map shown first"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Other published road maps stand beside it as further periods."),
    )

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("road_map")]

    class Meta:
        verbose_name = _("road map page")
        verbose_name_plural = _("road map pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # Queries stand on the models of this package, so the page can ask for them only here.
        from monitoring.queries.page import road_map_context

        context = super().get_context(request, *args, **kwargs)
        return context | road_map_context(self, request.GET)

    def get_card_text(self) -> str:
        """The wording of everything published in the road maps: the search finds a measure."""
        from monitoring.queries.page import searchable_text

        with override(self.locale.language_code):
            return searchable_text()
