"""Large files in parts: a broken line costs one part, and nobody touches another's upload."""

from __future__ import annotations

import base64
import hashlib
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import transaction
from django.test import Client
from django.utils import timezone

from core.models import PrivateFile, PrivateUpload
from core.services import private_uploads
from core.services.private_files import check_room, remove_unused
from core.services.private_uploads import remove_expired_uploads
from tests.core.test_upload_checks import EXE, film
from tests.factories.people import TrainingRecordFactory, UserFactory

pytestmark = pytest.mark.django_db
PART = 1000


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr("core.views.private_uploads.PART_SIZE", PART)


def content(length: int = 2500) -> bytes:
    return (film() + bytes(range(256)) * 20)[:length]


def begin(client: Client, name: str = "Урок № 1.mp4", size: int = 2500):
    metadata = f"filename {base64.b64encode(name.encode()).decode()},filetype dg=="
    return client.post(
        "/files/uploads/",
        content_type="application/octet-stream",
        headers={"Upload-Length": str(size), "Upload-Metadata": metadata},
    )


def part(client: Client, address: str, offset: int | str, data: bytes, **extra):
    return client.patch(
        address,
        data,
        content_type=extra.pop("content_type", "application/offset+octet-stream"),
        headers={"Upload-Offset": str(offset)},
        **extra,
    )


def offset_of(client: Client, address: str) -> int:
    answer = client.head(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    return int(answer["Upload-Offset"])


def words_of(answer) -> str:
    return answer.json()["error"].replace("\xa0", " ")


def finish(client: Client) -> int:
    """A film of three parts; the number of the file that nothing refers to yet."""
    address = begin(client)["Location"]
    for offset in range(0, 2500, PART):
        answer = part(client, address, offset, content()[offset : offset + PART])
    return int(answer["Private-File"])


def parts_on_disk() -> list[Path]:
    folder = Path(storages["private"].path("parts"))
    return list(folder.iterdir()) if folder.is_dir() else []


@pytest.fixture
def client(client_of, teacher) -> Client:
    return client_of(teacher)


@pytest.fixture
def address(client) -> str:
    answer = begin(client)
    assert (answer.status_code, answer["Upload-Offset"]) == (201, "0")
    return answer["Location"]


class TestWay:
    def test_parts_become_a_file(self, client, address, teacher):
        whole = content()
        for offset in (0, 1000):
            answer = part(client, address, offset, whole[offset : offset + PART])
            assert answer.status_code == 204
            assert "Private-File" not in answer
        last = part(client, address, 2000, whole[2000:])
        file = PrivateFile.objects.get()
        assert (last.status_code, last["Private-File"]) == (204, str(file.pk))
        assert file.file.read() == whole
        assert file.checksum == hashlib.sha256(whole).hexdigest()
        assert (file.original_name, file.uploaded_by) == ("Урок № 1.mp4", teacher)
        assert parts_on_disk() == []

    def test_it_goes_on_after_a_broken_line(self, client, address):
        """The answer to a part is lost; the part after a crash is written over."""
        whole = content()
        part(client, address, 0, whole[:PART])
        again = part(client, address, 0, whole[:PART])
        assert again.status_code == 409
        assert offset_of(client, address) == 1000
        with parts_on_disk()[0].open("ab") as half:
            half.write(b"written and never counted" * 100)
        part(client, address, 1000, whole[1000:2000])
        part(client, address, 2000, whole[2000:])
        # The answer to the last part is lost too.
        answer = client.head(address)
        assert answer["Private-File"] == str(PrivateFile.objects.get().pk)
        assert PrivateFile.objects.get().file.read() == whole
        assert part(client, address, 2500, b"")["Private-File"] == answer["Private-File"]
        assert PrivateFile.objects.count() == 1

    def test_a_crash_before_the_end_is_finished_by_the_next_question(
        self, client, address, monkeypatch
    ):
        whole = content()
        part(client, address, 0, whole[:PART])
        part(client, address, 1000, whole[1000:2000])
        with monkeypatch.context() as crash:
            crash.setattr("core.views.private_uploads.finish_upload", lambda upload: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                part(client, address, 2000, whole[2000:])
        assert offset_of(client, address) == 2500
        assert "Private-File" in part(client, address, 2500, b"")

    def test_two_tabs_do_not_mix(self, client):
        first, second = begin(client)["Location"], begin(client)["Location"]
        part(client, first, 0, b"a" * 900)
        part(client, second, 0, content()[:PART])
        assert part(client, first, 1000, b"a").status_code == 409
        assert (offset_of(client, first), offset_of(client, second)) == (900, 1000)

    def test_given_up(self, client, address):
        part(client, address, 0, content()[:PART])
        assert client.delete(address).status_code == 204
        assert client.head(address).status_code == 404
        assert parts_on_disk() == []


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "size", "word"),
        [
            ("урок.exe", 100, "EXE"),
            ("урок.mp4", 501 * 1024 * 1024, "слишком большой"),
            ("скан.pdf", 51 * 1024 * 1024, "слишком большой"),
            ("урок.mp4", 0, "пуст"),
            ("урок.mp4", "х", "числа"),
            ("урок.mp4", "-5", "числа"),
            ("урок.mp4", "9" * 40, "числа"),
        ],
    )
    def test_before_it_begins(self, client, name, size, word):
        answer = begin(client, name, size)
        assert answer.status_code == 422
        assert word in answer.json()["error"]
        assert not PrivateUpload.objects.exists()

    def test_another_type_under_the_name_of_a_film(self, client):
        address = begin(client, size=len(EXE))["Location"]
        answer = part(client, address, 0, EXE)
        assert answer.status_code == 422
        assert "внутри" in answer.json()["error"]
        assert not PrivateFile.objects.exists()
        assert not PrivateUpload.objects.exists()
        assert parts_on_disk() == []

    def test_more_than_was_said(self, client):
        address = begin(client, size=100)["Location"]
        assert part(client, address, 0, b"a" * 101).status_code == 409
        assert offset_of(client, address) == 0

    def test_strange_parts(self, client, address):
        assert part(client, address, 0, b"a" * (PART + 1)).status_code == 413
        assert part(client, address, 0, b"a", content_type="text/plain").status_code == 415
        assert part(client, address, "x", b"a").status_code == 422
        assert part(client, address, 5, b"a").status_code == 409
        assert offset_of(client, address) == 0

    def test_too_many_at_once(self, client, client_of, monkeypatch):
        for _turn in range(private_uploads.MOST_UPLOADS):
            assert begin(client).status_code == 201
        assert "Дождитесь" in begin(client).json()["error"]
        assert begin(client_of(UserFactory())).status_code == 201
        PrivateUpload.objects.all().delete()
        monkeypatch.setattr(private_uploads, "MOST_BYTES", 3000)
        assert begin(client).status_code == 201
        assert begin(client).status_code == 422

    def test_finished_ones_that_belong_to_nothing_count_too(
        self, client, client_of, teacher, settings
    ):
        """Films one after another, none of them attached: at most so many bytes and files."""
        settings.UNUSED_FILES_MEGABYTES = 1
        half = 600 * 1024
        # On its way it counts with all that it will be.
        coming = begin(client, size=half)["Location"]
        answer = begin(client, size=half)
        assert answer.status_code == 422
        assert "ни к чему не приложено (файлов: 1, вместе 600,0" in words_of(answer)
        assert client.delete(coming).status_code == 204
        finished = finish(client)
        PrivateFile.objects.filter(pk=finished).update(size=half)
        assert begin(client, size=half).status_code == 422
        assert begin(client_of(UserFactory()), size=half).status_code == 201
        # What belongs to something is no matter of this limit.
        TrainingRecordFactory(scan_id=finished)
        assert begin(client, size=half).status_code == 201

    def test_many_small_ones_are_too_many(self, client, teacher, settings):
        settings.UNUSED_FILES_COUNT = 3
        for _turn in range(3):
            finish(client)
        answer = begin(client)
        assert answer.status_code == 422
        assert "не больше 3 таких файлов и не больше 1,0 ГБ" in words_of(answer)
        # What something has once referred to is the owner's to delete.
        PrivateFile.objects.filter(pk=PrivateFile.objects.first().pk).update(kept_at=timezone.now())
        begun = begin(client)
        assert begun.status_code == 201
        assert client.delete(begun["Location"]).status_code == 204
        PrivateFile.objects.update(kept_at=None)
        # After a day the room is free again.
        PrivateFile.objects.update(created_at=timezone.now() - timedelta(hours=25))
        assert remove_unused() == 3
        assert begin(client).status_code == 201

    def test_it_is_counted_in_three_queries_however_many_there_are(
        self, teacher, django_assert_num_queries
    ):
        for _turn in range(4):
            PrivateFile.objects.create(original_name="a", size=1, uploaded_by=teacher)
        with django_assert_num_queries(3), transaction.atomic(savepoint=False):
            check_room(user=teacher, size=1)


