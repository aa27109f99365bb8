"""The blocks of which the description of a practice is made, in the cabinet and from Word."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import BodyBlock
from core.light_text import light_words


class LightTextBlock(blocks.TextBlock):
    """Text as its author types it: paragraphs, lists, bold, italics and links (core.light_text)."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs; a line that begins with a hyphen is a point of a list.")
        template = "blocks/light_text.html"
        group = _("Text")
        preview_value = "Группы измеряют:\n\n- плотность,\n- температуру,\n- прозрачность."

    def get_searchable_content(self, value: str) -> list[str]:
        return [light_words(value)] if value else []


class PracticeBlock(BodyBlock):
    """How the practice is done, step by step."""

    # What the body of a page has and a practice does not need.
    text = None
    gallery = None
    documents = None
    accordion = None
    call_to_action = None
    contact = None
    people = None

    light_text = LightTextBlock()
