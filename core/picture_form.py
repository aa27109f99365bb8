"""The form of a picture: what broke on its way is refused in words."""

from __future__ import annotations

import struct
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

# What Pillow raises where the data end too soon or make no sense.
UNREADABLE = (
    *(OSError, EOFError, SyntaxError, ValueError, AttributeError, IndexError),
    *(TypeError, struct.error),
)


class WholePictureField(WagtailImageField):
    """Reads the picture to its end.

    Wagtail looks at the head alone: half a picture would break where its copies are made.
    """

    def to_python(self, data: Any) -> Any:
        try:
            upload = super().to_python(data)
            if upload is not None:
                _read(upload.image.f)
        except UNREADABLE as error:
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from error
        return upload


def _read(stream: Any) -> None:
    stream.seek(0)
    with Image.open(stream) as picture:
        picture.load()
    stream.seek(0)


class PictureForm(BaseImageForm):
    """Wagtail's form of a picture, with a field that reads all of it."""

    file = WholePictureField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])
