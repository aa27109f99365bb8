"""Checks of pictures and films."""

from __future__ import annotations

import warnings
from typing import IO

import filetype
from django.conf import settings
from PIL import Image, UnidentifiedImageError

from core.uploads.kinds import Kind
from core.uploads.refusals import UNKNOWN, Refusal, refuse

MAX_PIXELS = 50_000_000


def check_image(stream: IO[bytes], ending: str, kind: Kind) -> None:
    """Refuse what Pillow cannot read as this format, and pictures that unpack to a huge size."""
    limit = getattr(settings, "UPLOAD_MAX_PIXELS", MAX_PIXELS)
    try:
        with warnings.catch_warnings():
            # The limit below is ours; Pillow's own warning would only repeat it.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(stream) as image:
                # Phones put a second picture (depth, brightness) behind a JPEG: still a JPEG.
                found = "JPEG" if image.format == "MPO" else image.format
                width, height = image.size
                if width * height > limit:
                    raise refuse(Refusal.TOO_MANY_PIXELS, width=width, height=height)
                if found == kind.mark:
                    image.verify()
    except Image.DecompressionBombError as error:
        raise refuse(Refusal.BOMB) from error
    except UnidentifiedImageError as error:
        raise refuse(Refusal.PRETENDING, ending=ending.upper(), found=UNKNOWN) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise refuse(Refusal.DAMAGED, ending=ending.upper()) from error
    if found != kind.mark:
        raise refuse(Refusal.PRETENDING, ending=ending.upper(), found=found or UNKNOWN)


def check_video(stream: IO[bytes], ending: str, kind: Kind) -> None:
    """Refuse what does not begin as a film of this format."""
    head = stream.read(4096)
    found = filetype.guess(head)
    if kind.mark == "mp4" and head[4:8] == b"ftyp" and not (found and found.extension == "mov"):
        return
    if kind.mark == "webm" and head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head[:64]:
        return
    raise refuse(
        Refusal.PRETENDING,
        ending=ending.upper(),
        found=found.extension.upper() if found else UNKNOWN,
    )
