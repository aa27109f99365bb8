"""Files of people: checked, cleaned, named, and open to those alone whom their owner lets in."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from core.models import PrivateFile
from core.services import private_files
from core.services.private_files import (
    human_name,
    own_new_file,
    register_private_file,
    remove_unused,
    store_private_file,
)
from core.uploads import Refusal
from people.models import TrainingRecord
from tests.core.test_upload_checks import film, pdf, wide_picture, word_with
from tests.factories.people import TrainingRecordFactory, UserFactory

pytestmark = pytest.mark.django_db
PLACE = b"54.123456"


def stored(user, name="Удостоверение № 5.pdf", content=None) -> PrivateFile:
    upload = SimpleUploadedFile(name, pdf() if content is None else content)
    return store_private_file(upload=upload, user=user)


def photo(orientation: int = 1, mode: str = "RGB") -> bytes:
    """A photo of 40 by 20 points with a place, a device and a comment in it."""
    image = Image.new(mode, (40, 20))
    image.paste("red" if mode == "RGB" else 200, (0, 0, 20, 20))
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Phone of Anna"
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSAreaInformation] = PLACE
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=exif, comment=b"Phone of Anna", xmp=b"<x>Phone of Anna</x>")
    return stream.getvalue()


class TestStoring:
    def test_the_name_is_kept_and_the_content_is_summed(self, teacher):
        file = stored(teacher)
        assert file.original_name == "Удостоверение № 5.pdf"
        content = file.file.read()
        assert (file.size, file.checksum) == (len(content), hashlib.sha256(content).hexdigest())
        assert file.uploaded_by == teacher
        assert "Удостоверение" not in file.file.name

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("C:\\Users\\Анна\\скан.pdf", "скан.pdf"),
            ("../../etc/скан.pdf", "скан.pdf"),
            ("а\r\nSet-Cookie: x\x00.pdf", "аSet-Cookie: x.pdf"),
            ("тест\u202efdp.exe.pdf", "тестfdp.exe.pdf"),
            ("  много   пробелов .pdf", "много пробелов.pdf"),
            (".pdf", "pdf"),
            ("...", "file"),
            ("", "file"),
            ("и\u0306.pdf", "й.pdf"),
            ("я" * 400 + ".docx", "я" * 250 + ".docx"),
        ],
    )
    def test_a_name_is_cleaned_and_stays_human(self, name, expected):
        assert human_name(name) == expected

    @pytest.mark.parametrize("orientation", [1, 6])
    def test_a_photo_loses_the_place_and_stands_upright(self, teacher, orientation):
        raw = photo(orientation)
        assert PLACE in raw
        assert b"Phone of Anna" in raw
        file = stored(teacher, "снимок.jpg", raw)
        clean = file.file.read()
        assert PLACE not in clean
        assert b"Phone of Anna" not in clean
        assert b"Exif" not in clean
        assert file.checksum == hashlib.sha256(clean).hexdigest()
        with Image.open(io.BytesIO(clean)) as image:
            assert image.size == ((40, 20) if orientation == 1 else (20, 40))
            red, green, _blue = image.getpixel((5, 5))
            assert red > 240
            assert green < 15

    def test_a_png_loses_its_words(self, teacher):
        words = PngInfo()
        words.add_text("Author", "Phone of Anna")
        stream = io.BytesIO()
        exif = Image.Exif()
        exif[ExifTags.Base.Make] = "Phone of Anna"
        Image.new("RGBA", (4, 4), (9, 8, 7, 100)).save(stream, "PNG", pnginfo=words, exif=exif)
        assert b"Phone of Anna" in stream.getvalue()
        clean = stored(teacher, "снимок.png", stream.getvalue()).file.read()
        assert b"Phone of Anna" not in clean
        assert b"eXIf" not in clean
        with Image.open(io.BytesIO(clean)) as image:
            assert image.getpixel((0, 0)) == (9, 8, 7, 100)

    def test_a_photo_with_a_second_picture_is_a_photo(self, teacher):
        stream = io.BytesIO()
        first, second = Image.new("RGB", (40, 20), "red"), Image.new("RGB", (20, 10), "blue")
        first.save(stream, "MPO", save_all=True, append_images=[second])
        with Image.open(io.BytesIO(stream.getvalue())) as image:
            assert image.format == "MPO"
        clean = stored(teacher, "телефон.jpg", stream.getvalue()).file.read()
        with Image.open(io.BytesIO(clean)) as image:
            assert (image.format, image.size) == ("JPEG", (40, 20))

    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            ("огромный.png", wide_picture, Refusal.TOO_MANY_PIXELS),
            ("оборван.jpg", lambda: photo()[:-200], Refusal.DAMAGED),
            ("макрос.docx", lambda: word_with(("word/vbaProject.bin", b"x")), Refusal.MACROS),
            ("страница.pdf", lambda: b"<script>alert(1)</script>", Refusal.PRETENDING),
        ],
    )
    def test_what_is_refused_leaves_nothing_behind(self, teacher, name, content, reason, tmp_path):
        with pytest.raises(ValidationError) as refusal:
            stored(teacher, name, content())
        assert refusal.value.code == reason
        assert not PrivateFile.objects.exists()
        assert not [path for path in (tmp_path / "private").rglob("*") if path.is_file()]

    def test_endings_and_size_are_narrowed(self, teacher):
        for narrow, reason in (
            ({"endings": ["docx"]}, Refusal.WRONG_TYPE),
            ({"max_size": 10}, Refusal.TOO_BIG),
        ):
            upload = SimpleUploadedFile("a.pdf", pdf())
            with pytest.raises(ValidationError) as refusal:
                store_private_file(upload=upload, user=teacher, **narrow)
            assert refusal.value.code == reason

    def test_the_file_goes_with_its_row(self, teacher, committed):
        file = stored(teacher)
        assert storages["private"].exists(file.file.name)
        with committed():
            file.delete()
        assert not storages["private"].exists(file.file.name)


def training(user, file) -> TrainingRecord:
    return TrainingRecordFactory(scan=file, entered_by=user)


@pytest.fixture
def rule(monkeypatch):
    """Training is open to the person who entered it and to nobody else."""
    monkeypatch.setattr(private_files, "_predicates", {})
    register_private_file(TrainingRecord)(lambda record, user: record.entered_by_id == user.pk)


class TestWhoMayOpen:
    """Role, state, action: whatever is not said is refused."""

    @pytest.mark.parametrize(
        ("state", "who", "answer"),
        [
            ("new", "uploader", 200),
            ("new", "owner", 404),
            ("new", "other", 404),
            ("new", "superuser", 404),
            ("new", "closed", 302),
            ("new", "visitor", 302),
            ("attached", "uploader", 404),
            ("attached", "owner", 200),
            ("attached", "other", 404),
            ("attached", "superuser", 404),
            ("attached", "visitor", 302),
            ("unregistered", "uploader", 404),
            ("unregistered", "owner", 404),
            ("unregistered", "superuser", 404),
            ("unregistered", "visitor", 302),
        ],
    )
    @pytest.mark.parametrize("method", ["get", "head"])
    def test_table(self, client_of, rule, monkeypatch, state, who, answer, method):
        people = {name: UserFactory() for name in ("uploader", "owner", "other")}
        people["superuser"] = UserFactory(superuser=True)
        people["visitor"] = None
        if who == "closed":
            people["closed"] = people["uploader"]
        file = stored(people["uploader"])
        if state != "new":
            training(people["owner"], file)
        if state == "unregistered":
            monkeypatch.setattr(private_files, "_predicates", {})
        client = client_of(people[who])
        if who == "closed":
            people["uploader"].is_active = False
            people["uploader"].save()
        assert getattr(client, method)(file.get_absolute_url()).status_code == answer

    @pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
    def test_only_reading(self, client_of, teacher, method):
        file = stored(teacher)
        assert getattr(client_of(teacher), method)(file.get_absolute_url()).status_code == 405

    def test_a_visitor_does_not_learn_which_files_exist(self, teacher):
        file = stored(teacher)
        for address in (file.get_absolute_url(), "/files/private/999999/"):
            answer = Client().get(address)
            assert answer.status_code == 302
            assert answer.headers["Location"].endswith(f"?next={address}")

    def test_every_model_that_refers_to_files_is_found(self):
        found = {f"{model.__name__}.{field}" for model, field in private_files.references()}
        assert {"TrainingRecord.scan", "Consent.document"} & found >= {"TrainingRecord.scan"}
        assert "PrivateUpload.file" not in found


class TestSending:
    def test_kept_by_no_cache_and_never_taken_for_something_else(self, client_of, teacher):
        file = stored(teacher)
        answer = client_of(teacher).get(file.get_absolute_url())
        assert answer.getvalue() == file.file.read()
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer["Content-Disposition"].startswith('attachment; filename="Udostoverenie')
        assert answer["ETag"] == f'"{file.checksum}"'
        assert answer["Content-Type"] == "application/pdf"

    def test_a_film_is_wound_forward(self, client_of, teacher):
        film_file = stored(teacher, "урок.mp4", film() + bytes(range(256)) * 40)
        content = film_file.file.read()
        client = client_of(teacher)
        answer = client.get(film_file.view_url, headers={"Range": "bytes=100-299"})
        assert answer.status_code == 206
        assert answer.getvalue() == content[100:300]
        assert answer["Content-Range"] == f"bytes 100-299/{len(content)}"
        assert answer["Content-Disposition"].startswith("inline")
        assert answer["Cache-Control"] == "private, no-store"
        beyond = client.get(film_file.view_url, headers={"Range": "bytes=999999-"})
        assert beyond.status_code == 416
        other = client_of(UserFactory())
        assert other.get(film_file.view_url, headers={"Range": "bytes=0-9"}).status_code == 404

    def test_the_proxy_sends_it_after_the_question(self, client_of, teacher, settings):
        settings.FILES_INTERNAL_LOCATION = "/internal-files/"
        file = stored(teacher)
        answer = client_of(teacher).get(file.get_absolute_url())
        assert answer["X-Accel-Redirect"] == f"/internal-files/{file.file.name}"
        assert answer.content == b""
        assert "X-Accel-Redirect" not in client_of(UserFactory()).get(file.get_absolute_url())

    def test_queries(self, client_of, teacher, rule, django_assert_num_queries, settings):
        file = stored(teacher)
        training(teacher, file)
        client = client_of(teacher)
        client.get("/files/private/0/")
        # Session, account, file; then each model that may refer to it.
        first = 3 - ("cached" in settings.SESSION_ENGINE)
        with django_assert_num_queries(first + len(list(private_files.references()))):
            client.get(file.get_absolute_url())


class TestUnused:
    @pytest.fixture
    def yesterday(self):
        def make(user):
            file = stored(user)
            long_ago = timezone.now() - timedelta(hours=25)
            PrivateFile.objects.filter(pk=file.pk).update(created_at=long_ago)
            return file

        return make

    def test_a_day_later_what_nobody_needed_is_gone(self, teacher, yesterday, committed):
        left, used, fresh = yesterday(teacher), yesterday(teacher), stored(teacher)
        training(teacher, used)
        with committed():
            assert remove_unused() == 1
        assert set(PrivateFile.objects.all()) == {used, fresh}
        assert not storages["private"].exists(left.file.name)

    def test_what_was_referred_to_once_is_its_owners_to_remove(self, teacher, yesterday):
        used = yesterday(teacher)
        record = training(teacher, used)
        remove_unused()
        record.delete()
        assert remove_unused() == 0
        assert PrivateFile.objects.filter(pk=used.pk).exists()

    def test_only_ones_own_new_file_may_be_chosen(self, teacher):
        new, attached, foreign = stored(teacher), stored(teacher), stored(UserFactory())
        training(teacher, attached)
        assert own_new_file(new.pk, teacher) == new
        for wrong in (attached.pk, foreign.pk, 0, "x", "9" * 30, "٣", None):
            assert own_new_file(wrong, teacher) is None
