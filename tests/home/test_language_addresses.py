"""Addresses of languages: the switch names real translations, the rest leads to the source."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from core.models import Card
from tests.factories.home import StandardPageFactory
from tests.home.test_languages import translate

pytestmark = pytest.mark.django_db


def links(response: Any) -> list[tuple[str, str]]:
    """``hreflang`` and address of every alternate of a page."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(response.content, "html.parser")
    found = soup.select("link[rel=alternate][hreflang]")
    return [(str(link["hreflang"]), str(link["href"])) for link in found]


def test_switch_and_alternates_name_real_translations(
    client: Client, site_tree: Any, english: Locale
) -> None:
    page = StandardPageFactory(slug="o-nas")
    assert links(client.get(page.url)) == []
    translated = translate(page, english)

    for shown in (page, translated):
        response = client.get(shown.url)
        assert sorted(links(response)) == [
            ("en", "http://testserver/en/o-nas/"),
            ("ru", "http://testserver/o-nas/"),
            ("x-default", "http://testserver/o-nas/"),
        ]
    html = client.get(translated.url).content.decode()
    assert '<html lang="en"' in html
    assert "EN Текст страницы." in html


def test_untranslated_page_leads_to_its_source(
    client: Client, site_tree: Any, english: Locale
) -> None:
    page = StandardPageFactory(slug="o-nas")
    translate(site_tree.home, english)
    alias = page.copy_for_translation(english, alias=True)

    response = client.get(alias.url)

    assert alias.url == "/en/o-nas/"
    assert (response.status_code, response["Location"]) == (302, "/o-nas/")
    assert links(client.get(page.url)) == []
    assert not Card.objects.filter(page_id=alias.pk).exists()


@pytest.mark.parametrize("path", ["", "o-nas/", "no-such-page/"])
def test_language_without_a_translation_leads_to_the_source(
    client: Client, site_tree: Any, english: Locale, path: str
) -> None:
    page = StandardPageFactory(slug="o-nas")
    response = client.get(f"/en/{path}")
    assert (response.status_code, response["Location"]) == (302, f"/{path}")
    assert client.get("/en/search/").status_code == 200
    translate(site_tree.home, english)
    translate(page, english)
    assert client.get("/en/o-nas/").status_code == 200


def test_menu_of_a_language_names_no_aliases(
    client: Client, site_tree: Any, english: Locale
) -> None:
    StandardPageFactory(title="Контакты", show_in_menus=True)
    translate(site_tree.home, english)
    about = StandardPageFactory(title="О центре", show_in_menus=True)
    translate(about, english)
    Page.objects.get(title="Контакты").copy_for_translation(english, alias=True)

    html = client.get("/en/").content.decode()

    header = html[: html.index("</header>")]
    assert "EN О центре" in header
    assert "Контакты" not in header
