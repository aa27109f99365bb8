"""Parts of a file (RFC 9110, section 14): films are wound forward, downloads are taken up again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True)
class ByteRange:
    """First and last byte, both included; empty when the file has no such part."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def is_empty(self) -> bool:
        return self.last < self.first


def parse_range(header: str, size: int) -> ByteRange | None:
    """The part that is asked for; None for the whole file (no header, several parts, nonsense)."""
    match = _RANGE.fullmatch(header.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        length = min(int(last[:18]), size)
        return ByteRange(size - length, size - 1) if length else ByteRange(size, size - 1)
    begin = int(first[:18])
    end = min(int(last[:18]), size - 1) if last else size - 1
    if last and int(last[:18]) < begin:
        return None
    return ByteRange(begin, end) if begin < size else ByteRange(size, size - 1)


class PartOfFile:
    """Reads only the wanted bytes of an open file; closing it closes the file."""

    def __init__(self, file: IO[bytes], part: ByteRange) -> None:
        self._file = file
        self._left = part.length
        file.seek(part.first)

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes of what is left of the part."""
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._file.read(wanted)
        self._left -= len(data)
        return data

    def close(self) -> None:
        self._file.close()
