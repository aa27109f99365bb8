"""The entrance: size, ending, then the check of the family the ending belongs to."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import IO, Any

import filetype
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from core.uploads import archives, legacy, media, texts
from core.uploads.kinds import KINDS, Family, Kind, allowed_endings
from core.uploads.refusals import FileFacts, Refusal, refuse

HEAD = 8192
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHECKS: dict[Family, Callable[[IO[bytes], str, Kind], int | None]] = {
    "pdf": texts.check_pdf,
    "rtf": texts.check_rtf,
    "text": texts.check_text,
    "ooxml": archives.check_ooxml,
    "odf": archives.check_odf,
    "zip": archives.check_zip,
    "ole": legacy.check_ole,
    "image": media.check_image,
    "video": media.check_video,
}
# What the library of signatures calls the container of several of our types.
_CONTAINERS = {"zip": {"ooxml", "odf", "zip"}, "doc": {"ole"}, "xls": {"ole"}, "ppt": {"ole"}}


def check_upload(
    file: Any, *, endings: Iterable[str] | None = None, max_size: int | None = None
) -> FileFacts:
    """Look into ``file`` (an uploaded file or a FieldFile) and return what was learned.

    ``endings`` narrows the accepted types, ``max_size`` is in bytes; both come from the settings
    when not given. Raises ValidationError (codes: ``Refusal``). The file is left at its beginning.
    """
    allowed = [ending for ending in (endings or allowed_endings()) if ending in KINDS]
    limit = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE if max_size is None else max_size
    if not file.size:
        raise refuse(Refusal.EMPTY)
    if file.size > limit:
        raise refuse(Refusal.TOO_BIG, size=filesizeformat(file.size), limit=filesizeformat(limit))
    ending = PurePath(file.name).suffix[1:].lower()
    names = ", ".join(name.upper() for name in allowed)
    if not ending:
        raise refuse(Refusal.NO_TYPE, allowed=names)
    if ending not in allowed:
        raise refuse(Refusal.WRONG_TYPE, ending=ending.upper(), allowed=names)
    kind = KINDS[ending]
    stream: IO[bytes] = file.file if hasattr(file, "file") else file
    try:
        stream.seek(0)
        _refuse_another_type(stream.read(HEAD), ending, kind)
        stream.seek(0)
        pages = _CHECKS[kind.family](stream, ending, kind)
    finally:
        stream.seek(0)
    return FileFacts(ending=ending, content_type=kind.content_type, pages=pages)


def _refuse_another_type(head: bytes, ending: str, kind: Kind) -> None:
    """Refuse a file whose first bytes belong to a type of another family."""
    if kind.family == "text" and (b"\0" not in head or head.startswith(WIDE)):
        # Two letters at the beginning of a text («BM», «MZ») are no picture and no program.
        return
    found = filetype.guess(head)
    if found is None or found.extension == ending:
        return
    owner = KINDS.get(found.extension)
    if owner and owner.family == kind.family:
        return
    if kind.family in _CONTAINERS.get(found.extension, set()):
        return
    # A protected new-style office file stands in an old-style container: its own check says so.
    if kind.family == "ooxml" and head.startswith(legacy.SIGNATURE):
        return
    raise refuse(Refusal.PRETENDING, ending=ending.upper(), found=found.extension.upper())
