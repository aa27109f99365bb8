"""Checks of ZIP archives and of the office formats that are ZIP archives inside."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO

from django.conf import settings

from core.uploads import legacy
from core.uploads.kinds import Kind
from core.uploads.refusals import UNKNOWN, Refusal, refuse

MAX_ENTRIES = 10_000
# A text shrinks ten times, an empty drawing a hundred; only a bomb shrinks more on such a scale.
MAX_RATIO = 200
SMALL = 10 * 1024 * 1024
_PART_LIMIT = 5 * 1024 * 1024
_EMBEDDED_LIMIT = 20 * 1024 * 1024
_RUNNABLE = {
    *("exe", "com", "bat", "cmd", "msi", "scr", "pif", "ps1", "vbs", "vbe", "js", "jse", "wsf"),
    *("hta", "jar", "apk", "dll", "sh", "lnk", "reg", "php", "py", "html", "htm", "svg", "xhtml"),
    *("docm", "xlsm", "pptm", "dotm", "xltm", "potm"),
}


# What runs, whatever the part is called: macros, macros of old workbooks, controls.
_PROGRAMS = re.compile(rb"macroEnabled|vbaProject|macrosheet|ms-office\.activeX", re.I)
_PROGRAM_PARTS = re.compile(r"vbaProject\.bin$|/macrosheets/|/activeX/", re.I)


def check_ooxml(stream: IO[bytes], ending: str, kind: Kind) -> None:
    """DOCX, XLSX, PPTX: a real package of this type, without password and macros."""
    if stream.read(8) == legacy.SIGNATURE:
        if legacy.holds_encrypted_package(stream):
            raise refuse(Refusal.ENCRYPTED)
        raise refuse(Refusal.PRETENDING, ending=ending.upper(), found="DOC/XLS/PPT")
    archive = _open(stream, ending)
    names = archive.namelist()
    if "[Content_Types].xml" not in names:
        raise refuse(Refusal.PRETENDING, ending=ending.upper(), found="ZIP")
    if archive.getinfo("[Content_Types].xml").file_size > _PART_LIMIT:
        # Only its beginning would be looked through.
        raise refuse(Refusal.BOMB)
    types = _read_part(archive, "[Content_Types].xml", ending)
    if _PROGRAMS.search(types) or any(_PROGRAM_PARTS.search(name) for name in names):
        raise refuse(Refusal.MACROS)
    for entry in archive.infolist():
        if "/embeddings/" in entry.filename and entry.file_size:
            _check_embedded(archive, entry, ending)
    content_type = kind.content_type.encode()
    if not any(name.startswith(kind.mark) for name in names) or content_type not in types:
        found = _office_name(names)
        if found == ending.upper():
            raise refuse(Refusal.DAMAGED, ending=found)
        raise refuse(Refusal.PRETENDING, ending=ending.upper(), found=found)


def check_odf(stream: IO[bytes], ending: str, kind: Kind) -> None:
    """ODT, ODS, ODP: a real package of this type, without password and macros."""
    archive = _open(stream, ending)
    names = archive.namelist()
    if "mimetype" not in names or "META-INF/manifest.xml" not in names:
        raise refuse(Refusal.PRETENDING, ending=ending.upper(), found=_office_name(names))
    if _read_part(archive, "mimetype", ending).decode("ascii", "ignore").strip() != (
        kind.content_type
    ):
        raise refuse(Refusal.PRETENDING, ending=ending.upper(), found="ODF")
    if b"encryption-data" in _read_part(archive, "META-INF/manifest.xml", ending):
        raise refuse(Refusal.ENCRYPTED)
    if any(name.startswith(("Basic/", "Scripts/")) and name[-1] != "/" for name in names):
        raise refuse(Refusal.MACROS)
    if "content.xml" not in names:
        raise refuse(Refusal.DAMAGED, ending=ending.upper())


def check_zip(stream: IO[bytes], ending: str, kind: Kind) -> None:
    """A plain archive: nothing in it may run or leave the folder it is unpacked to."""
    archive = _open(stream, ending)
    if not archive.namelist():
        raise refuse(Refusal.EMPTY)
    for name in archive.namelist():
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in name:
            raise refuse(Refusal.UNSAFE_ARCHIVE, name=name[:80])
        if path.suffix[1:].lower() in _RUNNABLE:
            raise refuse(Refusal.UNSAFE_ARCHIVE, name=path.name[:80])


def _check_embedded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, ending: str) -> None:
    """A table behind a chart or an old formula may stay; packed files and programs may not."""
    data = _read_part(archive, entry.filename, ending, limit=_EMBEDDED_LIMIT + 1)
    if len(data) > _EMBEDDED_LIMIT or legacy.holds_package_or_macros(data):
        raise refuse(Refusal.EMBEDDED)
    if data[:2] == b"PK":
        inner = _open(io.BytesIO(data), ending)
        names = inner.namelist()
        if any(_PROGRAM_PARTS.search(name) for name in names):
            raise refuse(Refusal.MACROS)
        # One table is what a chart needs; a file in a file in a file hides something.
        if "[Content_Types].xml" not in names or any("/embeddings/" in name for name in names):
            raise refuse(Refusal.EMBEDDED)
    elif not data.startswith(legacy.SIGNATURE):
        raise refuse(Refusal.EMBEDDED)


def _open(stream: IO[bytes], ending: str) -> zipfile.ZipFile:
    """The archive, after the checks that hold for every archive."""
    stream.seek(0)
    if stream.read(2) != b"PK":
        raise refuse(Refusal.PRETENDING, ending=ending.upper(), found=UNKNOWN)
    stream.seek(0)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise refuse(Refusal.DAMAGED, ending=ending.upper()) from error
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    limit = getattr(settings, "UPLOAD_MAX_UNPACKED_SIZE", 500 * 1024 * 1024)
    if (
        len(entries) > MAX_ENTRIES
        or unpacked > limit
        or (unpacked > SMALL and unpacked / packed > MAX_RATIO)
    ):
        raise refuse(Refusal.BOMB)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise refuse(Refusal.ENCRYPTED)
    return archive


def _read_part(archive: zipfile.ZipFile, name: str, ending: str, limit: int = _PART_LIMIT) -> bytes:
    """A part of the package; parts that only describe are never large."""
    try:
        with archive.open(name) as part:
            return part.read(limit)
    except (
        *(zipfile.BadZipFile, zlib.error, OSError, EOFError),
        *(NotImplementedError, RuntimeError),
    ) as error:
        raise refuse(Refusal.DAMAGED, ending=ending.upper()) from error


def _office_name(names: list[str]) -> str:
    """A word for what kind of archive it is."""
    for folder, name in (("word/", "DOCX"), ("xl/", "XLSX"), ("ppt/", "PPTX")):
        if any(entry.startswith(folder) for entry in names):
            return name
    return "ODF" if "mimetype" in names else "ZIP"
