"""Pictures in blocks, with words for those who do not see them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageChooserBlock


class PictureBlock(ImageBlock):
    """Wagtail's picture with alternative text, in words that an editor understands.

    Wagtail leaves the first label in English and says of the second only «Alt text».
    """

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        blocks.StructBlock.__init__(
            self,
            [
                ("image", ImageChooserBlock(required=required, label=_("Picture"))),
                (
                    "decorative",
                    blocks.BooleanBlock(
                        default=False,
                        required=False,
                        label=_("Decoration"),
                        help_text=_(
                            "The picture tells nothing and is passed over when read aloud."
                        ),
                    ),
                ),
                (
                    "alt_text",
                    blocks.CharBlock(
                        required=False,
                        label=_("What the picture shows"),
                        help_text=_("One phrase; read aloud in place of the picture."),
                    ),
                ),
            ],
            **kwargs,
        )


class CaptionedImageBlock(blocks.StructBlock):
    """A picture that says what it shows or that it is decoration."""

    image = PictureBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("One picture with alternative text and a caption.")
        template = "blocks/image.html"
        group = _("Pictures and files")
        preview_template = "blocks/previews/image.html"


class GalleryBlock(blocks.StructBlock):
    """Several pictures of one occasion."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    images = blocks.ListBlock(
        CaptionedImageBlock(),
        label=_("Pictures"),
        min_num=2,
        max_num=40,
        default=[{"image": None, "caption": ""}] * 2,
    )

    class Meta:
        icon = "copy"
        label = _("Gallery")
        description = _("Two and more pictures.")
        template = "blocks/gallery.html"
        group = _("Pictures and files")
        preview_template = "blocks/previews/gallery.html"
