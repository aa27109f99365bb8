"""The structure with which a department starts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale, Page, PageLogEntry, Site

from core.models import Card, SiteSettings, Topic
from home.models import DocumentType, HomePage, Rubric, SectionPage, StandardPage, TopicPage
from home.services.seeding import find_page
from home.services.setup import set_up_portal
from monitoring.models import Measure, RoadMapPage
from tests.factories.home import NewsPageFactory

pytestmark = pytest.mark.django_db


def everything() -> dict[str, Any]:
    """What a second run must leave as it is."""
    return {
        "pages": list(Page.objects.order_by("pk").values_list("pk", "title", "slug", "url_path")),
        "revisions": list(
            Page.objects.order_by("pk").values_list("latest_revision_id", "live_revision_id")
        ),
        "topics": list(Topic.objects.values_list("pk", "name")),
        "measures": list(Measure.objects.values_list("pk", "title", "latest_revision_id")),
        "log": PageLogEntry.objects.count(),
    }


def test_second_run_changes_nothing(portal: None) -> None:
    before = everything()
    set_up_portal()
    assert everything() == before


def test_home_page_stands_in_place_of_wagtails_welcome(portal: None) -> None:
    site = Site.objects.get()
    assert isinstance(site.root_page.specific, HomePage)
    assert site.root_page.title == "Центр непрерывного повышения квалификации"
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert {locale.language_code for locale in Locale.objects.all()} == {
        code for code, _name in settings.LANGUAGES
    }


def test_sections_topics_and_lists(portal: None) -> None:
    home = HomePage.objects.get()
    menu = home.get_children().live().in_menu()
    assert [page.title for page in menu] == [
        "Практики",
        "Документы",
        "Новости",
        "Темы",
        "Дорожная карта",
        "О центре",
    ]
    assert TopicPage.objects.live().count() == Topic.objects.count() == 12
    assert Rubric.objects.filter(slug="issledovaniya", name="Исследования").exists()
    assert DocumentType.objects.filter(name="приказ").exists()
    about = SectionPage.objects.get(title="О центре")
    assert [page.title for page in about.get_children().live()] == [
        "Участвуем в нацпроекте «Образование»",
        "Контакты",
        "Заявление о доступности",
        "Политика в отношении обработки персональных данных",
        "Использование cookie",
    ]


def test_official_road_map_is_on_its_page(portal: None) -> None:
    page = RoadMapPage.objects.get()
    assert page.road_map.measures.count() == 32
    assert page.road_map.indicators.count() == 6


def test_no_demonstration_in_an_empty_start(portal: None) -> None:
    owner = SiteSettings.objects.get()
    assert owner.demo_banner == ""
    assert not Card.objects.of_kind("news").exists()
    text = " ".join(Card.objects.values_list("text", flat=True))
    assert "демо" not in text.lower()


def test_no_page_asks_its_visitors_to_fill_it(portal: None) -> None:
    for page in [*StandardPage.objects.all(), *TopicPage.objects.all()]:
        assert "Заполните" not in page.get_card_text(), page.title


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("o-centre/kontakty", "Эта страница готовится"),
        ("temy/attestaciya", "Этот раздел готовится"),
        ("novosti", "Новостей пока нет"),
    ],
)
def test_an_unwritten_page_says_so(portal: None, client: Client, key: str, words: str) -> None:
    page = find_page(key)
    assert page is not None
    assert words in client.get(page.url).content.decode().replace("\xa0", " ")


def test_what_an_editor_changed_stays(portal: None) -> None:
    page = find_page("o-centre/kontakty")
    assert page is not None
    page.title, page.slug = "Как нас найти", "kak-najti"
    page.save_revision().publish()
    Topic.objects.filter(slug="olimpiady").update(name="Олимпиады", slug="olimp")
    count = Page.objects.count()

    set_up_portal()

    page.refresh_from_db()
    assert (page.title, page.slug) == ("Как нас найти", "kak-najti")
    assert Page.objects.count() == count
    assert Topic.objects.filter(locale=Locale.get_default()).count() == 12


def test_what_an_editor_deleted_does_not_come_back(portal: None) -> None:
    page = find_page("o-centre")
    assert page is not None
    page.delete()
    TopicPage.objects.get(slug="olimpiady").delete()

    set_up_portal()

    assert find_page("o-centre") is None
    assert not StandardPage.objects.exists()
    assert TopicPage.objects.count() == 11


def test_every_page_is_published_with_a_revision_and_a_log_entry(portal: None) -> None:
    for page in Page.objects.filter(depth__gt=1):
        assert page.live_revision_id
        actions = PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True)
        assert {"wagtail.create", "wagtail.publish"} <= set(actions), page.title


def test_every_page_opens(client: Client, portal: None) -> None:
    for page in Page.objects.live().filter(depth__gt=1):
        response = client.get(page.get_url())
        assert response.status_code == 200, page.title


def test_footer_leads_to_the_pages_wherever_they_are_now(client: Client, portal: None) -> None:
    page = find_page("o-centre/kontakty")
    assert page is not None
    page.slug = "adres"
    page.save_revision().publish()
    html = client.get("/").content.decode()
    footer = html[html.index("<footer") :]
    assert "/o-centre/adres/" in footer
    assert "/o-centre/dostupnost/" in footer


def test_cards_are_rebuilt(portal: None) -> None:
    before = set(Card.objects.values_list("page_id", "title"))
    Card.objects.filter(kind="topic").delete()
    Card.objects.filter(kind="page").update(title="Не то")
    call_command("rebuild_cards", verbosity=0)
    assert set(Card.objects.values_list("page_id", "title")) == before


def test_search_engines_are_told_the_way_to_a_page(site_tree: Any, client: Client) -> None:
    page = NewsPageFactory(parent=site_tree.news, title="Новость")
    html = client.get(page.url).content.decode()
    data = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    steps = data["breadcrumb"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in steps] == [
        (1, "Главная"),
        (2, "Новости"),
        (3, "Новость"),
    ]
    assert steps[2]["item"] == page.full_url
    assert "BreadcrumbList" not in client.get(site_tree.home.url).content.decode()
