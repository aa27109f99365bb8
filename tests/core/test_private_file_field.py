"""The field of a form: what was chosen survives a mistake elsewhere; nothing foreign gets in."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import PrivateFile
from core.private_file_field import PrivateFileField
from core.services.private_files import store_private_file
from people.models import TrainingRecord
from tests.core.test_upload_checks import film, pdf
from tests.factories.people import TrainingRecordFactory, UserFactory

pytestmark = pytest.mark.django_db


class ScanForm(forms.ModelForm):
    """A scan and something else that can be wrong."""

    scan = PrivateFileField(endings=["pdf", "jpg"], max_size=100_000, required=False)

    class Meta:
        model = TrainingRecord
        fields = ["programme", "scan"]


@pytest.fixture
def form(teacher):
    def make(
        data: dict[str, Any] | None = None,
        upload: bytes | None = None,
        name: str = "Скан.pdf",
        record: TrainingRecord | None = None,
        required: bool = False,
    ) -> ScanForm:
        files = {"scan": SimpleUploadedFile(name, upload)} if upload else None
        bound = None if data is None and upload is None else {"programme": "П", **(data or {})}
        made = ScanForm(bound, files, instance=record)
        made.fields["scan"].user = teacher
        made.fields["scan"].required = required
        return made

    return make


def stored(user, name="Старый.pdf", content=None) -> PrivateFile:
    return store_private_file(upload=SimpleUploadedFile(name, content or pdf()), user=user)


def test_an_upload_becomes_the_value(form, teacher):
    filled = form({}, pdf())
    assert filled.is_valid(), filled.errors
    file = filled.cleaned_data["scan"]
    assert (file.original_name, file.uploaded_by) == ("Скан.pdf", teacher)
    assert filled.instance.scan == file


def test_what_was_chosen_survives_a_mistake_elsewhere(form):
    first = form({"programme": ""}, pdf())
    assert not first.is_valid()
    file = PrivateFile.objects.get()
    html = str(first["scan"])
    assert f'name="scan-kept" value="{file.pk}"' in html
    assert "Скан.pdf" in html
    second = form({"scan-kept": str(file.pk)})
    assert second.is_valid(), second.errors
    assert second.cleaned_data["scan"] == file


def test_a_refused_file_says_why_and_leaves_the_old_one(form, teacher):
    old = stored(teacher)
    record = TrainingRecordFactory(scan=old)
    filled = form({"scan-kept": str(old.pk)}, b"<script>", record=record)
    assert "внутри" in filled.errors["scan"][0]
    assert f'name="scan-kept" value="{old.pk}"' in str(filled["scan"])


def test_the_old_file_stays_is_replaced_or_goes(form, teacher):
    # Of somebody else, and attached: only its own form may keep it.
    old = stored(UserFactory())
    record = TrainingRecordFactory(scan=old)
    assert "Старый.pdf" in str(form(record=record)["scan"])
    kept = form({"scan-kept": str(old.pk)}, record=record)
    assert kept.is_valid()
    assert kept.cleaned_data["scan"] == old
    assert kept.changed_data == ["programme"]
    replaced = form({"scan-kept": str(old.pk)}, pdf(pages=5), record=record)
    assert replaced.is_valid()
    assert replaced.cleaned_data["scan"] not in (None, old)
    gone = form({"scan-kept": str(old.pk), "scan-clear": "on"}, record=record)
    assert gone.is_valid()
    assert gone.cleaned_data["scan"] is None
    assert "scan" in gone.changed_data


def test_numbers_of_others_are_refused(form, teacher):
    attached = stored(teacher)
    TrainingRecordFactory(scan=attached)
    for wrong in (stored(UserFactory()).pk, attached.pk, 999_999, "x", "-1"):
        filled = form({"scan-kept": str(wrong)}, record=TrainingRecordFactory())
        assert filled.errors["scan"] == ["Этого файла уже нет. Выберите его ещё раз."]


def test_what_came_in_parts_must_fit_this_field_too(form, teacher):
    for file in (stored(teacher, "урок.mp4", film()), stored(teacher, "б.jpg", large())):
        filled = form({"scan-kept": str(file.pk)})
        assert not filled.is_valid()
        assert f'value="{file.pk}"' not in str(filled["scan"])


def large() -> bytes:
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.effect_noise((700, 700), 100).save(stream, "JPEG", quality=95)
    return stream.getvalue()


def test_required(form):
    filled = form({}, required=True)
    assert filled.errors["scan"] == ["Выберите файл."]


def test_without_a_person_it_is_a_mistake_of_the_program(form):
    filled = form({})
    filled.fields["scan"].user = None
    with pytest.raises(ImproperlyConfigured):
        filled.is_valid()


def test_the_control_names_types_and_limit(form):
    html = str(form()["scan"])
    assert 'accept=".pdf,.jpg"' in html
    # The limit of this field, not the general one of 50 MB.
    assert "До 98 КБ" in html.replace("\xa0", " ")
    assert form().is_multipart()


def test_files_that_belong_to_nothing_have_an_end(form, teacher, settings):
    """A form that is sent again and again with another mistake in it keeps so many files."""
    settings.UNUSED_FILES_COUNT = 2
    for _turn in range(2):
        assert form({}, pdf()).is_valid()
    refused = form({}, pdf())
    assert not refused.is_valid()
    assert "ни к чему не приложено (файлов: 2" in refused.errors["scan"][0]
    assert PrivateFile.objects.filter(uploaded_by=teacher).count() == 2
    # The form that names one of them by its number goes through, and makes room.
    kept = PrivateFile.objects.filter(uploaded_by=teacher).first()
    attached = form({"scan-kept": str(kept.pk)}, record=TrainingRecordFactory())
    assert attached.is_valid(), attached.errors
    attached.save()
    assert form({}, pdf()).is_valid()
