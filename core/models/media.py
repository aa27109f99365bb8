"""Images and files of the site."""

import hashlib
import os
from pathlib import PurePath
from typing import Any

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from core.enums import TextState
from core.storage import private_storage
from core.uploads import check_upload, content_type_of, opens_in_browser
from core.uploads.films import blank_traces


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


def stored_file_name(instance: models.Model, filename: str) -> str:
    """Where an uploaded file is kept: Latin letters only, so that every disk and proxy holds it.

    The name a person gave stays in ``PortalDocument.original_name``: the download carries it.
    """
    path = PurePath(filename)
    stem = slugify(anyascii(path.stem))[:60] or "file"
    suffix = slugify(anyascii(path.suffix[1:]))[:10]
    folder = timezone.localdate().strftime("documents/%Y/%m")
    return f"{folder}/{stem}.{suffix}" if suffix else f"{folder}/{stem}"


class PortalDocument(AbstractDocument):
    """An uploaded file. It stands outside the public media folder.

    Who may open it follows from where it is used: ``core.services.files.file_visible_to``.
    What it holds is checked when it is uploaded: ``core.uploads.check_upload``.
    """

    file = models.FileField(_("file"), upload_to=stored_file_name, storage=private_storage)
    original_name = models.CharField(
        _("name of the file"), max_length=255, blank=True, editable=False
    )
    # SHA-256 of the content, shown to readers; Wagtail's own ``file_hash`` is SHA-1.
    checksum = models.CharField(_("checksum"), max_length=64, blank=True, editable=False)
    text = models.TextField(_("text of the file"), blank=True, editable=False)
    text_state = models.CharField(
        max_length=12, choices=TextState.choices, default=TextState.WAITING, editable=False
    )
    # Checksum of the file that ``text`` was taken from: a saved title is no reason to read again.
    text_of = models.CharField(max_length=40, blank=True, editable=False)
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)

    admin_form_fields = Document.admin_form_fields
    search_fields = [*AbstractDocument.search_fields, index.SearchField("text")]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        permissions = [("choose_document", "Can choose document")]
        indexes = [models.Index(fields=["checksum"], name="core_document_checksum")]

    def clean(self) -> None:
        if not self.file:
            # The form has refused the file already; its missing name is no second fault.
            return
        super().clean()
        if self.has_new_file:
            try:
                facts = check_upload(self.file)
                if facts.ending == "mp4":
                    blank_traces(self.file.file)
            except ValidationError as refusal:
                raise ValidationError({"file": refusal}) from refusal
            self.page_count = facts.pages

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.has_new_file:
            # The name is taken before the storage makes a Latin one of it.
            self.original_name = os.path.basename(self.file.name)[-255:]
        super().save(*args, **kwargs)

    @property
    def has_new_file(self) -> bool:
        """Whether a file was given that is not stored yet."""
        return bool(self.file) and not self.file._committed

    @property
    def url(self) -> str:
        return reverse("document_download", args=[self.pk, self.filename])

    @property
    def view_url(self) -> str:
        """Opens in the browser instead of downloading; empty for types that only download."""
        return f"{self.url}?view=1" if opens_in_browser(self.file_extension) else ""

    @property
    def content_type(self) -> str:
        return content_type_of(self.file_extension)

    @property
    def download_name(self) -> str:
        """The name a person gave to the file, else the title; always with the right ending."""
        name = self.original_name or f"{self.title}.{self.file_extension}"
        ending = f".{self.file_extension.lower()}"
        return name if name.lower().endswith(ending) else f"{name}{ending}"

    def _set_document_file_metadata(self) -> None:
        super()._set_document_file_metadata()
        with self.open_file() as file:
            digest = hashlib.sha256()
            for chunk in iter(lambda: file.read(1 << 20), b""):
                digest.update(chunk)
            self.checksum = digest.hexdigest()
            file.seek(0)
