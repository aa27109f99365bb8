"""Checks of PDF, RTF and plain text."""

from __future__ import annotations

import codecs
import re
from typing import IO, Any

from core.extraction.process import BEYOND_BOUNDS, TOO_SLOW, count_pages_apart
from core.extraction.readers import ENCRYPTED, UnreadableFile
from core.uploads.kinds import Kind
from core.uploads.refusals import UNKNOWN, Refusal, refuse

# Words with which a text begins that a browser or a shell would run.
_ACTIVE = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html|<head|<body|<script|<svg|<\?xml|<\?php|#!)",
    re.I | re.S,
)
# Why a PDF could not be read, as the person who uploads it is told.
_REFUSALS = {
    ENCRYPTED: Refusal.ENCRYPTED,
    # A way of encryption that the library does not know.
    "DependencyError": Refusal.ENCRYPTED,
    **dict.fromkeys((BEYOND_BOUNDS, TOO_SLOW, "MemoryError", "RecursionError"), Refusal.BOMB),
    "LimitReachedError": Refusal.BOMB,
}
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def check_pdf(stream: IO[bytes], ending: str, kind: Kind) -> int:
    """Refuse what is no PDF, is damaged or asks for a password; returns the number of pages."""
    if b"%PDF-" not in stream.read(1024):
        raise refuse(Refusal.PRETENDING, ending="PDF", found=_describe(stream))
    stream.seek(0)
    try:
        pages = count_pages_apart(stream)
    except UnreadableFile as error:
        reason = _REFUSALS.get(str(error), Refusal.DAMAGED)
        raise refuse(reason, ending="PDF") from error
    if not pages:
        raise refuse(Refusal.DAMAGED, ending="PDF")
    return pages


def check_rtf(stream: IO[bytes], ending: str, kind: Kind) -> None:
    """Refuse what does not begin as RTF."""
    if not stream.read(16).lstrip().startswith(b"{\\rtf"):
        raise refuse(Refusal.PRETENDING, ending="RTF", found=_describe(stream))


def check_text(stream: IO[bytes], ending: str, kind: Kind) -> None:
    """Refuse binary data and active content under the name of a text."""
    head = stream.read(65536)
    bare = head
    for bom in _BOMS:
        bare = bare.removeprefix(bom)
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if wide:
        bare = head.decode("utf-16", errors="ignore").encode()
    elif b"\0" in head:
        raise refuse(Refusal.PRETENDING, ending=ending.upper(), found=_describe(stream))
    if _ACTIVE.match(bare):
        raise refuse(Refusal.PRETENDING, ending=ending.upper(), found=_describe(stream))
    if kind.mark and not bare.lstrip().startswith(kind.mark.encode()):
        raise refuse(Refusal.DAMAGED, ending=ending.upper())


def _describe(stream: IO[bytes]) -> Any:
    """A word for what stands at the beginning of the file."""
    stream.seek(0)
    head = stream.read(1024)
    for bom in _BOMS:
        head = head.removeprefix(bom)
    if re.match(
        rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script)", head, re.I | re.S
    ):
        return "HTML"
    for signature, name in (
        (b"<svg", "SVG"),
        (b"<?xml", "XML"),
        (b"<?php", "PHP"),
        (b"#!", "SCRIPT"),
        (b"PK", "ZIP"),
        (b"{\\rtf", "RTF"),
        (b"%PDF", "PDF"),
    ):
        if head.lstrip().lower().startswith(signature.lower()):
            return name
    return UNKNOWN if b"\0" in head else "TXT"
