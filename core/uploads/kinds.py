"""The types of files that are accepted, and how each is served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.conf import settings

Family = Literal["pdf", "ooxml", "odf", "ole", "rtf", "text", "zip", "image", "video"]
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Kind:
    """One accepted type. ``mark`` is what shows inside the file that it is this type."""

    content_type: str
    family: Family
    mark: str = ""
    # Safe to show in the browser: nothing in it can run as a part of our site.
    opens_in_browser: bool = False


KINDS: dict[str, Kind] = {
    "pdf": Kind("application/pdf", "pdf", opens_in_browser=True),
    "docx": Kind(f"{_OFFICE}wordprocessingml.document", "ooxml", "word/"),
    "xlsx": Kind(f"{_OFFICE}spreadsheetml.sheet", "ooxml", "xl/"),
    "pptx": Kind(f"{_OFFICE}presentationml.presentation", "ooxml", "ppt/"),
    "doc": Kind("application/msword", "ole", "WordDocument"),
    "xls": Kind("application/vnd.ms-excel", "ole", "Workbook"),
    "ppt": Kind("application/vnd.ms-powerpoint", "ole", "PowerPoint Document"),
    "odt": Kind(f"{_OPEN}text", "odf"),
    "ods": Kind(f"{_OPEN}spreadsheet", "odf"),
    "odp": Kind(f"{_OPEN}presentation", "odf"),
    "rtf": Kind("application/rtf", "rtf"),
    "txt": Kind("text/plain; charset=utf-8", "text", opens_in_browser=True),
    "csv": Kind("text/csv; charset=utf-8", "text"),
    "vtt": Kind("text/vtt; charset=utf-8", "text", "WEBVTT"),
    "zip": Kind("application/zip", "zip"),
    "jpg": Kind("image/jpeg", "image", "JPEG", opens_in_browser=True),
    "jpeg": Kind("image/jpeg", "image", "JPEG", opens_in_browser=True),
    "png": Kind("image/png", "image", "PNG", opens_in_browser=True),
    "mp4": Kind("video/mp4", "video", "mp4", opens_in_browser=True),
    "webm": Kind("video/webm", "video", "webm", opens_in_browser=True),
}


def allowed_endings() -> list[str]:
    """Endings that the portal takes: those of the settings that a check exists for."""
    return [ending for ending in settings.WAGTAILDOCS_EXTENSIONS if ending in KINDS]


def content_type_of(ending: str) -> str:
    """The type a file is served with; unknown endings are only bytes."""
    kind = KINDS.get(ending.lower())
    return kind.content_type if kind else "application/octet-stream"


def opens_in_browser(ending: str) -> bool:
    """Whether ``?view=1`` may show the file instead of downloading it."""
    kind = KINDS.get(ending.lower())
    return bool(kind and kind.opens_in_browser)


def is_film(ending: str) -> bool:
    """Whether files with this ending are films, which may be larger than anything else."""
    kind = KINDS.get(ending.lower())
    return kind is not None and kind.family == "video"
