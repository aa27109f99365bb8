"""The demonstration content."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from pytest_django.fixtures import Settings
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.models import Card, PortalDocument, SiteSettings
from home.models import DocumentPage, HomePage, NewsPage, StandardPage, TopicPage
from home.queries.first_steps import first_steps_for
from home.services.demo import DemoRefusedError, load_demo
from home.services.demo_files import make_demo_file
from home.services.demo_people import DEMO_PASSWORD, load_demo_people
from home.services.seeding import find_page
from home.services.setup import set_up_portal
from monitoring.enums import MeasureStatus
from monitoring.models import IndicatorYear, Measure
from people.enums import Role
from people.models import User
from tests.home.test_structure import everything

pytestmark = pytest.mark.django_db


def test_news_documents_and_banner(demo: None) -> None:
    assert NewsPage.objects.live().count() == 10
    assert DocumentPage.objects.live().filter(title__endswith="(демо)").count() == 16
    assert "вымышлены" in SiteSettings.objects.get().demo_banner
    newest = NewsPage.objects.order_by("-date").first()
    assert newest is not None
    assert newest.date == timezone.localdate() - timedelta(days=4)


def test_second_run_changes_nothing(demo: None) -> None:
    before = everything()
    set_up_portal()
    load_demo()
    assert everything() == before


def test_what_an_editor_changed_or_deleted_stays_so(demo: None) -> None:
    news = NewsPage.objects.get(slug="vyshel-sbornik")
    news.title = "Сборник вышел"
    news.save_revision().publish()
    NewsPage.objects.get(slug="stazhirovka-cikl-2").delete()
    owner = SiteSettings.objects.get()
    owner.demo_banner = ""
    owner.save()

    set_up_portal()
    load_demo()

    news.refresh_from_db()
    owner.refresh_from_db()
    assert news.title == "Сборник вышел"
    assert NewsPage.objects.count() == 9
    assert owner.demo_banner == ""


def test_demo_spares_a_page_that_an_editor_wrote_before(portal: None, superuser: User) -> None:
    page = find_page("o-centre/kontakty")
    assert page is not None
    page.summary = "Настоящий адрес"
    page.save_revision(user=superuser).publish()
    load_demo()
    assert StandardPage.objects.get(pk=page.pk).summary == "Настоящий адрес"


def test_no_template_is_left_to_be_filled(demo: None) -> None:
    for page in [*StandardPage.objects.all(), *TopicPage.objects.all()]:
        assert "Заполните" not in page.get_card_text(), page.title
        assert len(page.get_card_text()) > 200, page.title


def test_the_demonstration_leaves_no_first_steps(demo: None, superuser: User) -> None:
    assert first_steps_for(superuser).rows == []


def test_links_inside_the_texts_lead_to_pages(client: Client, demo: None) -> None:
    for page in [*StandardPage.objects.all(), *TopicPage.objects.all()]:
        html = client.get(page.url).content.decode()
        assert "<a>" not in html, page.title
        assert "{page:" not in html, page.title


@pytest.mark.parametrize(("slug", "extension"), [("polozhenie-rmo", "docx"), ("plan-pk", "xlsx")])
def test_files_open_in_an_office_program(db: None, slug: str, extension: str) -> None:
    file = make_demo_file(slug=slug, title="Файл")
    assert file.file_extension == extension
    with file.file.open("rb") as stream:
        if extension == "xlsx":
            words = str(load_workbook(stream).active["A2"].value)
        else:
            words = "\n".join(part.text for part in Document(stream).paragraphs)
    assert "Демонстрационный документ" in words


def test_every_document_has_its_file(demo: None) -> None:
    files = PortalDocument.objects.filter(title__endswith="(демо)")
    assert files.count() == 17
    assert all(file.file_size for file in files)


def test_every_topic_hub_has_gathered_something(client: Client, demo: None) -> None:
    for hub in TopicPage.objects.live().filter(locale__language_code="ru"):
        assert client.get(hub.url).context["topic_sections"], hub.title


def test_a_replaced_document_and_an_earlier_version_are_shown(client: Client, demo: None) -> None:
    replaced = client.get("/dokumenty/polozhenie-rmo-prezhnee/").content.decode()
    assert 'href="/dokumenty/polozhenie-rmo/"' in replaced
    contest = client.get("/dokumenty/polozhenie-uchitel-goda/").content.decode()
    assert "Прежние редакции" in contest.replace("\xa0", " ")


def test_internal_document_is_for_signed_in_people(client: Client, demo: None) -> None:
    card = Card.objects.get(page__slug="prikaz-nastavniki")
    assert card.access == "signed_in"


def test_three_pages_are_in_english(client: Client, demo: None) -> None:
    english = Page.objects.filter(locale__language_code="en").order_by("path")
    assert list(english.values_list("title", "live", "alias_of_id")) == [
        ("Centre of Continuing Professional Development", True, None),
        ("About the centre", True, None),
        ("Accessibility statement", True, None),
    ]
    assert Translation.objects.filter(target_locale__language_code="en").count() == 3
    letters = re.compile("[А-Яа-яё]")
    for page in english.specific():
        words = page.get_card_text() if hasattr(page, "get_card_text") else page.hero_title
        assert not letters.search(f"{page.title} {page.summary} {words}"), page.title
        html = client.get(page.url).content.decode()
        assert '<html lang="en"' in html
        assert "Centre of Continuing Professional Development" in html


def test_words_often_sought_in_english_find_english_pages(client: Client, demo: None) -> None:
    page = HomePage.objects.get(locale__language_code="en")
    assert page.often_sought_words
    for word in page.often_sought_words:
        assert client.get("/en/search/", {"q": word}).context["results"], word


def test_words_often_sought_are_left_out_untranslated(client: Client, demo: None) -> None:
    source = HomePage.objects.get(locale__language_code="ru")
    assert "приказ 64" in source.often_sought_words
    page = HomePage.objects.get(locale__language_code="en")
    page.often_sought = f"{source.often_sought}, mentors"
    assert page.often_sought_words == ["mentors"]


def test_english_entrances_lead_to_english_pages_where_there_are_any(
    client: Client, demo: None
) -> None:
    html = client.get("/en/").content.decode()
    assert "p-news" not in html
    assert "/en/o-centre/" in html
    assert 'href="/temy/attestaciya/"' in html
    assert client.get("/en/novosti/").status_code == 404


def test_road_map_has_statuses_and_facts(demo: None) -> None:
    assert Measure.objects.get(number="4.13").status == MeasureStatus.DONE
    evidence = Measure.objects.get(number="4.13").evidence.get()
    assert evidence.page.title == "Аттестация"
    assert IndicatorYear.objects.filter(fact__isnull=False).count() == 24


def test_accounts_stand_in_their_groups(demo: None) -> None:
    logins = load_demo_people()
    assert [login.email for login in logins] == [login.email for login in load_demo_people()]
    groups = {
        user.email: [group.name for group in user.groups.all()]
        for user in User.objects.filter(email__endswith="@demo.local")
    }
    assert groups == {
        "admin@demo.local": [Role.ADMINISTRATOR.value],
        "koordinator@demo.local": [Role.COORDINATOR.value],
        "metodist@demo.local": [Role.METHODIST.value],
        "redaktor@demo.local": [Role.EDITOR.value],
        "pedagog@demo.local": [],
        "molodoj@demo.local": [],
        "direktor@demo.local": [],
        "metodsluzhba@demo.local": [],
    }
    assert authenticate(username="redaktor@demo.local", password=DEMO_PASSWORD)
    assert not User.objects.filter(email__endswith="@demo.local", is_superuser=True).exists()


def test_production_refuses_accounts_with_a_known_password(db: None, settings: Settings) -> None:
    settings.DEMO_DATA_ALLOWED = False
    with pytest.raises(CommandError, match="DEMO_DATA_ALLOWED"):
        call_command("load_demo")
    assert not User.objects.exists()
    with pytest.raises(DemoRefusedError):
        load_demo()


def test_every_printed_log_in_opens_its_account(demo: None, settings: Settings) -> None:
    settings.SECOND_FACTOR = "offered"
    logins = load_demo_people()
    assert len(logins) == 8
    for login in logins:
        client = Client()
        typed = {"login": login.email, "password": DEMO_PASSWORD}
        answer = client.post("/account/log-in/", typed)
        assert answer.headers["Location"] in ("/admin/", "/cabinet/"), login
        assert client.get(answer.headers["Location"]).status_code == 200, login
