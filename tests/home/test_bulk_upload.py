"""Many files at once: a draft for each, a reason for each refusal, nothing twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import PageLogEntry

from core.models import Card, PortalDocument
from home.models import DocumentPage
from home.services.documents import title_from_name
from tests.core.test_upload_checks import EXE, archive, pdf
from tests.factories.core import root_collection
from tests.factories.home import DocumentTypeFactory

URL = "/admin/documents/bulk/"


@pytest.fixture
def upload(site_tree, client_of, superuser):
    """Sends one file with what was chosen for all; returns the answer."""
    client = client_of(superuser)
    kind = DocumentTypeFactory()

    def send(name: str, content: bytes, **changes):
        data = {
            "library": site_tree.library.pk,
            "document_type": kind.pk,
            "day": "2026-03-05",
            "issuer": "Отдел образования",
            "access": "public",
            "collection": root_collection().pk,
            "files[]": SimpleUploadedFile(name, content),
        }
        return client.post(URL, {**data, **changes})

    return send


def test_the_page_offers_the_choice_once(site_tree, client_of, superuser):
    page = client_of(superuser).get(f"{URL}?library={site_tree.library.pk}").content.decode()
    assert 'id="fileupload"' in page
    assert 'name="document_type"' in page
    assert "Загрузить много документов" in page


def test_each_file_becomes_a_draft_that_visitors_do_not_see(upload, client_of):
    for number, name in enumerate(["polozhenie_РМО.pdf", "План работы.pdf"]):
        answer = upload(name, pdf(pages=number + 1)).json()
        assert (answer["success"], answer["created"]) == (True, True)
    drafts = DocumentPage.objects.order_by("pk")
    assert [page.title for page in drafts] == ["Polozhenie РМО", "План работы"]
    for page in drafts:
        assert (page.live, page.date, page.issuer) == (False, date(2026, 3, 5), "Отдел образования")
        document = page.files.get().document
        assert client_of().get(document.url).status_code == 404
        assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.create").exists()
    assert not Card.objects.filter(kind="document").exists()


def test_a_refused_file_says_why_and_does_not_stop_the_others(upload):
    refused = upload("отчёт.pdf", EXE).json()
    accepted = upload("приказ.pdf", pdf()).json()
    assert refused["success"] is False
    assert "внутри него другое" in refused["error_message"]
    assert accepted["success"] is True
    assert PortalDocument.objects.count() == DocumentPage.objects.count() == 1


def test_a_name_inside_an_archive_cannot_bring_html_into_the_page(upload):
    answer = upload("архив.zip", archive(("<img src=x onerror=alert(1)>.exe", b"x"))).json()
    assert "<" not in answer["error_message"]


def test_the_same_file_sent_twice_makes_one_draft(upload):
    first = upload("приказ.pdf", pdf()).json()
    second = upload("копия приказа.pdf", pdf()).json()
    assert (first["created"], second["created"]) == (True, False)
    assert second["page_id"] == first["page_id"]
    assert PortalDocument.objects.count() == DocumentPage.objects.count() == 1


def test_a_wrong_choice_is_named(upload):
    answer = upload("приказ.pdf", pdf(), day="скоро").json()
    assert answer["success"] is False
    assert "Дата документов" in answer["error_message"]


def test_whoever_may_not_add_documents_is_kept_out(site_tree, client_of, teacher):
    assert client_of(teacher).get(URL).status_code in {302, 403}
    assert client_of().get(URL).status_code == 302


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("polozhenie_RMO-2026.pdf", "Polozhenie RMO-2026"),
        ("Приказ № 64.от.25.06.2020.pdf", "Приказ № 64.от.25.06.2020"),
        ("_.pdf", "_.pdf"),
    ],
)
def test_the_title_comes_from_the_name(name, title):
    assert title_from_name(name) == title
