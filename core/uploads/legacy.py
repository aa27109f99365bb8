"""Checks of DOC, XLS and PPT: streams in a container that Microsoft calls a compound file.

Names of streams stand in the file as UTF-16, so they are found without reading its tables.
"""

from __future__ import annotations

import re
import struct
from typing import IO

from core.uploads.kinds import Kind
from core.uploads.refusals import UNKNOWN, Refusal, refuse

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR = 512
_MARKS = {"doc": ("WordDocument",), "xls": ("Workbook", "Book"), "ppt": ("PowerPoint Document",)}
_MACROS = ("_VBA_PROJECT", "VBA")
# Streams in which an object of any type is packed.
_PACKAGES = ("\x01Ole10Native", "Package", "EncryptedPackage")
_XLS_BOF = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_XLS_FILEPASS = 0x2F
_WORD_FIB = 0xA5EC
_WORD_ENCRYPTED = 0x0100


def holds_encrypted_package(stream: IO[bytes]) -> bool:
    """Whether the container is the envelope of a new-style office file with a password."""
    stream.seek(0)
    return _has_stream(stream.read(), "EncryptedPackage")


def holds_package_or_macros(data: bytes) -> bool:
    """Whether an embedded object is a packed file (of any type, programs too) or has macros."""
    return any(_has_stream(data, name) for name in (*_MACROS, *_PACKAGES))


def check_ole(stream: IO[bytes], ending: str, kind: Kind) -> None:
    """An old-style office file of this type, without password and macros."""
    data = stream.read()
    if not data.startswith(SIGNATURE):
        raise refuse(Refusal.PRETENDING, ending=ending.upper(), found=UNKNOWN)
    if _has_stream(data, "EncryptedPackage") or _has_stream(data, "EncryptedSummary"):
        raise refuse(Refusal.ENCRYPTED)
    if not any(_has_stream(data, mark) for mark in _MARKS[ending]):
        raise refuse(Refusal.PRETENDING, ending=ending.upper(), found=UNKNOWN)
    if (ending == "doc" and _word_has_password(data)) or (
        ending == "xls" and _excel_has_password(data)
    ):
        raise refuse(Refusal.ENCRYPTED)
    if any(_has_stream(data, name) for name in _MACROS):
        raise refuse(Refusal.MACROS)
    if any(_has_stream(data, name) for name in _PACKAGES):
        raise refuse(Refusal.EMBEDDED)


def _has_stream(data: bytes, name: str) -> bool:
    """Whether a directory entry has this name.

    An entry is 128 bytes: 64 for the name, filled with zeros, then the length of the name.
    """
    wide = name.encode("utf-16-le")
    entry = wide + b"\0" * (64 - len(wide)) + struct.pack("<H", len(wide) + 2)
    return bool(re.search(re.escape(entry), data))


def _sectors(data: bytes) -> range:
    return range(_SECTOR, len(data) - 32, _SECTOR)


def _word_has_password(data: bytes) -> bool:
    """The first words of the stream WordDocument say whether it is encrypted."""
    for start in _sectors(data):
        magic, version = struct.unpack_from("<HH", data, start)
        if magic == _WORD_FIB and version >= 0x65:
            flags: int = struct.unpack_from("<H", data, start + 10)[0]
            return bool(flags & _WORD_ENCRYPTED)
    return False


def _excel_has_password(data: bytes) -> bool:
    """A record FILEPASS stands among the first records of an encrypted workbook."""
    for start in _sectors(data):
        if not data.startswith(_XLS_BOF, start):
            continue
        position = start
        for _record in range(4):
            if position + 4 > len(data):
                return False
            kind, length = struct.unpack_from("<HH", data, position)
            if kind == _XLS_FILEPASS:
                return True
            position += 4 + length
        return False
    return False
