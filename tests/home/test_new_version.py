"""A new version of a file: a draft at once, history by itself, readers after the publication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from home.enums import FileRole
from home.models import DocumentFile, DocumentPage
from people.models import User
from tests.core.test_upload_checks import EXE, pdf
from tests.factories.core import PortalDocumentFactory
from tests.factories.home import DocumentPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(site_tree: Any) -> DocumentPage:
    """A published document with a main file and an appendix."""
    page = DocumentPageFactory(with_file=True, date=date(2025, 2, 3))
    appendix = PortalDocumentFactory(title="Приложение")
    page.files.add(DocumentFile(document=appendix, role=FileRole.APPENDIX, title="Форма заявки"))
    page.save_revision().publish()
    return DocumentPage.objects.get(pk=page.pk)


def url_of(page: DocumentPage) -> str:
    return reverse("document_version", args=[page.pk])


def sent(client: Client, page: DocumentPage, **changes: Any) -> Any:
    data = {
        "file": "0",
        "upload": SimpleUploadedFile("Положение, редакция 2.pdf", pdf(pages=2)),
        "day": "2026-01-09",
        "what_changed": "Изменён пункт 3",
    }
    return client.post(url_of(page), {**data, **changes})


def roles(page: DocumentPage) -> list[tuple[str, str]]:
    return [(file.role, file.words) for file in page.files.all()]


def test_readers_get_it_when_the_draft_is_published(
    official: DocumentPage, client_of: Callable[..., Client], superuser: User
) -> None:
    old = official.files.first().document
    assert sent(client_of(superuser), official).status_code == 302
    official.refresh_from_db()
    assert official.has_unpublished_changes
    assert official.files.first().document == old

    official.get_latest_revision().publish()
    main, earlier, appendix = DocumentPage.objects.get(pk=official.pk).files.all()
    assert (main.role, main.version_date) == (FileRole.MAIN, date(2026, 1, 9))
    assert (earlier.role, earlier.document) == (FileRole.EARLIER, old)
    assert (earlier.version_date, earlier.version_note) == (date(2025, 2, 3), "Изменён пункт 3")
    assert appendix.role == FileRole.APPENDIX
    text = Client().get(official.url).content.decode().replace("\xa0", " ")
    assert "Прежние редакции" in text
    assert "редакция от 9 января 2026" in text


def test_an_appendix_keeps_its_place_and_its_name(
    official: DocumentPage, client_of: Callable[..., Client], superuser: User
) -> None:
    sent(client_of(superuser), official, file="1")
    draft = DocumentPage.objects.get(pk=official.pk).get_latest_revision_as_object()
    assert [role for role, _words in roles(draft)] == ["main", "appendix", "earlier"]
    assert roles(draft)[1] == ("appendix", "Форма заявки")


def test_a_file_that_pretends_is_refused_and_changes_nothing(
    official: DocumentPage, client_of: Callable[..., Client], superuser: User
) -> None:
    before = official.latest_revision_id
    answer = sent(client_of(superuser), official, upload=SimpleUploadedFile("приказ.pdf", EXE))
    assert answer.status_code == 200
    assert "внутри него другое" in answer.content.decode()
    assert DocumentPage.objects.get(pk=official.pk).latest_revision_id == before


@pytest.mark.parametrize("choice", ["2", "-1", "нет", ""])
def test_only_files_of_the_document_can_be_replaced(
    official: DocumentPage, client_of: Callable[..., Client], superuser: User, choice: str
) -> None:
    assert sent(client_of(superuser), official, file=choice).status_code == 200
    assert not DocumentPage.objects.get(pk=official.pk).has_unpublished_changes


def test_the_button_stands_in_the_editor(
    official: DocumentPage, client_of: Callable[..., Client], superuser: User
) -> None:
    editor = reverse("wagtailadmin_pages:edit", args=[official.pk])
    assert url_of(official) in client_of(superuser).get(editor).content.decode()
    bare = DocumentPageFactory()
    editor = reverse("wagtailadmin_pages:edit", args=[bare.pk])
    assert url_of(bare) not in client_of(superuser).get(editor).content.decode()


def test_whoever_may_not_change_the_document_is_kept_out(
    official: DocumentPage, client_of: Callable[..., Client], teacher: User, superuser: User
) -> None:
    assert sent(client_of(teacher), official).status_code in {302, 403}
    assert sent(client_of(), official).status_code == 302
    official.locked, official.locked_by = True, None
    official.save()
    assert client_of(superuser).get(url_of(official)).status_code in {302, 403}
    assert not DocumentPage.objects.get(pk=official.pk).has_unpublished_changes
