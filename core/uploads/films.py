"""MP4 films lose the place, the device and the author, without being written anew.

What a telephone writes beside picture and sound stands in boxes of its own (ISO/IEC 14496-12): such
a box becomes one of the standard's empty boxes of the same length, so nothing else in the file
moves. Only the boxes that a player needs are kept; a box nobody knows is emptied too.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from core.uploads.refusals import Refusal, refuse

# What may stand in each box; «None» holds no boxes that are looked into.
_KNOWN: dict[bytes, dict[bytes, bytes | None]] = {
    b"": {
        **dict.fromkeys((b"ftyp", b"styp", b"mdat", b"free", b"skip", b"wide", b"pdin"), None),
        **dict.fromkeys((b"sidx", b"ssix", b"mfra", b"prft"), None),
        b"moov": b"moov",
        b"moof": b"moof",
    },
    b"moov": {**dict.fromkeys((b"mvhd", b"iods", b"mvex", b"free"), None), b"trak": b"trak"},
    b"trak": {
        **dict.fromkeys((b"tkhd", b"tref", b"edts", b"tapt", b"load", b"free"), None),
        b"mdia": b"mdia",
    },
    b"mdia": dict.fromkeys((b"mdhd", b"hdlr", b"minf", b"elng", b"free"), None),
    b"moof": {b"mfhd": None, b"free": None, b"traf": b"traf"},
    b"traf": dict.fromkeys(
        (b"tfhd", b"tfdt", b"trun", b"sdtp", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio", b"senc")
    ),
}
# Picture, sound, words, time code, hints for sending. What other tracks hold is measured by the
# camera while it films, the place above all, and it stands among the pictures themselves.
_TRACKS = {b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp", b"tmcd", b"hint"}
# A film of hours has some dozens; a fragmented one two for each second.
MOST_BOXES = 20_000
_CHUNK = 1 << 20


@dataclass(frozen=True)
class _Box:
    kind: bytes
    start: int
    content: int
    end: int


def blank_traces(stream: IO[bytes]) -> int:
    """Empty the boxes that tell where, with what and by whom; returns how many.

    ``stream`` can be written and is left at its beginning. Raises ValidationError for a film whose
    boxes make no sense, and for one that holds a track of measurements.
    """
    size = stream.seek(0, 2)
    found = list(_telling(stream, b"", 0, size, [MOST_BOXES]))
    for box in found:
        _empty(stream, box)
    stream.seek(0)
    return len(found)


def _telling(
    stream: IO[bytes], parent: bytes, start: int, end: int, left: list[int]
) -> Iterator[_Box]:
    """The boxes to be emptied between ``start`` and ``end``, at most five levels deep."""
    for box in _boxes(stream, start, end, left):
        known = _KNOWN[parent]
        if box.kind not in known:
            yield box
            continue
        if box.kind == b"hdlr":
            stream.seek(box.content + 8)
            if stream.read(4) not in _TRACKS:
                raise refuse(Refusal.MEASURED)
        inner = known[box.kind]
        if inner is not None:
            yield from _telling(stream, inner, box.content, box.end, left)


def _boxes(stream: IO[bytes], start: int, end: int, left: list[int]) -> Iterator[_Box]:
    while start < end:
        left[0] -= 1
        stream.seek(start)
        head = stream.read(16)
        if left[0] < 0:
            raise refuse(Refusal.DAMAGED, ending="MP4")
        if end - start < 8:
            yield _Box(b"", start, start, end)
            return
        length, kind = struct.unpack(">I4s", head[:8])
        content = start + 8
        if length == 1 and len(head) == 16:
            length, content = struct.unpack(">Q", head[8:])[0], start + 16
        elif length == 0:
            length = end - start
        if length < content - start or start + length > end:
            raise refuse(Refusal.DAMAGED, ending="MP4")
        yield _Box(kind, start, content, start + length)
        start += length


def _empty(stream: IO[bytes], box: _Box) -> None:
    if box.kind:
        stream.seek(box.start + 4)
        stream.write(b"free")
    stream.seek(box.content)
    rest = box.end - box.content
    while rest > 0:
        rest -= stream.write(bytes(min(rest, _CHUNK)))
