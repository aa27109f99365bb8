"""What the admin says of a mistake: in the words of the portal, not of its packages."""

from __future__ import annotations

from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from tests.factories.core import png_bytes
from tests.factories.home import NewsPageFactory


def test_an_address_that_is_taken(admin_client: Client, site_tree: SimpleNamespace) -> None:
    page = NewsPageFactory(title="Первая", slug="pervaya")
    answer = admin_client.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {"new_title": "Вторая", "new_slug": "pervaya", "new_parent_page": site_tree.news.pk},
    )
    html = answer.content.decode()
    assert "В разделе «Новости» уже есть страница с таким адресом. Укажите другой." in html


def test_a_move_asks_in_the_quotes_of_the_portal(
    admin_client: Client, site_tree: SimpleNamespace
) -> None:
    page = NewsPageFactory(title="Первая")
    address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, site_tree.news.pk])
    assert "в раздел «Новости»?" in admin_client.get(address).content.decode()


def test_a_picture_under_another_ending(admin_client: Client, db: None) -> None:
    upload = SimpleUploadedFile("снимок.jpg", png_bytes(), "image/jpeg")
    answer = admin_client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Снимок", "collection": Collection.get_first_root_node().pk, "files[]": upload},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert "Файл назван jpeg, а внутри него png." in answer.json()["error_message"]
