"""What stands inside an office document: tables of charts may, programs may not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from core.uploads import Refusal, check_upload
from tests.core.test_upload_checks import EXE, MAIN, compound, word_with, xlsx

GOOD: list[tuple[str, Callable[[], bytes]]] = [
    ("диаграмма.docx", lambda: word_with(("word/embeddings/a.xlsx", xlsx()))),
    (
        "формула.docx",
        lambda: word_with(("word/embeddings/oleObject1.bin", compound("Equation Native"))),
    ),
]

BAD: list[tuple[str, Callable[[], bytes], Refusal]] = [
    ("чужое имя.docx", lambda: word_with(("word/VBAPROJECT.BIN", b"x")), Refusal.MACROS),
    (
        "тип части.docx",
        lambda: word_with(
            ("word/a.bin", b"x"), types=f"{MAIN} application/vnd.ms-office.vbaProject"
        ),
        Refusal.MACROS,
    ),
    ("старый макрос.docx", lambda: word_with(("xl/macrosheets/s.xml", b"x")), Refusal.MACROS),
    ("кнопка.docx", lambda: word_with(("word/activeX/activeX1.bin", b"x")), Refusal.MACROS),
    (
        "вложен пакет.docx",
        lambda: word_with(("word/embeddings/oleObject1.bin", compound("\x01Ole10Native"))),
        Refusal.EMBEDDED,
    ),
    (
        "вложен макрос.docx",
        lambda: word_with(("word/embeddings/a.docx", word_with(("word/vbaProject.bin", b"x")))),
        Refusal.MACROS,
    ),
    (
        "вложена программа.docx",
        lambda: word_with(("word/embeddings/a.bin", EXE)),
        Refusal.EMBEDDED,
    ),
    ("вложен пакет.doc", lambda: compound("WordDocument", "Package"), Refusal.EMBEDDED),
    (
        "файл в файле.docx",
        lambda: word_with(
            ("word/embeddings/a.docx", word_with(("word/embeddings/b.xlsx", xlsx())))
        ),
        Refusal.EMBEDDED,
    ),
]


@pytest.mark.parametrize(("name", "make"), GOOD, ids=[name for name, _make in GOOD])
def test_a_chart_and_a_formula_may_stay(name, make):
    assert check_upload(SimpleUploadedFile(name, make())).ending == "docx"


@pytest.mark.parametrize(("name", "make", "reason"), BAD, ids=[row[0] for row in BAD])
def test_programs_and_packed_files_are_refused(name, make, reason):
    with pytest.raises(ValidationError) as refusal:
        check_upload(SimpleUploadedFile(name, make()))
    assert refusal.value.code == reason.value
