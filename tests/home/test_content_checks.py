"""What the portal tells an editor about a page that some cannot read, and how previews look."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.content_checks import findings, is_shouted
from core.userbar import PortalContentChecker
from home.models import NewsPage
from people.models import User
from tests.factories.core import PortalDocumentFactory, PortalImageFactory
from tests.factories.home import NewsPageFactory
from tests.home.desk import Desk

pytestmark = pytest.mark.django_db


def found_in(*blocks: tuple[str, Any], title: str = "Новость") -> list[str]:
    """Findings on a page of these blocks (raw values)."""
    page = NewsPage(title=title)
    page.body = [{"type": name, "value": value} for name, value in blocks]
    return findings(page)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<p><a href="/a/">здесь</a></p>', "«здесь»"),
        ('<p><a href="/a/">Подробнее…</a></p>', "«Подробнее…»"),
        ('<p><a href="/a/">По ссылке</a></p>', "«По ссылке»"),
        ('<p><a href="/a/">https://example.ru/file</a></p>', "https://example.ru"),
        ('<p><a href="/a/"></a></p>', "без слов"),
        ("<p>ПРИГЛАШАЕМ ВСЕХ ПЕДАГОГОВ РАЙОНА</p>", "Заглавные"),
        ("<h4>Сроки</h4>", "пропускает уровень"),
    ],
)
def test_text_that_some_cannot_read_is_named(html: str, words: str) -> None:
    found = found_in(("text", html))
    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/a/">Положение о конкурсе</a></p>',
        "<p>МКУ «ИМЦ», ФГОС ООО, ВПР и ГИА в 2026 году</p>",
        "<p>Курманаевский район</p>",
    ],
)
def test_good_text_is_left_in_peace(html: str) -> None:
    assert found_in(("text", html)) == []


def test_headings_go_down_one_level_at_a_time() -> None:
    heading = ("heading", {"text": "Сроки", "anchor": "sroki"})
    assert found_in(heading, ("text", "<h3>Заявки</h3><h4>Где</h4>")) == []
    assert len(found_in(heading, ("text", "<h4>Где</h4>"))) == 1


def test_capitals() -> None:
    assert is_shouted("ИТОГИ МУНИЦИПАЛЬНОГО КОНКУРСА")
    assert not is_shouted("Итоги конкурса МКУ ИМЦ")
    assert found_in(title="ИТОГИ МУНИЦИПАЛЬНОГО КОНКУРСА ЧТЕЦОВ")


def test_table_without_heading_and_button_without_sense() -> None:
    table = {
        "caption": "Сроки",
        "table": {
            "columns": [{"type": "text", "heading": "Этап"}, {"type": "text", "heading": ""}],
            "rows": [{"values": ["Заявки", "1 марта"]}],
        },
    }
    assert "столбец без заголовка" in found_in(("table", table))[0]
    call = {"title": "Конкурс", "text": "", "link": {"text": "Подробнее", "url": "https://a.ru"}}
    assert "«Подробнее»" in found_in(("call_to_action", call))[0]


@pytest.mark.django_db
def test_pictures_and_films() -> None:
    image = PortalImageFactory()

    def picture(alt: str, decorative: bool = False) -> tuple[str, Any]:
        value = {"image": image.pk, "alt_text": alt, "decorative": decorative}
        return ("image", {"image": value, "caption": ""})

    assert "похоже на имя файла" in found_in(picture("IMG_2041.jpg"))[0]
    assert "нет описания" in found_in(picture(""))[0]
    assert found_in(picture("Педагоги у доски")) == []
    assert found_in(picture("", decorative=True)) == []
    film = PortalDocumentFactory(filename="urok.mp4")
    value = {"title": "Урок", "file": film.pk, "captions": None, "poster": None, "transcript": ""}
    assert "ни субтитров, ни текста" in found_in(("video", value))[0]
    value["transcript"] = "<p>Здравствуйте</p>"
    assert "нет субтитров" in found_in(("video", value))[0]
    value["captions"] = PortalDocumentFactory(filename="urok.vtt").pk
    assert found_in(("video", value)) == []


def test_editor_is_told_after_a_save_by_hand_and_not_by_itself(
    site_tree: SimpleNamespace, superuser: User
) -> None:
    client = Client()
    client.force_login(superuser)
    desk = Desk(superuser, client, site_tree, {}, site_tree.home)
    page = NewsPageFactory(parent=site_tree.news, draft=True)
    shouted = {"title": "ПРИГЛАШАЕМ НА ПЕДАГОГИЧЕСКИЕ ЧТЕНИЯ"}

    response = desk.save(page, **shouted)
    said = " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert "заглавными буквами" in said

    silent = Client(HTTP_ACCEPT="application/json")
    silent.force_login(superuser)
    response = Desk(superuser, silent, site_tree, {}, site_tree.home).save(page, **shouted)
    assert list(get_messages(response.wsgi_request)) == []


def test_editor_is_told_what_becomes_of_the_schedule(
    site_tree: SimpleNamespace, superuser: User
) -> None:
    live, end = (timezone.localtime() + timedelta(days=days) for days in (1, 9))
    times = {"go_live_at": f"{live:%Y-%m-%d %H:%M}", "expire_at": f"{end:%Y-%m-%d %H:%M}"}

    def said(**data: str) -> str:
        page = NewsPageFactory(parent=site_tree.news, draft=True)
        client = Client()
        client.force_login(superuser)
        response = Desk(superuser, client, site_tree, {}, site_tree.home).save(page, **data)
        return " ".join(str(message) for message in get_messages(response.wsgi_request))

    saved, scheduled, plain = said(**times), said(**times, **{"action-publish": "1"}), said()
    for words in (saved, scheduled):
        assert f"{live.day} " in words
        assert f"{live:%H:%M}" in words
        assert "снят" in words
    assert "после утверждения" in saved
    assert "Будет снято с сайта" in scheduled
    # An end alone is no more in force than a beginning.
    for words in (saved, said(expire_at=times["expire_at"])):
        assert "снятие с сайта" in words
        assert "после утверждения" in words
        assert "Будет" not in words
    assert "Будет опубликовано" in scheduled
    assert "после утверждения" not in scheduled
    for words in ("Будет снято", "Будет опубликовано", "асписание"):
        assert words not in plain


def test_checker_of_the_preview_has_our_rules_and_russian_words() -> None:
    configuration = PortalContentChecker(in_editor=True).get_axe_configuration(None)
    rules = configuration["options"]["runOnly"]
    for name in ("table-without-caption", "film-without-subtitles", "heading-order", "image-alt"):
        assert name in rules
    for name in rules:
        message = configuration["messages"][name]
        for part in (message["error_name"], message["help_text"]):
            assert any("а" <= letter <= "я" for letter in str(part).lower()), (name, str(part))
    assert configuration["context"]["include"] == ["main"]


@pytest.mark.parametrize(
    ("mode", "has", "lacks"),
    [
        ("", 'data-theme="light"', "data-vis"),
        ("dark", 'data-theme="dark"', "data-vis"),
        ("impaired", 'data-vis="on"', 'data-theme="dark"'),
    ],
)
def test_previews(
    mode: str, has: str, lacks: str, site_tree: SimpleNamespace, superuser: User
) -> None:
    client = Client()
    client.force_login(superuser)
    client.cookies["vis"] = "4.wb.off.3.plain"
    page = NewsPageFactory(parent=site_tree.news, draft=True)
    Desk(superuser, client, site_tree, {}, site_tree.home).save(page)
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    html = client.get(address, {"mode": mode}).content.decode()
    opening = html[html.index("<html") :].split(">", 1)[0]
    assert has in opening
    assert lacks not in opening
    assert [size["device_width"] for size in page.preview_sizes] == [360, 768, 1280]
