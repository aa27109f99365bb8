"""Texts of uploaded files: what is read, what is refused, and that nothing breaks the upload."""

import io
import subprocess
import zipfile

import pytest
from django.core.files.base import ContentFile
from docx import Document
from openpyxl import Workbook
from pypdf import PdfWriter

from core.enums import TextState
from core.extraction import MAX_TEXT, readers
from core.extraction.process import read_apart
from core.extraction.readers import UnreadableFile
from core.models import PortalDocument
from core.services.file_texts import extract_text

pytestmark = pytest.mark.django_db


def stored(name: str, content: bytes) -> PortalDocument:
    return PortalDocument.objects.create(title=name, file=ContentFile(content, name=name))


def docx(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    table = document.add_table(rows=1, cols=1)
    table.cell(0, 0).text = "ячейка таблицы"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def xlsx() -> bytes:
    book = Workbook()
    book.active.append(["Школа", "Число учителей"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def pdf(*, password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def odt(xml: str, *, encrypted: bool = False) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        manifest = "<m><encryption-data/></m>" if encrypted else "<m/>"
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", xml)
    return buffer.getvalue()


ODT = (
    '<a xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<text:p>Абзац <text:span>внутри</text:span></text:p></a>"
)
LAUGHS = '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("name", "content", "state", "words"),
    [
        ("a.docx", docx("Первый абзац"), TextState.READY, ["Первый абзац", "ячейка таблицы"]),
        ("a.xlsx", xlsx(), TextState.READY, ["Школа", "Число учителей"]),
        ("a.odt", odt(ODT), TextState.READY, ["Абзац", "внутри"]),
        ("a.txt", "Простой текст".encode(), TextState.READY, ["Простой текст"]),
        ("b.txt", "Старая кодировка".encode("cp1251"), TextState.READY, ["Старая кодировка"]),
        ("a.pdf", pdf(), TextState.EMPTY, []),
        ("locked.pdf", pdf(password="x"), TextState.FAILED, []),
        ("half.pdf", pdf(password="x")[:300], TextState.FAILED, []),
        ("broken.pdf", b"%PDF-1.7 nothing follows", TextState.FAILED, []),
        ("broken.docx", b"PK\x03\x04 no archive", TextState.FAILED, []),
        ("empty.docx", odt(ODT), TextState.EMPTY, []),
        ("broken.xlsx", b"no archive", TextState.FAILED, []),
        ("locked.odt", odt(ODT, encrypted=True), TextState.FAILED, []),
        ("laughs.odt", odt(LAUGHS), TextState.FAILED, []),
        ("a.png", b"\x89PNG", TextState.EMPTY, []),
        ("nul.txt", b"a\x00b", TextState.READY, ["a b"]),
    ],
)
def test_what_each_file_gives(name, content, state, words):
    document = stored(name, content)
    assert extract_text(document=document) == state
    document.refresh_from_db()
    assert document.text_state == state
    for word in words:
        assert word in document.text


def test_pages_of_a_pdf_are_counted():
    document = stored("a.pdf", pdf())
    extract_text(document=document)
    assert document.page_count == 1


def test_a_part_that_unpacks_to_too_much_is_left_alone(monkeypatch):
    monkeypatch.setattr(readers, "_MAX_PART", 100)
    with pytest.raises(UnreadableFile):
        list(readers.read_docx(io.BytesIO(docx("слово " * 100))))


def swollen(*, paragraphs: int = 1, text: str = "слово ") -> bytes:
    """A small file whose document unpacks to some tens of megabytes."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraph = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    xml = f'<w:document xmlns:w="{namespace}">{paragraph * paragraphs}</w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return buffer.getvalue()


def test_a_file_that_takes_too_long_is_left_alone():
    content = swollen(paragraphs=700_000, text="")
    with pytest.raises(UnreadableFile, match="beyond bounds"):
        read_apart(io.BytesIO(content), "docx", seconds=1)


def test_a_file_that_takes_too_much_memory_is_left_alone():
    content = swollen(text="слово " * 4_000_000)
    with pytest.raises(UnreadableFile, match=r"MemoryError|beyond bounds"):
        read_apart(io.BytesIO(content), "docx", memory=70 * 1024 * 1024)


def test_a_long_file_is_found_by_its_beginning():
    found = read_apart(io.BytesIO(swollen(paragraphs=300_000)), "docx")
    assert len(found.text) == MAX_TEXT


def test_no_key_of_the_portal_stands_beside_a_file(monkeypatch):
    seen = {}

    def run(*args, env, **options):
        seen.update(env)
        raise subprocess.TimeoutExpired("", 1)

    monkeypatch.setenv("SECRET_KEY", "x" * 50)
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(UnreadableFile, match="too slow"):
        read_apart(io.BytesIO(b"text"), "txt")
    assert set(seen) == {"PATH", "PYTHONUTF8"}


def test_an_upload_is_read_in_the_background(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        document = stored("a.docx", docx("Прочитано само"))
    document.refresh_from_db()
    assert "Прочитано само" in document.text


def test_a_changed_title_is_no_reason_to_read_again(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        document = stored("a.docx", docx("Текст"))
    document.refresh_from_db()
    document.title = "Другое"
    with django_capture_on_commit_callbacks() as callbacks:
        document.save()
    names = [getattr(callback, "__qualname__", "") for callback in callbacks]
    assert not [name for name in names if "_on_file_saved" in name]
