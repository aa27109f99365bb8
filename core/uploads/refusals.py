"""Why a file is refused, in words for the person who uploads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """The reason as a code, and the sentence that is shown."""

    EMPTY = "empty", _("The file is empty. Check that it opens on your computer.")
    TOO_BIG = "too_big", _("The file is too big: %(size)s. At most %(limit)s is accepted.")
    WRONG_TYPE = (
        "wrong_type",
        _("Files of type %(ending)s are not accepted. Accepted: %(allowed)s."),
    )
    NO_TYPE = (
        "no_type",
        _("The name of the file has no ending such as .pdf. Accepted: %(allowed)s."),
    )
    PRETENDING = (
        "pretending",
        _(
            "The file is called %(ending)s, but inside it is something else (%(found)s). Save it "
            "in the right format and upload it again."
        ),
    )
    DAMAGED = "damaged", _("The file is damaged: it cannot be read as %(ending)s.")
    ENCRYPTED = (
        "encrypted",
        _("The file is protected by a password. Remove the protection and upload it again."),
    )
    MACROS = (
        "macros",
        _("The file contains macros (programs). Save it without macros and upload it again."),
    )
    EMBEDDED = (
        "embedded",
        _("Another file is packed into the document. Take it out and upload it apart."),
    )
    BOMB = (
        "bomb",
        _("The file unpacks to an unreasonable size. It may be dangerous, so it is not accepted."),
    )
    UNSAFE_ARCHIVE = (
        "unsafe_archive",
        _("The archive contains what is not accepted: %(name)s. Remove it and upload it again."),
    )
    MEASURED = (
        "measured",
        _(
            "The camera has written a track of its own into the film: the place or other "
            "measurements. Save the film without it, as any converter to MP4 does, and upload it "
            "again."
        ),
    )
    TOO_MANY_PIXELS = (
        "too_many_pixels",
        _("The picture is too large: %(width)s × %(height)s pixels. Reduce it and try again."),
    )


_NO_HTML = str.maketrans("", "", "<>&\"'`")
# Stands for %(found)s when nobody can say what is inside.
UNKNOWN = _("unknown data")


def refuse(reason: Refusal, **params: Any) -> ValidationError:
    """The error to raise for ``reason``.

    Names from inside the file lose what could be HTML: upload scripts show the reason as such.
    """
    safe = {
        name: value.translate(_NO_HTML) if isinstance(value, str) else value
        for name, value in params.items()
    }
    return ValidationError(reason.label, code=reason.value, params=safe or None)


@dataclass(frozen=True)
class FileFacts:
    """What a check learned on its way."""

    ending: str
    content_type: str
    pages: int | None = None
