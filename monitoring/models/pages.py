"""The road map on the public site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.models import BasePage
from monitoring.models.road_map import RoadMap


class RoadMapPage(BasePage):
    """Indicators and measures of a road map, with the other periods beside it."""

    road_map = models.ForeignKey(
        RoadMap, verbose_name=_("road map shown first"), on_delete=models.PROTECT, related_name="+"
    )

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("road_map")]

    class Meta:
        verbose_name = _("road map page")
