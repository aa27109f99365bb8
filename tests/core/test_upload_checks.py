"""A file is judged by what it holds: real small files, good and bad, made here."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from docx import Document
from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter

from core.models import PortalDocument
from core.uploads import Refusal, check_upload
from core.uploads.legacy import SIGNATURE
from tests.factories.core import root_collection

EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + bytes(200)
PAGE = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


def pdf(password: str = "", owner: str = "", pages: int = 2) -> bytes:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if password or owner:
        writer.encrypt(password, owner or None, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def docx() -> bytes:
    stream = io.BytesIO()
    document = Document()
    document.add_paragraph("Приказ")
    document.save(stream)
    return stream.getvalue()


def xlsx() -> bytes:
    stream = io.BytesIO()
    Workbook().save(stream)
    return stream.getvalue()


def archive(*entries: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries:
            made.writestr(name, content)
    return stream.getvalue()


def odt(mimetype: str = "application/vnd.oasis.opendocument.text", manifest: bytes = b"") -> bytes:
    return archive(
        ("mimetype", mimetype.encode()),
        ("META-INF/manifest.xml", b"<manifest>" + manifest + b"</manifest>"),
        ("content.xml", b"<content/>"),
    )


HEADLESS = (("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a/>"))


def locked_zip() -> bytes:
    """An archive whose only entry says that it is encrypted."""
    data = bytearray(archive(("приказ.txt", b"text")))
    data[6] |= 1
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    return bytes(data)


def compound(*streams: str, sector: bytes = b"") -> bytes:
    """A container of the old office formats with directory entries of these names."""
    entries = b""
    for name in streams:
        wide = name.encode("utf-16-le")
        entries += (wide.ljust(64, b"\0") + struct.pack("<H", len(wide) + 2)).ljust(128, b"\0")
    return SIGNATURE.ljust(512, b"\0") + sector.ljust(512, b"\0") + entries.ljust(1024, b"\0")


def word(flags: int = 0) -> bytes:
    return compound("WordDocument", sector=struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, flags))


def excel(*records: tuple[int, int]) -> bytes:
    data = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12)
    for kind, length in records:
        data += struct.pack("<HH", kind, length) + bytes(length)
    return compound("Workbook", sector=data)


def word_with(*parts: tuple[str, bytes], types: str = MAIN) -> bytes:
    """A Word document with further parts inside."""
    return archive(("[Content_Types].xml", types.encode()), ("word/document.xml", b"<a/>"), *parts)


def picture(kind: str, size: tuple[int, int] = (20, 10)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "green").save(stream, kind)
    return stream.getvalue()


def wide_picture() -> bytes:
    """A PNG of few bytes that unpacks to a hundred million pixels."""
    stream = io.BytesIO()
    Image.new("1", (10_001, 10_001)).save(stream, "PNG")
    return stream.getvalue()


def film() -> bytes:
    return b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42" + b"\0\0\0\0mdat" + bytes(56)


GOOD: list[tuple[str, Callable[[], bytes]]] = [
    ("Приказ № 64.pdf", pdf),
    ("ПРИКАЗ.PDF", pdf),
    ("без пароля на открытие.pdf", lambda: pdf(owner="секрет")),
    ("положение.docx", docx),
    ("план.xlsx", xlsx),
    ("текст.odt", odt),
    ("старый.doc", word),
    ("старый.xls", lambda: excel((0x42, 2))),
    ("старый.ppt", lambda: compound("PowerPoint Document")),
    ("текст.rtf", lambda: rb"{\rtf1\ansi text}"),
    ("письмо.txt", lambda: "Уважаемые коллеги!".encode()),
    ("письмо 1251.txt", lambda: "Уважаемые коллеги!".encode("cp1251")),
    ("письмо 16.txt", lambda: "Уважаемые коллеги!".encode("utf-16")),
    ("машина.txt", lambda: "BMW и MZ: марки машин".encode()),
    ("таблица.csv", lambda: "школа;доля\nКовыльное;5".encode()),
    ("фильм.vtt", lambda: "WEBVTT\n\n00:01.000 --> 00:02.000\nЗдравствуйте".encode()),
    ("архив.zip", lambda: archive(("приказ.txt", b"text"))),
    ("снимок.jpg", lambda: picture("JPEG")),
    ("снимок.png", lambda: picture("PNG")),
    ("урок.mp4", film),
    ("урок.webm", lambda: b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + bytes(64)),
]

BAD: list[tuple[str, Callable[[], bytes], Refusal]] = [
    ("пустой.pdf", lambda: b"", Refusal.EMPTY),
    ("пустой.zip", archive, Refusal.EMPTY),
    ("большой.txt", lambda: b"a" * 2001, Refusal.TOO_BIG),
    ("программа.exe", lambda: EXE, Refusal.WRONG_TYPE),
    ("страница.html", lambda: PAGE, Refusal.WRONG_TYPE),
    ("рисунок.svg", lambda: b"<svg/>", Refusal.WRONG_TYPE),
    ("макрос.docm", docx, Refusal.WRONG_TYPE),
    ("приказ", pdf, Refusal.NO_TYPE),
    ("программа.pdf", lambda: EXE, Refusal.PRETENDING),
    ("страница.pdf", lambda: PAGE, Refusal.PRETENDING),
    ("страница.txt", lambda: PAGE, Refusal.PRETENDING),
    ("страница.csv", lambda: b"\xef\xbb\xbf  <script>alert(1)</script>", Refusal.PRETENDING),
    ("рисунок.txt", lambda: b"<?xml version='1.0'?><svg onload='x'/>", Refusal.PRETENDING),
    ("рисунок 16.txt", lambda: "<svg onload='x'/>".encode("utf-16"), Refusal.PRETENDING),
    ("программа.txt", lambda: EXE, Refusal.PRETENDING),
    ("программа.docx", lambda: EXE, Refusal.PRETENDING),
    ("приказ.docx", pdf, Refusal.PRETENDING),
    ("таблица.docx", xlsx, Refusal.PRETENDING),
    ("положение.xlsx", docx, Refusal.PRETENDING),
    ("положение.odt", docx, Refusal.PRETENDING),
    ("таблица.ods", odt, Refusal.PRETENDING),
    ("архив.docx", lambda: archive(("a.txt", b"a")), Refusal.PRETENDING),
    ("старый.docx", word, Refusal.PRETENDING),
    ("таблица.doc", lambda: excel((0x42, 2)), Refusal.PRETENDING),
    ("программа.doc", lambda: EXE, Refusal.PRETENDING),
    ("текст.rtf", lambda: "просто текст".encode(), Refusal.PRETENDING),
    ("снимок.png", lambda: picture("JPEG"), Refusal.PRETENDING),
    ("снимок.jpg", lambda: PAGE, Refusal.PRETENDING),
    ("урок.mp4", lambda: PAGE, Refusal.PRETENDING),
    ("урок.webm", film, Refusal.PRETENDING),
    ("оборван.pdf", lambda: b"%PDF-1.7\nnothing of value", Refusal.DAMAGED),
    ("без страниц.pdf", lambda: pdf(pages=0), Refusal.DAMAGED),
    ("оборван.docx", lambda: docx()[:500], Refusal.DAMAGED),
    ("без главной части.docx", lambda: archive(*HEADLESS), Refusal.DAMAGED),
    ("оборван.png", lambda: picture("PNG")[:50], Refusal.DAMAGED),
    ("не субтитры.vtt", lambda: "Здравствуйте".encode(), Refusal.DAMAGED),
    ("закрыт.pdf", lambda: pdf("секрет"), Refusal.ENCRYPTED),
    ("закрыт.docx", lambda: compound("EncryptedPackage"), Refusal.ENCRYPTED),
    ("закрыт.odt", lambda: odt(manifest=b"<encryption-data/>"), Refusal.ENCRYPTED),
    ("закрыт.zip", locked_zip, Refusal.ENCRYPTED),
    ("закрыт.doc", lambda: word(0x0100), Refusal.ENCRYPTED),
    ("закрыт.xls", lambda: excel((0x86, 0), (0x2F, 54)), Refusal.ENCRYPTED),
    ("закрыт.ppt", lambda: compound("PowerPoint Document", "EncryptedSummary"), Refusal.ENCRYPTED),
    (
        "макрос.docx",
        lambda: archive(("[Content_Types].xml", MACRO.encode()), ("word/document.xml", b"<a/>")),
        Refusal.MACROS,
    ),
    (
        "макрос за пустотой.docx",
        lambda: archive(
            ("[Content_Types].xml", MAIN.encode() + b" " * 6_000_000 + MACRO.encode()),
            ("word/document.xml", b"<a/>"),
        ),
        Refusal.BOMB,
    ),
    (
        "макрос в части.docx",
        lambda: archive(
            ("[Content_Types].xml", MAIN.encode()),
            ("word/document.xml", b"<a/>"),
            ("word/vbaProject.bin", b"x"),
        ),
        Refusal.MACROS,
    ),
    ("макрос.doc", lambda: compound("WordDocument", "_VBA_PROJECT"), Refusal.MACROS),
    ("бомба.zip", lambda: archive(("нули.txt", bytes(12 * 1024 * 1024))), Refusal.BOMB),
    (
        "бомба.docx",
        lambda: archive(
            ("[Content_Types].xml", MAIN.encode()), ("word/document.xml", bytes(12 * 1024 * 1024))
        ),
        Refusal.BOMB,
    ),
    ("побег.zip", lambda: archive(("../../etc/passwd", b"x")), Refusal.UNSAFE_ARCHIVE),
    ("внутри программа.zip", lambda: archive(("а/b.EXE", EXE)), Refusal.UNSAFE_ARCHIVE),
    ("огромный.png", wide_picture, Refusal.TOO_MANY_PIXELS),
]


@pytest.mark.parametrize(("name", "make"), GOOD, ids=[name for name, _make in GOOD])
def test_an_honest_file_is_accepted(name, make):
    file = SimpleUploadedFile(name, make())
    facts = check_upload(file)
    assert facts.ending == name.rpartition(".")[2].lower()
    assert file.tell() == 0


@pytest.mark.parametrize(("name", "make", "reason"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_file_is_refused_with_its_reason(name, make, reason):
    file = SimpleUploadedFile(name, make())
    limit = 2000 if reason == Refusal.TOO_BIG else None
    with pytest.raises(ValidationError) as refusal, override("ru"):
        check_upload(file, max_size=limit)
    assert refusal.value.code == reason.value


@pytest.mark.parametrize("reason", Refusal)
def test_every_refusal_is_a_russian_sentence(reason):
    with override("ru"):
        text = str(reason.label)
    assert text.endswith(".")
    assert any("а" <= letter <= "я" for letter in text.lower())


def test_the_pages_of_a_pdf_are_counted():
    assert check_upload(SimpleUploadedFile("a.pdf", pdf(pages=3))).pages == 3


def test_endings_can_be_narrowed_by_the_caller():
    with pytest.raises(ValidationError) as refusal:
        check_upload(SimpleUploadedFile("a.pdf", pdf()), endings=["docx"])
    assert refusal.value.code == Refusal.WRONG_TYPE


@pytest.mark.django_db
def test_the_model_refuses_at_the_field_and_keeps_what_was_learned():
    document = PortalDocument(
        title="Приказ",
        file=SimpleUploadedFile("Приказ № 64.pdf", EXE),
        collection=root_collection(),
    )
    with pytest.raises(ValidationError) as refusal:
        document.full_clean()
    assert set(refusal.value.message_dict) == {"file"}
    document.file = SimpleUploadedFile("Приказ № 64.pdf", pdf(pages=3))
    document.full_clean()
    document._set_document_file_metadata()
    document.save()
    document.refresh_from_db()
    assert document.page_count == 3
    assert document.original_name == "Приказ № 64.pdf"
    assert document.filename.isascii()
    assert len(document.checksum) == 64


@pytest.mark.django_db
class TestInTheAdmin:
    """The two ways in which an editor uploads a file by hand."""

    def test_the_form_says_why_and_loses_nothing_typed(self, client_of, superuser):
        client = client_of(superuser)
        answer = client.post(
            "/admin/documents/add/",
            {
                "title": "Набранное название",
                "file": SimpleUploadedFile("отчёт.pdf", EXE),
                "collection": root_collection().pk,
                "tags": "отчёт",
            },
        )
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "Набранное название" in page
        assert "внутри него другое" in page
        assert not PortalDocument.objects.exists()

    def test_the_multiple_upload_names_the_reason_for_each_file(self, client_of, superuser):
        client = client_of(superuser)
        results = []
        for name, content in (("закрыт.pdf", pdf("секрет")), ("открыт.pdf", pdf())):
            answer = client.post(
                "/admin/documents/multiple/add/",
                {
                    "title": name,
                    "files[]": SimpleUploadedFile(name, content),
                    "collection": root_collection().pk,
                },
                headers={"X-Requested-With": "XMLHttpRequest"},
            )
            results.append(answer.json())
        assert [result["success"] for result in results] == [False, True]
        assert "паролем" in results[0]["error_message"]
        assert PortalDocument.objects.get().original_name == "открыт.pdf"

    def test_an_empty_file_has_one_fault(self, client_of, superuser):
        answer = client_of(superuser).post(
            "/admin/documents/multiple/add/",
            {
                "title": "пустой.pdf",
                "files[]": SimpleUploadedFile("пустой.pdf", b""),
                "collection": root_collection().pk,
            },
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
        assert answer.json() == {"success": False, "error_message": "Отправленный файл пуст."}