class TestRights:
    @pytest.mark.parametrize("who", ["visitor", "other", "superuser"])
    def test_somebody_elses_upload_does_not_exist(self, client_of, client, address, who):
        people = {"visitor": None, "other": UserFactory(), "superuser": UserFactory(superuser=True)}
        stranger = client_of(people[who])
        expected = 403 if who == "visitor" else 404
        assert stranger.head(address).status_code == expected
        assert part(stranger, address, 0, b"a").status_code == expected
        assert stranger.delete(address).status_code == expected
        assert offset_of(client, address) == 0

    def test_a_visitor_begins_nothing(self):
        assert begin(Client()).status_code == 403
        assert Client().head(f"/files/uploads/{uuid.uuid4()}/").status_code == 403

    def test_another_site_cannot_send(self, teacher, address):
        client = Client(enforce_csrf_checks=True)
        client.force_login(teacher)
        assert begin(client).status_code == 403
        assert part(client, address, 0, b"a").status_code == 403
        assert client.delete(address).status_code == 403

    def test_a_name_from_outside_stays_a_name(self, client):
        begin(client, "../../etc/п\r\nасс.mp4")
        assert PrivateUpload.objects.get().original_name == "пасс.mp4"


def test_what_nobody_continues_is_forgotten(client, address, teacher):
    part(client, address, 0, content()[:PART])
    fresh = begin(client)["Location"]
    long_ago = timezone.now() - timedelta(hours=25)
    PrivateUpload.objects.filter(pk=address.split("/")[3]).update(touched_at=long_ago)
    assert remove_expired_uploads() == 1
    assert client.head(address).status_code == 404
    assert client.head(fresh).status_code == 200
    assert parts_on_disk() == []
