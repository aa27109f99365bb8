"""The practices of the demonstration."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from home.services.demo_practices import load_demo_practices
from home.services.demo_register import load_demo_register
from home.services.setup import set_up_portal
from people.models import Consent
from practices.enums import Standing
from practices.models import PracticeAuthor, PracticeCase, PracticeFile, PracticePage

pytestmark = pytest.mark.django_db


def test_eight_practices_with_files_that_open(client: Client) -> None:
    set_up_portal()
    load_demo_register()
    load_demo_practices()
    pages = PracticePage.objects.live().order_by("first_published_at")
    assert pages.count() == PracticeAuthor.objects.confirmed().count() == 8
    assert PracticeCase.objects.filter(standing=Standing.PUBLISHED).count() == 8
    for page in pages:
        assert page.subjects.exists(), page.title
        assert page.kind is not None, page.title
        for material in page.materials.all():
            assert PracticeFile.objects.filter(practice=page, file=material.file).exists()
            with material.file.file.open("rb") as stream:
                content = BytesIO(stream.read())
            match material.file.ending:
                case "docx":
                    words = "".join(part.text for part in Document(content).paragraphs)
                case "xlsx":
                    words = str(load_workbook(content).active["A2"].value)
                case _:
                    words = PdfReader(content).pages[0].extract_text()
            assert "вымышлено" in words, material.title
    # Who did not agree is named nowhere.
    text = client.get(pages.get(slug="formiruyushchee-ocenivanie").url).content.decode()
    assert "Педагог района" in text
    assert "Условная" not in text
    before = (PracticePage.objects.count(), Consent.objects.count(), PracticeFile.objects.count())
    load_demo_practices()
    assert before == (
        PracticePage.objects.count(),
        Consent.objects.count(),
        PracticeFile.objects.count(),
    )
