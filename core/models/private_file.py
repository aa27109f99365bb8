"""Files that people upload about themselves or their work: certificates, applications, scans."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from anyascii import anyascii
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.storage import private_storage
from core.uploads import content_type_of, opens_in_browser


def private_file_name(instance: PrivateFile, filename: str) -> str:
    """Where a private file is kept: nothing of the person and nothing that could be guessed."""
    suffix = slugify(anyascii(PurePath(filename).suffix[1:]))[:10]
    folder = timezone.localdate().strftime("people/%Y/%m")
    name = uuid.uuid4().hex
    return f"{folder}/{name}.{suffix}" if suffix else f"{folder}/{name}"


class PrivateFile(models.Model):
    """An uploaded file that only those may open whom its owner's app names.

    ``core.services.private_files`` stores it and asks ``register_private_file`` who may see it;
    a file that nothing refers to is seen by the person who uploaded it alone.
    """

    file = models.FileField(_("file"), upload_to=private_file_name, storage=private_storage)
    original_name = models.CharField(_("name of the file"), max_length=255)
    size = models.PositiveBigIntegerField(_("size, bytes"))
    # SHA-256 of the content as it is stored (a picture: without its coordinates).
    checksum = models.CharField(_("checksum"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="private_files",
    )
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    # Something has referred to it; what nothing ever refers to is removed after a day.
    kept_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("private file")
        verbose_name_plural = _("private files")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(kept_at__isnull=True), name="private_file_new"
            )
        ]

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        return reverse("private_file", args=[self.pk])

    @property
    def ending(self) -> str:
        """The ending of the name, without the dot."""
        return PurePath(self.original_name).suffix[1:].lower()

    @property
    def content_type(self) -> str:
        return content_type_of(self.ending)

    @property
    def view_url(self) -> str:
        """Opens in the browser instead of downloading; empty for types that only download."""
        return f"{self.get_absolute_url()}?view=1" if opens_in_browser(self.ending) else ""


class PrivateUpload(models.Model):
    """A large file that arrives in parts; once it is whole, it is a private file.

    The parts stand in one file beside the private ones; ``received`` is how much of it counts. The
    row outlives the last part, so that a sender who never heard the answer can ask for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="private_uploads",
    )
    original_name = models.CharField(_("name of the file"), max_length=255)
    size = models.PositiveBigIntegerField(_("size, bytes"))
    received = models.PositiveBigIntegerField(_("received, bytes"), default=0)
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    touched_at = models.DateTimeField(_("last part at"), auto_now=True, db_index=True)
    file = models.OneToOneField(
        PrivateFile, null=True, on_delete=models.CASCADE, related_name="upload", editable=False
    )

    class Meta:
        verbose_name = _("upload in parts")
        verbose_name_plural = _("uploads in parts")
        constraints = [
            models.CheckConstraint(
                condition=Q(received__lte=F("size")), name="core_upload_not_longer"
            )
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def part_name(self) -> str:
        """The file of the parts, inside the private storage."""
        return f"parts/{self.pk.hex}"
