"""A file that costs more than it may is refused before it is read."""

from __future__ import annotations

import time
import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from people.enums import ImportState, RowOutcome
from people.register_files.reading import MOST_UNPACKED, WrongFile, read_rows
from tests.people.staff_file import brought, row, workbook

pytestmark = pytest.mark.django_db
COUNT = MOST_UNPACKED // len("<si><t>00000000</t></si>")
MORE = ("Предметы и часы", "Награды и годы")


def stuffed() -> bytes:
    """A workbook of the register whose list of words is larger than all rows could need."""
    source = ZipFile(BytesIO(workbook([row("Новая")]).read()))
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        # Different words: what shrinks too well is refused at the door already.
        words = b"".join(b"<si><t>%08x</t></si>" % number for number in range(COUNT))
        target.writestr("xl/sharedStrings.xml", b"<sst>" + words + b"</sst>")
    return out.getvalue()


def test_words_that_unpack_to_a_memory_full_are_not_unpacked(school, head, client_of) -> None:
    content = stuffed()
    assert len(content) < MOST_UNPACKED / 4
    tracemalloc.start()
    try:
        with pytest.raises(WrongFile, match="слишком много"):
            next(read_rows(BytesIO(content)))
        assert tracemalloc.get_traced_memory()[1] < MOST_UNPACKED / 8
    finally:
        tracemalloc.stop()
    file = SimpleUploadedFile("Список.xlsx", content)
    assert client_of(head).post("/cabinet/staff/import/", {"file": file}).status_code == 302
    load = brought(client_of(head), [row("Другая")])
    assert load.state == ImportState.READY
    assert load.user.staff_imports.order_by("pk").first().state == ImportState.FAILED


@pytest.mark.parametrize(
    "cell",
    ["1" * 30_000 + "я", "я" + " " * 30_000 + "я", ";".join(["1" * 190 + "я"] * 10), "а;" * 1000],
)
def test_a_cell_that_nobody_has_typed_costs_nothing(school, head, client_of, cell) -> None:
    begun = time.process_time()
    load = brought(client_of(head), [[*row("Новая"), cell, cell], row("Другая")], MORE)
    assert time.process_time() - begun < 3
    found = list(load.rows.order_by("number").values_list("outcome", flat=True))
    assert found == [RowOutcome.REFUSED, RowOutcome.CREATED]
