"""A form of the cabinet that is sent after the session has ended gives back what was written."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from core.models import PrivateFile
from people.models import TrainingRecord, User
from people.second_factor import lacks_second_factor
from tests.core.test_upload_checks import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]
TRAINING = {
    "kind": "cpd",
    "programme": "Чтение <script>alert(1)</script>",
    "provider": "Институт развития",
    "form": "distance",
    "hours": "36",
    "starts_on": "2026-03-01",
    "ends_on": "2026-03-31",
    "document_number": "15",
}


def test_what_was_written_stands_on_the_answer() -> None:
    """With the names of the fields, without what is chosen from a list; nothing is kept."""
    sent = TRAINING | {"scan": SimpleUploadedFile("Скан.pdf", pdf())}
    answer = Client().post("/cabinet/training/new/", sent)
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "no-store" in answer.headers["Cache-Control"]
    assert "<script>alert" not in html
    text = unescape(html).replace("\xa0", " ")
    for label, written in (
        ("Программа", TRAINING["programme"]),
        ("Часов", "36"),
        ("Начало обучения", "2026-03-01"),
        ("Номер документа", "15"),
    ):
        assert f"<dt>{label}</dt><dd>{written}</dd>" in text
    assert "distance" not in text
    assert "/account/log-in/?next=/cabinet/training/new/" in html
    assert not TrainingRecord.objects.exists()
    assert not PrivateFile.objects.exists()


def test_a_form_whose_fields_are_not_known_here() -> None:
    """The record of the register has lines of several kinds: the words come without names."""
    sent = {
        "last_name": "Синичкина",
        "kind": "teacher",
        "revision": "4711",
        "password": "Тайна тайн",
        "positions-0-title": "учитель\nистории",
        "positions-1-title": "завуч",
    }
    html = Client().post("/cabinet/staff/new/", sent).content.decode()
    for written in ("Синичкина", "учитель<br>истории", "завуч"):
        assert f"<dd>{written}</dd>" in html
    for silent in ("4711", "Тайна", "<dd>teacher</dd>"):
        assert silent not in html


@pytest.mark.parametrize("address", ["/cabinet/training/new/", "/cabinet/notices/read/"])
def test_without_a_word_the_way_leads_to_the_log_in(address: str) -> None:
    answer = Client().post(address, {"action": "confirm", "pk": "3"})
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/account/log-in/?next={address}",
    )


def test_words_from_elsewhere_are_not_shown() -> None:
    """Nobody puts words into the mouth of the portal: the secret of a form is asked for first."""
    answer = Client(enforce_csrf_checks=True).post("/cabinet/training/new/", TRAINING)
    assert answer.status_code == 403
    assert "Институт развития" not in answer.content.decode()


def test_who_has_no_right_hears_that_and_nothing_else(
    client_of: Callable[[User], Client], teacher: User
) -> None:
    answer = client_of(teacher).post("/cabinet/staff/new/", {"last_name": "Синичкина"})
    assert answer.status_code == 403
    assert "Синичкина" not in answer.content.decode()


def test_the_form_asks_whether_one_is_still_signed_in(
    client_of: Callable[[User], Client], superuser: User, settings: Settings
) -> None:
    address = reverse("cabinet_still_signed_in")
    assert Client().get(address).status_code == 302
    # The page where the second factor is set up has forms too.
    settings.SECOND_FACTOR = "required"
    assert lacks_second_factor(superuser)
    answer = client_of(superuser).get(address)
    assert answer.json()["token"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_what_the_page_wrote_itself_is_given_back_to_nobody() -> None:
    """A button that carries a quarter, a number, a mark of the content: nothing was written."""
    for address, sent in (
        ("/cabinet/staff/quarter/", {"organisation": "3", "quarter": "2026-4"}),
        ("/cabinet/staff/training/1/confirm/", {"seen": "0a1b2c3d4e5f60718293a4b5c6d7e8f9"}),
    ):
        answer = Client().post(address, sent)
        assert answer.status_code == 302, address
        assert answer.headers["Location"].startswith("/account/log-in/")
    # A day is written by hand, also where the form is not known.
    answer = Client().post("/cabinet/staff/new/", {"birth_date": "1990-05-17"})
    assert answer.status_code == 403
    assert "1990-05-17" in answer.content.decode()
