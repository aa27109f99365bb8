"""The vocabulary of blocks from which editors build a page."""

from typing import Any

from anyascii import anyascii
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from core.block_samples import SAMPLES
from core.file_blocks import DocumentListBlock, VideoBlock
from core.link_block import LinkBlock
from core.picture_blocks import CaptionedImageBlock, GalleryBlock
from core.table_block import TranslatableTableBlock

INLINE = ["bold", "italic", "link", "document-link", "superscript", "subscript"]
TEXT = ["h3", "h4", "ol", "ul", *INLINE]


class HeadingBlock(blocks.StructBlock):
    """A heading that the contents list and other pages can link to."""

    text = blocks.CharBlock(label=_("Heading"), max_length=160)
    anchor = blocks.RegexBlock(
        regex=r"^[a-z0-9-]*$",
        label=_("Anchor"),
        required=False,
        max_length=60,
        help_text=_("Latin letters, digits and hyphens. Empty: made from the heading."),
        error_messages={"invalid": _("Only small Latin letters, digits and hyphens.")},
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Starts a part of the page and appears in its contents list.")
        template = "blocks/heading.html"
        group = _("Text")
        preview_value = SAMPLES["heading"]

    def clean(self, value: dict) -> dict:
        value = super().clean(value)
        if not value["anchor"]:
            value["anchor"] = slugify(anyascii(value["text"]))[:60] or "part"
        return value


class RichTextBlock(blocks.RichTextBlock):
    """Paragraphs, lists and small headings."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists, links.")
        template = "blocks/rich_text.html"
        group = _("Text")
        preview_value = SAMPLES["text"]


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Quote"), rows=3)
    author = blocks.CharBlock(label=_("Author"), required=False, max_length=160)
    role = blocks.CharBlock(label=_("Position"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("A person's words with name and position.")
        template = "blocks/quote.html"
        group = _("Text")
        preview_value = SAMPLES["quote"]


class TableBlock(blocks.StructBlock):
    """A table whose rows become cards on a phone."""

    caption = blocks.CharBlock(
        label=_("Caption"),
        max_length=200,
        help_text=_("What the table shows; read aloud before it."),
    )
    table = TranslatableTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Short text"), required=False)),
            ("number", blocks.DecimalBlock(label=pgettext_lazy("cell", "Number"), required=False)),
            (
                "rich_text",
                blocks.RichTextBlock(label=_("Text with links"), features=INLINE, required=False),
            ),
        ],
        label=_("Table"),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Rows and columns; on a phone each row becomes a card.")
        template = "blocks/table.html"
        # See admin.css: the inner table has a field for its name too, which would never be shown.
        form_classname = "struct-block named-table"
        group = _("Text")
        preview_value = SAMPLES["table"]


class AccordionBlock(blocks.StructBlock):
    """Questions that open to their answers."""

    items = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("Question"), max_length=200)),
                ("text", blocks.RichTextBlock(label=_("Answer"), features=["ol", "ul", *INLINE])),
            ],
            icon="help",
            label=_("Question"),
        ),
        label=_("Questions"),
        min_num=1,
    )

    class Meta:
        icon = "list-ul"
        label = _("Questions and answers")
        description = _("Rows that open on a click.")
        template = "blocks/accordion.html"
        group = _("Parts")
        preview_value = SAMPLES["accordion"]


class CallToActionBlock(blocks.StructBlock):
    """One thing to do, with one button."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2)
    link = LinkBlock(label=_("Button"))

    class Meta:
        icon = "pick"
        label = _("Call to action")
        description = _("A short text and a button.")
        template = "blocks/call_to_action.html"
        group = _("Parts")
        preview_value = SAMPLES["call_to_action"]


class ContactBlock(blocks.StructBlock):
    """How to reach an office or a person."""

    name = blocks.CharBlock(label=_("Office or person"), max_length=160)
    position = blocks.CharBlock(label=_("Position"), required=False, max_length=160)
    phone = blocks.CharBlock(label=_("Telephone"), required=False, max_length=40)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    address = blocks.CharBlock(label=_("Address"), required=False, max_length=250)
    hours = blocks.CharBlock(label=_("Hours"), required=False, max_length=160)

    class Meta:
        icon = "mail"
        label = _("Contact")
        description = _("Telephone, e-mail, address and hours.")
        template = "blocks/contact.html"
        group = _("Parts")
        preview_value = SAMPLES["contact"]


class StepsBlock(blocks.StructBlock):
    """What to do, one thing after another."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    items = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("Step"), max_length=160)),
                (
                    "text",
                    blocks.RichTextBlock(
                        label=_("Text"), features=["ol", "ul", *INLINE], required=False
                    ),
                ),
            ],
            icon="order",
            label=_("Step"),
        ),
        label=_("Steps"),
        min_num=2,
        default=[{"title": "", "text": ""}] * 2,
    )

    class Meta:
        icon = "order"
        label = _("Steps")
        description = _("Numbered steps with a line between them.")
        template = "blocks/steps.html"
        group = _("Parts")
        preview_value = SAMPLES["steps"]


class PeopleBlock(blocks.StructBlock):
    """People of an office."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    people = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("name", blocks.CharBlock(label=pgettext_lazy("person", "Name"), max_length=160)),
                ("position", blocks.CharBlock(label=_("Position"), max_length=200)),
                ("photo", ImageChooserBlock(label=_("Photograph"), required=False)),
                ("phone", blocks.CharBlock(label=_("Telephone"), required=False, max_length=40)),
                ("email", blocks.EmailBlock(label=_("E-mail"), required=False)),
            ],
            icon="user",
            label=_("Person"),
        ),
        label=_("People"),
        min_num=1,
    )

    class Meta:
        icon = "group"
        label = _("People")
        description = _("Names, positions and how to reach them.")
        template = "blocks/people.html"
        group = _("Parts")
        preview_value = SAMPLES["people"]


# Addresses inside a page that its frame and lists already have.
FRAME_ANCHORS = frozenset(
    ["main", "menu", "vision", "filters", "results", "n-rel", "n-near", "t-news", "t-docs"]
)


class BodyBlock(blocks.StreamBlock):
    """All blocks of an ordinary page."""

    heading = HeadingBlock()
    text = RichTextBlock(features=TEXT)
    quote = QuoteBlock()
    table = TableBlock()
    image = CaptionedImageBlock()
    gallery = GalleryBlock()
    documents = DocumentListBlock()
    video = VideoBlock()
    accordion = AccordionBlock()
    call_to_action = CallToActionBlock()
    contact = ContactBlock()
    steps = StepsBlock()
    people = PeopleBlock()

    def clean(self, value: Any) -> Any:
        """Two headings of the same words do not share an address."""
        value = super().clean(value)
        taken = set(FRAME_ANCHORS)
        for child in value:
            if child.block_type != "heading":
                continue
            stem = anchor = child.value["anchor"]
            number = 1
            while anchor in taken:
                number += 1
                anchor = f"{stem}-{number}"
            child.value["anchor"] = anchor
            taken.add(anchor)
        return value
