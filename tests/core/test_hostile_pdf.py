"""A PDF that was made to hang or to swell its reader harms nobody."""

from __future__ import annotations

import io
import time
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from core.extraction.process import BEYOND_BOUNDS, count_pages_apart
from core.extraction.readers import UnreadableFile
from core.uploads import Refusal, check_upload, texts


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF with these objects and no table of where they stand: a reader looks for them."""
    body = b"".join(b"%d 0 obj%s endobj\n" % (n, text) for n, text in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"


def endless_pages() -> bytes:
    """Twelve floors, each of which holds the next one ten times."""
    floors = [b"<</Type/Pages/Kids[%s]>>" % (b"%d 0 R " % n * 10) for n in range(3, 15)]
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", *floors, b"<</Type/Page>>")


HOSTILE = {
    "endless pages": endless_pages,
    "nested": lambda: raw_pdf(b"<</Type/Catalog/Pages " + b"[" * 100_000),
    "slow": lambda: raw_pdf(*[b"<<>>"] * 400_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pdf_is_refused_and_never_read_in_this_process(monkeypatch, name):
    monkeypatch.setattr(texts, "count_pages_apart", partial(count_pages_apart, seconds=1))
    monkeypatch.setattr(PdfReader, "__init__", lambda *args, **options: pytest.fail("read here"))
    began = time.monotonic()
    with pytest.raises(ValidationError) as refusal:
        check_upload(SimpleUploadedFile("a.pdf", HOSTILE[name]()))
    assert refusal.value.code in (Refusal.BOMB, Refusal.DAMAGED)
    assert (refusal.value.code == Refusal.BOMB) is (name != "nested")
    assert time.monotonic() - began < 20


def test_a_slow_pdf_is_ended_by_its_bounds():
    with pytest.raises(UnreadableFile, match=BEYOND_BOUNDS):
        count_pages_apart(io.BytesIO(HOSTILE["slow"]()), seconds=1)
