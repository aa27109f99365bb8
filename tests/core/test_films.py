"""A film keeps its pictures and loses the place; what cannot be cleaned is refused in words."""

from __future__ import annotations

import io
import struct

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from core.services.files import store_file
from core.services.private_files import store_private_file
from core.uploads import Refusal
from core.uploads.films import blank_traces

PLACE = b"+56.3333+059.2222/"


def box(kind: bytes, *inner: bytes, large: bool = False) -> bytes:
    """A box of ISO 14496-12, on demand with the long form of its length."""
    content = b"".join(inner)
    if large:
        return struct.pack(">I4sQ", 1, kind, len(content) + 16) + content
    return struct.pack(">I4s", len(content) + 8, kind) + content


def track(handler: bytes, *more: bytes) -> bytes:
    """A track of pictures, sound or measurements."""
    described = box(b"hdlr", bytes(8), handler, bytes(12))
    return box(b"trak", box(b"tkhd", b"t" * 84), box(b"mdia", described, box(b"minf")), *more)


def telephone_film(*tracks: bytes) -> bytes:
    """As telephones write it: places in four ways, the samples after them."""
    return b"".join(
        [
            box(b"ftyp", b"isom\0\0\2\0isommp42"),
            box(
                b"moov",
                box(b"mvhd", b"h" * 100),
                *(tracks or (track(b"vide", box(b"udta", PLACE)), track(b"soun"))),
                box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7", PLACE), box(b"loci", PLACE)),
                box(b"meta", b"com.apple.quicktime.location.ISO6709", PLACE),
            ),
            box(b"uuid", b"x" * 16, b"<exif:GPSLatitude>", PLACE, large=True),
            box(b"mdat", b"pictures and sound", large=True),
            box(b"sefd", PLACE),
            b"\0\0\0",
        ]
    )


def test_the_place_goes_and_nothing_moves(db: None) -> None:
    film = telephone_film()
    stream = io.BytesIO(film)
    assert blank_traces(stream) == 6
    clean = stream.getvalue()
    assert b"56.3333" not in clean
    assert b"GPS" not in clean
    assert b"location" not in clean
    assert len(clean) == len(film)
    assert clean.index(b"pictures and sound") == film.index(b"pictures and sound")
    for kept in (b"mvhd", b"tkhd", b"hdlr", b"h" * 100):
        assert clean.count(kept) == film.count(kept)
    assert blank_traces(io.BytesIO(clean)) == 1, "only the three odd bytes at the end are no box"

    private = store_private_file(upload=ContentFile(film, "урок.mp4"), user=None)
    public = store_file(name="урок.mp4", content=film)
    for stored in (private.file, public.file):
        with stored.open("rb") as content:
            assert content.read() == clean


@pytest.mark.parametrize(
    ("film", "code"),
    [
        (telephone_film(track(b"vide"), track(b"meta")), Refusal.MEASURED),
        (telephone_film(track(b"camm")), Refusal.MEASURED),
        (telephone_film()[:-30], Refusal.DAMAGED),
        (box(b"ftyp", b"isom") + struct.pack(">I4s", 4, b"moov"), Refusal.DAMAGED),
        (box(b"ftyp", b"isom") + struct.pack(">I4sQ", 1, b"mdat", 1 << 63), Refusal.DAMAGED),
        (box(b"ftyp", b"isom") + box(b"free") * 20_001, Refusal.DAMAGED),
    ],
    ids=["track of places", "track of a camera", "cut off", "too short", "too long", "endless"],
)
def test_what_cannot_be_cleaned_is_refused(db: None, film: bytes, code: Refusal) -> None:
    with pytest.raises(ValidationError) as refused:
        store_private_file(upload=ContentFile(film, "урок.mp4"), user=None)
    assert refused.value.code == code
