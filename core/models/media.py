"""Images and files of the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from core.enums import TextState
from core.storage import private_storage


class PortalImage(AbstractImage):
    """An image with the rights under which it is shown.

    ``description`` (Wagtail's own field) is the default alternative text.
    """

    source = models.CharField(
        _("author or source"),
        max_length=255,
        blank=True,
        help_text=_("Shown below the picture where a caption is shown."),
    )
    people_consent = models.BooleanField(
        _("people in the picture agreed"),
        default=False,
        help_text=_(
            "Tick when recognisable people are in the picture and their consent "
            "(for children, the parents' consent) is on file."
        ),
    )

    admin_form_fields = (*Image.admin_form_fields, "description", "source", "people_consent")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]


class PortalRendition(AbstractRendition):
    """A resized copy of an image, made when the image is uploaded."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="core_unique_rendition"
            )
        ]


class PortalDocument(AbstractDocument):
    """An uploaded file. It stands outside the public media folder.

    Who may open it follows from where it is used: ``core.services.files.file_visible_to``.
    """

    file = models.FileField(_("file"), upload_to="documents", storage=private_storage)
    text = models.TextField(_("text of the file"), blank=True, editable=False)
    text_state = models.CharField(
        max_length=12, choices=TextState.choices, default=TextState.WAITING, editable=False
    )
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)

    admin_form_fields = Document.admin_form_fields
    search_fields = [*AbstractDocument.search_fields, index.SearchField("text")]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        permissions = [("choose_document", "Can choose document")]
