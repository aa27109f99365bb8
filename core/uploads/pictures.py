"""Pictures lose what the camera has written into them: the place, the device, the author."""

from __future__ import annotations

import io
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from PIL import ExifTags, Image, ImageOps

from core.uploads.kinds import KINDS
from core.uploads.refusals import Refusal, refuse

# Without these the colours are wrong; they tell nothing of a person.
_KEPT = ("icc_profile", "transparency", "gamma")
_QUALITY = 92


def is_picture(ending: str) -> bool:
    """Whether files with this ending are pictures."""
    kind = KINDS.get(ending)
    return kind is not None and kind.family == "image"


def without_traces(upload: File[Any], ending: str) -> ContentFile[bytes]:
    """The picture written anew, standing upright, with nothing but its points and colours.

    ``upload`` has passed ``check_upload``, so its size is known to be bearable. Raises
    ValidationError when it turns out to be broken further inside.
    """
    mark = KINDS[ending].mark
    upload.seek(0)
    try:
        with Image.open(upload.file or upload) as image:
            turned = image.getexif().get(ExifTags.Base.Orientation, 1) != 1
            # Only the first of several pictures: the others of a phone are depth and brightness.
            ImageOps.exif_transpose(image, in_place=True)
            options: dict[str, Any] = {}
            if image.info.get("icc_profile"):
                options["icc_profile"] = image.info["icc_profile"]
            if mark == "JPEG":
                # Not turned, a photo keeps its own tables: written anew, it looks the same.
                same = image.format == "JPEG" and not turned
                options["quality"] = "keep" if same else _QUALITY
            image.info = {key: image.info[key] for key in _KEPT if key in image.info}
            stream = io.BytesIO()
            image.save(stream, mark, **options)
    except (OSError, SyntaxError, ValueError) as error:
        raise refuse(Refusal.DAMAGED, ending=ending.upper()) from error
    return ContentFile(stream.getvalue(), name=upload.name)
