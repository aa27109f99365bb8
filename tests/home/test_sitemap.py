"""What programs read of the site: the map, robots.txt, security.txt, the manifest."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree
from wagtail.models import Locale

from core.models import SiteSettings
from home import sitemaps
from home.services.roles import set_up_roles
from people.enums import ConsentItem
from people.services.consent_texts import set_up_consent_texts
from people.sitemaps import TeacherSitemap
from tests.factories.home import DocumentPageFactory, StandardPageFactory
from tests.factories.people import OrganisationFactory
from tests.home.conftest import ListBudget
from tests.people.teacher_page import agree, make_teacher

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
MAP_QUERIES = 7
TEACHER_QUERIES = 5


def entries(client: Client, query: str = "", *, section: str = "pages") -> dict[str, Any]:
    """Entries of one file of the map by address."""
    response = client.get(f"/sitemap-{section}.xml{query}")
    root = etree.fromstring(response.content)
    return {url.findtext("s:loc", namespaces=NAMES): url for url in root.findall("s:url", NAMES)}


def test_map_holds_public_pages_alone(client: Client, site_tree: Any) -> None:
    page = StandardPageFactory(slug="otkrytaya")
    StandardPageFactory(slug="chernovik", draft=True)
    StandardPageFactory(slug="dlya-voshedshih", signed_in_only=True)
    StandardPageFactory(slug="pod-parolem", restricted=True)
    DocumentPageFactory(slug="sluzhebnyj", signed_in_only=True)
    page.create_alias(update_slug="povtor", parent=site_tree.home)

    found = entries(client)

    assert set(found) == {
        "http://testserver/",
        site_tree.news.full_url,
        site_tree.library.full_url,
        site_tree.topics.full_url,
        "http://testserver/otkrytaya/",
    }
    changed = found["http://testserver/otkrytaya/"].findtext("s:lastmod", namespaces=NAMES)
    assert changed.startswith(f"{timezone.localdate():%Y-%m-%d}")


def test_translations_name_each_other(client: Client, site_tree: Any) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    home = site_tree.home.copy_for_translation(english)
    home.save_revision().publish()
    page = StandardPageFactory(slug="o-nas")
    translated = page.copy_for_translation(english)
    translated.save_revision().publish()

    found = entries(client)

    for address in ("http://testserver/o-nas/", "http://testserver/en/o-nas/"):
        alternates = {
            link.get("hreflang"): link.get("href")
            for link in found[address].findall("x:link", NAMES)
        }
        assert alternates == {
            "ru": "http://testserver/o-nas/",
            "en": "http://testserver/en/o-nas/",
            "x-default": "http://testserver/o-nas/",
        }
    assert found[site_tree.news.full_url].findall("x:link", NAMES) == []


def test_map_has_several_files(
    client: Client, site_tree: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps.PageSitemap, "limit", 3)
    index = etree.fromstring(client.get("/sitemap.xml").content)
    files = [item.text for item in index.findall(".//s:loc", NAMES)]
    assert files == [
        "http://testserver/sitemap-pages.xml",
        "http://testserver/sitemap-pages.xml?p=2",
        "http://testserver/sitemap-organisations.xml",
        "http://testserver/sitemap-teachers.xml",
    ]
    assert len(entries(client)) == 3
    assert len(entries(client, "?p=2")) == 1


def test_queries_of_the_map(client: Client, list_budget: ListBudget) -> None:
    seen = list_budget.check(StandardPageFactory, MAP_QUERIES, lambda: entries(client))
    assert len(seen) == list_budget.count + 4


def test_teachers_are_read_file_by_file(
    client: Client, site_tree: Any, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    set_up_roles()
    set_up_consent_texts()
    monkeypatch.setattr(TeacherSitemap, "limit", 3)
    pages = [make_teacher(number) for number in range(4)]
    # The first one has taken the name back.
    agree(pages[0].user, "distribution", [ConsentItem.POSITION])
    addresses = "http://testserver/teachers/teacher-a"
    # The frame of the pages is kept from here on.
    client.get("/")
    for query, expected in (("", [1, 2]), ("?p=2", [3])):
        with django_assert_num_queries(TEACHER_QUERIES):
            found = entries(client, query, section="teachers")
        assert set(found) == {f"{addresses}{number}/" for number in expected}
    assert "teacher" not in client.get("/sitemap.xml").content.decode().replace(
        "sitemap-teachers.xml", ""
    )


def test_robots_names_the_map_and_closes_the_admin(client: Client, site_tree: Any) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Disallow: /search/" in lines
    assert "Disallow: /en/search/" in lines
    assert "Disallow: /" not in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_security_txt_says_whom_to_tell_and_until_when(client: Client, site_tree: Any) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    owner = SiteSettings.objects.get_or_create(site=site_tree.home.get_site())[0]
    owner.security_email = "weakness@example.ru"
    owner.save()

    response = client.get("/.well-known/security.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == "mailto:weakness@example.ru"
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "ru, en"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=120) < left < timedelta(days=366)


def test_manifest_and_icon(client: Client, site_tree: Any) -> None:
    response = client.get("/site.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    assert response.json()["name"] == "Центр непрерывного повышения квалификации"
    assert client.get("/favicon.ico")["Location"].endswith("favicon.svg")


def test_a_page_has_one_address_whatever_name_was_asked(
    client: Client, site_tree: Any, settings: Any, english: Locale
) -> None:
    """Search engines see the site's own name; another one that it answers to leaves no trace."""
    settings.ALLOWED_HOSTS = ["*"]
    OrganisationFactory()
    site_tree.home.copy_for_translation(english).save_revision().publish()
    other = {"HTTP_HOST": "other.example", "HTTP_ACCEPT_LANGUAGE": "ru"}
    addresses = ["/", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-organisations.xml"]
    for address in [*addresses, "/organisations/", "/teachers/"]:
        text = client.get(address, **other).content.decode()
        assert "http://testserver" in text, address
        assert "other.example" not in text, address
    home = client.get("/", **other).content.decode()
    assert 'hreflang="en" href="http://testserver/en/"' in home
