"""Where practices stand: the catalogue and its two sections."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.models import BasePage
from practices.enums import Section


class PracticeBankPage(BasePage):
    """The catalogue of all published practices."""

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["practices.PracticeSectionPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("bank of practices")
        verbose_name_plural = _("banks of practices")


class PracticeSectionPage(BasePage):
    """«Методическая копилка» or «Адреса передового опыта»: the practices of one section."""

    section = models.CharField(_("section"), max_length=10, choices=Section.choices)

    parent_page_types = ["practices.PracticeBankPage"]
    subpage_types = ["practices.PracticePage"]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("section"),
    ]

    class Meta:
        verbose_name = _("section of practices")
        verbose_name_plural = _("sections of practices")
