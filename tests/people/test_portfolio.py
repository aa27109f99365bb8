"""The portfolio as PDF: the person's own data, chosen part by part, for that person alone."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.test import Client
from pypdf import PdfReader

from core.pdf import PdfError, make_pdf
from people.models import Award, ConsentText
from people.services.consent_texts import set_up_consent_texts
from people.services.consents import give_consent
from tests.factories.people import (
    OrganisationFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
URL = "/cabinet/page/portfolio/"


def words_of(pdf: bytes) -> str:
    """The text of a PDF without spaces and hyphens: a narrow column breaks words."""
    reader = PdfReader(io.BytesIO(pdf))
    return plain(" ".join(page.extract_text() for page in reader.pages))


def plain(text: str) -> str:
    """Letters as they follow each other."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def test_the_file_says_what_was_chosen(site_tree, client_of) -> None:
    set_up_consent_texts()
    user = UserFactory()
    record = StaffRecordFactory(
        organisation=OrganisationFactory(name="СОШ с. Степное"), user=user, last_name="Ковылкина"
    )
    give_consent(user=user, text=ConsentText.objects.get(kind="processing"))
    # What looks like a command of the template language is text like any other.
    odd = 'Курс #panic("x") $x$ *жирно* @ссылка'
    TrainingRecordFactory(record=record, confirmed=True, programme=odd, ends_on=date(2026, 3, 31))
    TrainingRecordFactory(record=record, programme="Ещё не подтверждено")
    Award.objects.create(record=record, name="Почётная грамота", year=2019)
    own = client_of(user)
    assert "Портфолио" in own.get(URL).content.decode()
    refused = own.post(URL, {})
    assert "Выберите хотя бы одну часть" in refused.content.decode()
    answer = own.post(URL, {"parts": ["work", "training"]})
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    said = words_of(answer.content)
    for part in ("Ковылкина", "СОШ с. Степное", odd, "31.03.2026", "36"):
        assert plain(part) in said, said
    assert "грамота" not in said
    assert "подтверждено" not in said
    assert "грамота" in words_of(own.post(URL, {"parts": ["awards"]}).content)
    assert Client().post(URL, {"parts": ["awards"]}).status_code == 302


def test_the_file_is_set_in_the_type_of_the_site() -> None:
    """Letters of Russian and Kalmyk are there: no other face is asked for them."""
    letters = "АЯаяЁё №§«»—–…₽°×" + "ӘәҺһҖҗҢңӨөҮү"
    section = {"title": "О себе", "paragraphs": [letters], "pairs": [["Год", letters]]}
    table = {"title": "Т", "columns": [letters], "widths": [1], "rows": [[letters]]}
    data = {"title": "П", "name": letters, "lead": letters, "made": letters}
    pdf = make_pdf("portfolio", {**data, "sections": [section, table]})
    faces = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            faces.add(str(font["/BaseFont"]).split("+")[-1].split("-")[0])
    assert faces == {"GolosText"}


def test_the_setting_is_bounded() -> None:
    with pytest.raises(PdfError, match="not set"):
        make_pdf("no-such-template", {})
    with pytest.raises(PdfError):
        make_pdf("portfolio", {"no": "data"})
