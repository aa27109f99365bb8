"""The settings of the portal are translated where everything else of them is set."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client, TestCase
from wagtail.models import Locale, Site

from core.models import SiteSettings
from tests.core.conftest import Visitor, committed, visitor
from tests.factories.people import UserFactory
from tests.home.test_languages import translate

__all__ = ["committed", "visitor"]

pytestmark = pytest.mark.django_db

ENGLISH = {
    "language": "en",
    "portal_name": "",
    "portal_subtitle": "Education Department",
    "short_place": "",
    "owner_name": "The Department of Education",
    "operator_name": "",
    "address": "Kurmanaevka",
    "demo_banner": "Invented data",
}


def form_of(settings: SiteSettings, *rows: dict[str, str]) -> dict[str, Any]:
    """What the browser sends when the settings are saved with ``rows`` in other languages."""
    own = ("portal_name", "portal_subtitle", "short_place", "owner_name", "operator_name")
    own += ("address", "email", "phone", "age_mark", "security_email", "demo_banner")
    data = {name: getattr(settings, name) for name in own}
    data |= {"social_image": "", "words-TOTAL_FORMS": len(rows), "words-INITIAL_FORMS": 0}
    data |= {"words-MIN_NUM_FORMS": 0, "words-MAX_NUM_FORMS": 1000}
    for number, row in enumerate(rows):
        data |= {f"words-{number}-{name}": value for name, value in row.items()}
        data |= {f"words-{number}-id": "", f"words-{number}-DELETE": ""}
    return data


def frame(client: Client, address: str) -> str:
    """Header and footer of a page in one line."""
    text = client.get(address).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    parts = re.findall(r"<header.*?</header>|<footer.*?</footer>", text, re.S)
    return re.sub(r"\s+", " ", " ".join(parts))


def test_settings_speak_the_language_of_the_page(
    site_tree: SimpleNamespace, visitor: Visitor, client: Client
) -> None:
    home = translate(site_tree.home, Locale.objects.get_or_create(language_code="en")[0])
    site = Site.objects.get()
    settings = SiteSettings.for_site(site)
    settings.owner_name, settings.operator_name = "Отдел образования", "МКУ «ИМЦ»"
    settings.portal_subtitle, settings.address = "Отдел", "Курманаевка"
    settings.demo_banner = "Данные вымышлены"
    with TestCase.captureOnCommitCallbacks(execute=True):
        settings.save()
    visitor.see(home.url)
    assert visitor.see(home.url) == "hit"
    # Untranslated: the header is silent, what the law asks for says which language it is in.
    before = frame(visitor.client, home.url)
    assert '<p lang="ru">Отдел образования</p>' in before
    assert '<span lang="ru">МКУ «ИМЦ»</span>' in before
    assert '<span class="to-desk"></span>' in before

    client.force_login(UserFactory(superuser=True))
    address = f"/admin/settings/core/sitesettings/{site.pk}/"
    assert "На других языках" in client.get(address).content.decode()
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert client.post(address, form_of(settings, ENGLISH)).status_code == 302
    after = frame(visitor.client, home.url)
    for words in (
        "Education Department",
        "<p>The Department of Education</p>",
        "<p>Kurmanaevka</p>",
    ):
        assert words in after
    assert "<span>Invented data</span>" in after
    assert '<span lang="ru">МКУ «ИМЦ»</span>' in after
    assert f"<b>{home.title}</b>" in after
    russian = frame(visitor.client, "/")
    assert "Отдел образования" in russian
    assert "Department" not in russian

    # The same language twice is refused in words, and nothing that was typed is lost.
    twice = client.post(address, form_of(SiteSettings.for_site(site), ENGLISH, ENGLISH))
    assert twice.status_code == 200
    assert twice.content.decode().count("The Department of Education") >= 2
