"""A picture that broke on its way is refused in words, wherever an editor uploads one."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection

from core.models import PortalImage

REFUSAL = "Загрузите правильное изображение"


def _picture(kind: str, size: tuple[int, int] = (300, 200)) -> bytes:
    stream = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(stream, kind)
    return stream.getvalue()


def _broken(kind: str, how: str) -> bytes:
    whole = _picture(kind)
    return {"half": whole[: len(whole) // 2], "head": whole[:30], "zeros": whole[:16] + bytes(99)}[
        how
    ]


@pytest.mark.parametrize("how", ["half", "head", "zeros"])
@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif", "avif"])
def test_many_at_once(admin_client: Client, db: None, kind: str, how: str) -> None:
    upload = SimpleUploadedFile(f"снимок.{kind}", _broken(kind, how), f"image/{kind}")
    answer = admin_client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Снимок", "collection": Collection.get_first_root_node().pk, "files[]": upload},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.status_code == 200
    said = answer.json()
    assert not said["success"]
    assert REFUSAL in said["error_message"]
    assert not PortalImage.objects.exists()


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif", "avif"])
def test_a_whole_one_comes_in(admin_client: Client, db: None, kind: str) -> None:
    upload = SimpleUploadedFile(f"снимок.{kind}", _picture(kind), f"image/{kind}")
    answer = admin_client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Снимок", "collection": Collection.get_first_root_node().pk, "files[]": upload},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.json()["success"], answer.json()
    assert PortalImage.objects.get().width == 300


def test_in_the_window_of_a_choice(admin_client: Client, db: None) -> None:
    upload = SimpleUploadedFile("снимок.png", _broken("png", "half"), "image/png")
    answer = admin_client.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "Снимок",
            "image-chooser-upload-collection": Collection.get_first_root_node().pk,
            "image-chooser-upload-file": upload,
        },
    )
    assert answer.status_code == 200
    assert REFUSAL in answer.json()["htmlFragment"]
    assert not PortalImage.objects.exists()


def test_a_file_of_the_library_too(admin_client: Client, db: None) -> None:
    upload = SimpleUploadedFile("снимок.png", _broken("png", "zeros"), "image/png")
    answer = admin_client.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "Снимок", "collection": Collection.get_first_root_node().pk, "files[]": upload},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.status_code == 200
    assert not answer.json()["success"]
