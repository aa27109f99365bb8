"""Files and films in blocks; what they show leaves only through a view that asks for rights."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


class DocumentItemBlock(blocks.StructBlock):
    """A file to download."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    document = DocumentChooserBlock(label=_("File"))

    class Meta:
        icon = "doc-full"
        label = _("File")


class DocumentListBlock(blocks.StructBlock):
    """Files to download, with type and size."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    items = blocks.ListBlock(DocumentItemBlock(), label=_("Files"), min_num=1)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Files")
        description = _("A list of files with type and size.")
        template = "blocks/document_list.html"
        group = _("Pictures and files")
        preview_template = "blocks/previews/document_list.html"


class VideoBlock(blocks.StructBlock):
    """A film from our own server; no foreign player."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    file = DocumentChooserBlock(label=_("Film (MP4 or WebM)"))
    captions = DocumentChooserBlock(label=_("Subtitles (VTT)"), required=False)
    poster = ImageChooserBlock(label=_("Still picture"), required=False)
    transcript = blocks.RichTextBlock(
        label=_("What is said"), features=["ol", "ul", "bold"], required=False
    )

    class Meta:
        icon = "media"
        label = _("Film")
        description = _("A film file with subtitles and a transcript.")
        template = "blocks/video.html"
        group = _("Pictures and files")
        preview_template = "blocks/previews/video.html"

    def clean(self, value: dict) -> dict:
        value = super().clean(value)
        errors = {}
        # A draft may be saved before the film is chosen.
        if value["file"] and value["file"].file_extension not in {"mp4", "webm"}:
            errors["file"] = ValidationError(_("Choose an MP4 or WebM file."))
        if value["captions"] and value["captions"].file_extension != "vtt":
            errors["captions"] = ValidationError(_("Choose a VTT file."))
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return value
