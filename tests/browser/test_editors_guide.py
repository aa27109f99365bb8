"""The screens of the editors' guide, walked through as the guide tells it.

``PICTURES=1`` (``make pictures``) writes the pictures into docs/editors/img.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.portal_process import PortalProcess
from tests.database import BASE_DIR

FOLDER = BASE_DIR / "docs" / "editors" / "img"
SIZE = {"width": 1120, "height": 760}
LARGEST = 120 * 1024
TITLE = "Открыт сбор заявок на педагогические чтения"
Picture = Callable[[Page, str], None]

# The clock of this command alone is set forward.
PUBLISH_LATER = """
from datetime import timedelta
from unittest.mock import patch
from django.core.management import call_command
from django.utils import timezone
with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=400)):
    call_command("publish_scheduled")
"""


@pytest.fixture
def picture() -> Picture:
    """Keeps the picture of a screen when pictures are wanted; else it must be there already."""

    def save(page: Page, name: str) -> None:
        path = FOLDER / f"{name}.png"
        if not os.environ.get("PICTURES"):
            assert path.exists()
            return
        FOLDER.mkdir(parents=True, exist_ok=True)
        page.wait_for_timeout(500)
        page.screenshot(path=path, animations="disabled")
        with Image.open(path) as image:
            small = image.convert("P", palette=Image.Palette.ADAPTIVE, colors=128)
        small.save(path, optimize=True)

    return save


def letters(portal: PortalProcess) -> list[str]:
    """Receiver and subject of every letter that the portal has written to its log."""
    log = (portal.folder / "server.log").read_text(encoding="utf-8", errors="replace")
    found = re.findall(r"^Subject: (.*(?:\n .*)*)\nFrom: .*\nTo: (.*)$", log, re.MULTILINE)
    return [f"{to}: {make_header(decode_header(subject))}" for subject, to in found]


def more(page: Page, action: str) -> None:
    """One of the actions beside «Сохранить черновик»."""
    page.get_by_role("button", name="Больше действий").click()
    page.locator("footer").get_by_role("button", name=action, exact=True).click()


def open_from_panel(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name=TITLE).first.click()
    page.wait_for_url("**/edit/")


def leave(page: Page) -> None:
    page.wait_for_url(lambda url: "/edit/" not in url and "/add/" not in url)


def test_entrance(page: Page, picture: Picture) -> None:
    page.set_viewport_size(SIZE)  # type: ignore[arg-type]
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="Вход на портал")).to_be_visible()
    expect(page.get_by_label("Пароль", exact=True)).to_be_visible()
    picture(page, "vhod")


def test_news_from_the_first_draft_to_the_site(
    sign_in: Callable[..., Page], picture: Picture, portal: PortalProcess
) -> None:
    """Editor writes, methodist returns, editor corrects, coordinator publishes at a set time."""
    author = sign_in("Редактор", viewport=SIZE)
    author.goto("/admin/news/")
    picture(author, "novosti")
    author.get_by_role("link", name="Добавить").first.click()
    author.wait_for_url("**/add/**")
    author.fill("#id_title", TITLE)
    author.fill("#id_summary", "Заявки принимаем по электронной почте центра.")
    author.select_option("#id_rubric", label="Центр")
    picture(author, "novost")
    author.locator(".c-sf-add-button").first.click()
    author.locator(".w-combobox__option", has_text="Цитата").wait_for()
    picture(author, "bloki")
    author.locator(".w-combobox__option", has_text="Цитата").click()
    author.locator("textarea[name$='-text']").fill("Расскажите о том, что получилось на уроке.")
    author.get_by_role("button", name="Больше действий").click()
    picture(author, "otpravka")
    author.locator("footer").get_by_role("button", name="Проверка и утверждение").click()
    leave(author)

    methodist = sign_in("Методист", viewport=SIZE)
    expect(methodist.get_by_role("link", name=TITLE)).to_be_visible()
    picture(methodist, "zhdet")
    open_from_panel(methodist)
    more(methodist, "Вернуть на доработку")
    methodist.locator(".modal textarea").fill("Назовите срок и адрес для заявок.")
    picture(methodist, "vozvrat")
    methodist.locator(".modal button[type=submit]").click()
    leave(methodist)

    author.goto("/admin/")
    expect(author.get_by_text("Назовите срок и адрес для заявок.")).to_be_visible()
    picture(author, "zamechanie")
    open_from_panel(author)
    author.fill("#id_summary", "Заявки принимаем до 1 марта: metod@example.ru.")
    author.get_by_role("button", name="Больше действий").click()
    author.locator("footer").get_by_role("button", name="Проверка методистом").click()
    leave(author)

    open_from_panel(methodist)
    more(methodist, "Одобрить")
    leave(methodist)

    coordinator = sign_in("Координатор", viewport=SIZE)
    open_from_panel(coordinator)
    coordinator.get_by_role("button", name="Статус").first.click()
    coordinator.get_by_role("button", name="Установить расписание").click()
    coordinator.fill("#id_go_live_at", "01.12.2027 09:00")
    picture(coordinator, "raspisanie")
    # The open calendar covers the button: press it without the mouse.
    save = coordinator.get_by_role("button", name="Сохранить расписание")
    with coordinator.expect_navigation():
        save.evaluate("node => node.click()")
    open_from_panel(coordinator)
    more(coordinator, "Одобрить и опубликовать")
    leave(coordinator)

    author.goto("/novosti/")
    expect(author.get_by_role("link", name=TITLE)).to_have_count(0)
    portal.script(PUBLISH_LATER)
    author.goto(f"/novosti/?fresh={os.getpid()}")
    author.get_by_role("link", name=TITLE).first.click()
    expect(author.get_by_role("heading", level=1, name=TITLE)).to_be_visible()

    people = portal.inventory["people"]
    # Another journey may have made a second methodist, who hears of it as well.
    known = tuple(f"{address}:" for address in people.values())
    # The outbox is emptied every few seconds.
    for _attempt in range(300):
        found = [line for line in letters(portal) if TITLE in line and line.startswith(known)]
        if len(found) >= 5:
            break
        time.sleep(0.1)
    assert found == [
        f"{people['Методист']}: Ждёт вашей проверки: {TITLE}",
        f"{people['Редактор']}: Нужно исправить: {TITLE}",
        f"{people['Методист']}: Ждёт вашей проверки: {TITLE}",
        f"{people['Координатор']}: Ждёт вашей проверки: {TITLE}",
        f"{people['Редактор']}: Утверждено: {TITLE}",
    ]


def test_lists_of_the_admin(sign_in: Callable[..., Page], picture: Picture) -> None:
    editor = sign_in("Редактор", viewport=SIZE)
    for heading in ("Ждёт меня", "Мои черновики", "Истекают сроки документов и страниц"):
        expect(editor.get_by_role("heading", name=heading)).to_be_visible()
    expect(editor.get_by_role("heading", name="Просроченные меры")).to_have_count(0)
    picture(editor, "glavnaya")
    editor.goto("/admin/library/")
    expect(editor.get_by_role("columnheader", name="Статус документа")).to_be_visible()
    picture(editor, "dokumenty")

    coordinator = sign_in("Координатор", viewport=SIZE)
    expect(coordinator.get_by_role("heading", name="Просроченные меры")).to_be_visible()
    coordinator.goto("/admin/snippets/core/topic/")
    expect(coordinator.get_by_role("link", name="Аттестация").first).to_be_visible()
    picture(coordinator, "spravochniki")
    coordinator.goto("/admin/snippets/monitoring/measure/")
    expect(coordinator.get_by_role("main")).to_contain_text("4.1")
    picture(coordinator, "dorozhnaya-karta")


def test_pictures_of_the_guide_are_small_and_all_used() -> None:
    """Every picture stands in the guide, and none is heavy."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.parent.glob("*.md")))
    names = sorted(path.name for path in Path(FOLDER).glob("*.png"))
    assert len(names) >= 8
    assert [name for name in names if f"img/{name}" not in text] == []
    assert [name for name in names if (FOLDER / name).stat().st_size > LARGEST] == []
