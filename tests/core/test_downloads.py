"""Files leave by right, under their human name, in parts, and never run on our site."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import models
from wagtail.models import Collection, CollectionViewRestriction, GroupCollectionPermission

from core.models import PortalDocument
from core.services.files import file_visible_to, register_file_owner, store_file
from core.uploads.kinds import KINDS
from core.views.byte_ranges import ByteRange, parse_range
from core.views.file_sending import content_disposition
from home.models import DocumentFile
from tests.core.test_upload_checks import film, pdf
from tests.factories.core import PortalDocumentFactory, root_collection
from tests.factories.home import DocumentPageFactory, StandardPageFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NAME = "Приказ № 64 «О плане».pdf"


@pytest.fixture
def document():
    """A file of a published document."""
    stored = store_file(name=NAME, content=pdf())
    DocumentPageFactory(files=[DocumentFile(document=stored)])
    return stored


class TestHeaders:
    def test_the_download_keeps_its_cyrillic_name(self, document, client_of):
        answer = client_of().get(document.url)
        assert answer.status_code == 200
        assert answer.getvalue() == document.file.read()
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith('attachment; filename="Prikaz')
        assert (
            "filename*=UTF-8''%D0%9F%D1%80%D0%B8%D0%BA%D0%B0%D0%B7%20"
            in (answer["Content-Disposition"])
        )
        assert document.url.isascii()

    def test_the_answer_cannot_be_taken_for_something_else(self, document, client_of):
        answer = client_of().get(document.url)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")

    @pytest.mark.parametrize("ending", sorted(KINDS))
    def test_only_harmless_types_open_in_the_browser(self, ending, client_of):
        stored = PortalDocumentFactory(filename=f"файл.{ending}")
        items = {"title": "", "items": [{"title": "", "document": stored.pk}]}
        StandardPageFactory(body=[{"type": "documents", "value": items}])
        answer = client_of().get(f"{stored.url}?view=1")
        inline = answer["Content-Disposition"].startswith("inline")
        assert inline == (ending in {"pdf", "txt", "jpg", "jpeg", "png", "mp4", "webm"})

    @pytest.mark.parametrize("ending", ["html", "svg", "xhtml", "js"])
    def test_active_types_are_bytes_even_when_they_got_in(self, ending, client_of, superuser):
        stored = PortalDocumentFactory(filename=f"страница.{ending}", content=b"<svg/>")
        answer = client_of(superuser).get(f"{stored.url}?view=1")
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment")

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("plan.pdf", 'attachment; filename="plan.pdf"'),
            ('a"b\\c/d\r\ne.pdf', 'attachment; filename="abcde.pdf"'),
            (
                "«а»<?>.pdf",
                "attachment; filename=\"'a'___.pdf\"; "
                "filename*=UTF-8''%C2%AB%D0%B0%C2%BB%3C%3F%3E.pdf",
            ),
            ("ё.pdf", "attachment; filename=\"e.pdf\"; filename*=UTF-8''%D1%91.pdf"),
        ],
    )
    def test_the_name_cannot_break_out_of_its_header(self, name, expected):
        assert content_disposition(name, inline=False) == expected


class TestParts:
    def test_head_says_the_same_without_the_bytes(self, document, client_of):
        answer = client_of().head(document.url)
        assert answer.status_code == 200
        assert answer["Content-Length"] == str(len(pdf()))
        assert answer.content == b""

    def test_what_is_unchanged_is_not_sent_again(self, document, client_of):
        first = client_of().get(document.url)
        etag, modified = first["ETag"], first["Last-Modified"]
        again = client_of().get(document.url, headers={"If-None-Match": etag})
        since = client_of().get(document.url, headers={"If-Modified-Since": modified})
        assert (again.status_code, since.status_code) == (304, 304)

    @pytest.mark.parametrize(
        ("asked", "status", "part"),
        [
            ("bytes=0-3", 206, slice(0, 4)),
            ("bytes=10-", 206, slice(10, None)),
            ("bytes=-5", 206, slice(-5, None)),
            ("bytes=0-999999", 206, slice(0, None)),
            ("bytes=999999-", 416, slice(0, 0)),
            ("bytes=-0", 416, slice(0, 0)),
            ("bytes=5-2", 200, slice(0, None)),
            ("bytes=0-1,4-5", 200, slice(0, None)),
            ("elephants=1-2", 200, slice(0, None)),
        ],
    )
    def test_films_are_wound_forward(self, asked, status, part, client_of):
        content = film()
        stored = store_file(name="Урок.mp4", content=content)
        DocumentPageFactory(files=[DocumentFile(document=stored)])
        answer = client_of().get(stored.url, headers={"Range": asked})
        assert answer.status_code == status
        assert answer.getvalue() == content[part]

    def test_a_part_of_another_version_is_not_sent(self, document, client_of):
        answer = client_of().get(
            document.url, headers={"Range": "bytes=0-3", "If-Range": '"another"'}
        )
        assert answer.status_code == 200

    def test_a_part_never_reaches_beyond_the_file(self):
        assert parse_range("bytes=2-99", 10) == ByteRange(2, 9)
        assert parse_range("bytes=-99", 10) == ByteRange(0, 9)

    def test_the_proxy_sends_the_file_where_it_is_told_to(self, document, client_of, settings):
        settings.FILES_INTERNAL_LOCATION = "/internal/"
        answer = client_of().get(document.url)
        assert answer["X-Accel-Redirect"] == f"/internal/{document.file.name}"
        assert answer.content == b""
        hidden = PortalDocumentFactory()
        assert "X-Accel-Redirect" not in client_of().get(hidden.url)


class TestAddresses:
    def test_another_name_is_no_address(self, document, client_of):
        assert client_of().get(f"/files/{document.pk}/another.pdf").status_code == 404

    @pytest.mark.parametrize("path", ["../../manage.py", "%2e%2e%2fmanage.py", "..%5cmanage.py"])
    def test_nothing_outside_the_store_can_be_asked_for(self, document, client_of, path):
        assert client_of().get(f"/files/{document.pk}/{path}").status_code == 404

    def test_only_reading_is_allowed(self, document, client_of):
        assert client_of().post(document.url).status_code == 405

    def test_a_lost_file_is_not_an_error_of_the_visitor(self, document, client_of):
        document.file.storage.delete(document.file.name)
        assert client_of().get(document.url).status_code == 404


class TestRights:
    """Deny by default: something published must show the file to this very person."""

    def test_a_file_that_nothing_shows_is_nobodys(self, client_of, teacher):
        stored = PortalDocumentFactory()
        assert client_of().get(stored.url).status_code == 404
        assert client_of(teacher).get(stored.url).status_code == 404

    def test_a_link_in_a_text_opens_the_file(self, client_of):
        stored = PortalDocumentFactory()
        link = f'<p><a linktype="document" id="{stored.pk}">файл</a></p>'
        page = StandardPageFactory(body=[{"type": "text", "value": link}])
        assert client_of().get(stored.url).status_code == 200
        page.unpublish()
        assert client_of().get(stored.url).status_code == 404

    def test_a_change_that_is_not_published_opens_nothing(self, client_of):
        stored = PortalDocumentFactory()
        page = DocumentPageFactory()
        page.files = [DocumentFile(document=stored)]
        page.save_revision()
        assert client_of().get(stored.url).status_code == 404

    def test_one_public_place_is_enough(self, client_of):
        stored = PortalDocumentFactory()
        DocumentPageFactory(draft=True, files=[DocumentFile(document=stored)])
        assert client_of().get(stored.url).status_code == 404
        DocumentPageFactory(files=[DocumentFile(document=stored)])
        assert client_of().get(stored.url).status_code == 200

    def test_a_page_behind_a_password_hides_its_files(self, client_of):
        stored = PortalDocumentFactory()
        DocumentPageFactory(restricted=True, files=[DocumentFile(document=stored)])
        assert client_of().get(stored.url).status_code == 404

    def test_a_closed_folder_closes_what_is_published(self, client_of, teacher):
        folder = root_collection().add_child(instance=Collection(name="Служебное"))
        stored = PortalDocumentFactory(collection=folder)
        DocumentPageFactory(files=[DocumentFile(document=stored)])
        CollectionViewRestriction.objects.create(collection=folder, restriction_type="login")
        assert client_of().get(stored.url).status_code == 302
        assert client_of(teacher).get(stored.url).status_code == 200

    def test_who_may_choose_files_may_open_drafts(self, client_of):
        stored = PortalDocumentFactory()
        editor = UserFactory()
        group = Group.objects.create(name="Пробная группа")
        editor.groups.add(group)
        assert client_of(editor).get(stored.url).status_code == 404
        admin = _permission("wagtailadmin", "access_admin")
        group.permissions.add(admin)
        GroupCollectionPermission.objects.create(
            group=group,
            collection=root_collection(),
            permission=_permission("core", "choose_document"),
        )
        assert client_of(editor).get(stored.url).status_code == 200

    def test_a_model_without_a_rule_keeps_its_files_closed(self, document, teacher, monkeypatch):
        from core.services import files

        class Application(models.Model):
            """Some case of a later app."""

            class Meta:
                app_label = "tests"
                managed = False

            def __str__(self) -> str:
                return "application"

        owner = Application(pk=1)
        monkeypatch.setattr(files, "_owners", lambda _document: iter([owner]))
        monkeypatch.setattr(files, "_predicates", {})
        assert not file_visible_to(document, teacher)
        register_file_owner(Application)(lambda _owner, user: user == teacher)
        assert file_visible_to(document, teacher)
        assert not file_visible_to(document, UserFactory())


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def test_a_stored_file_is_checked_and_named(db):
    stored = store_file(name="Отчёт за год.txt", content="Текст".encode())
    assert stored.download_name == "Отчёт за год.txt"
    assert stored.filename == "otchet-za-god.txt"
    assert PortalDocument.objects.get().checksum == stored.checksum
