"""Blocks of the home page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from core.blocks import LinkBlock


class EntranceBlock(blocks.StructBlock):
    """Where one kind of visitor begins: a name and a few links."""

    title = blocks.CharBlock(label=pgettext_lazy("service", "For whom"), max_length=60)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1, max_num=5)

    class Meta:
        icon = "user"
        label = _("Entrance")
        description = _("A column of links for teachers, schools or parents.")
        template = "blocks/entrance.html"
        preview_value = {
            "title": "Учителю",
            "links": [
                {"text": "Аттестация", "page": None, "url": "https://example.org/attestaciya/"},
                {"text": "Курсы", "page": None, "url": "https://example.org/kursy/"},
            ],
        }
