"""The screens of the editors' guide, walked through as the guide tells it.

``GUIDE_SCREENSHOTS=1`` (``make guide-screenshots``) writes the pictures into docs/editors/img.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.database import BASE_DIR

FOLDER = BASE_DIR / "docs" / "editors" / "img"
SIZE = {"width": 1120, "height": 760}
LARGEST = 120 * 1024


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keeps the picture of a screen when pictures are wanted."""

    def save(page: Page, name: str) -> None:
        assert (FOLDER / f"{name}.png").exists() or os.environ.get("GUIDE_SCREENSHOTS")
        if os.environ.get("GUIDE_SCREENSHOTS"):
            FOLDER.mkdir(parents=True, exist_ok=True)
            page.mouse.move(0, 0)
            page.wait_for_timeout(300)
            page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")

    return save


def test_entrance(page: Page, picture: Callable[[Page, str], None]) -> None:
    page.set_viewport_size(SIZE)
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="Вход в панель управления")).to_be_visible()
    expect(page.get_by_text("Забыли пароль?")).to_be_visible()
    picture(page, "vhod")


def test_editors_screens(sign_in: Callable, picture: Callable[[Page, str], None]) -> None:
    page = sign_in("Редактор", viewport=SIZE)
    for heading in ("Ждёт меня", "Мои черновики", "Истекают сроки документов и страниц"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.get_by_role("heading", name="Просроченные меры дорожной карты")).to_have_count(0)
    picture(page, "glavnaya")

    page.goto("/admin/news/")
    expect(page.get_by_role("columnheader", name="Рубрика")).to_be_visible()
    picture(page, "novosti")

    page.goto("/admin/library/")
    expect(page.get_by_role("columnheader", name="Статус документа")).to_be_visible()
    picture(page, "dokumenty")


def test_methodists_screens(sign_in: Callable, picture: Callable[[Page, str], None]) -> None:
    page = sign_in("Методист", viewport=SIZE)
    expect(page.get_by_role("heading", name="Просроченные меры дорожной карты")).to_be_visible()
    page.goto("/admin/snippets/core/topic/")
    expect(page.get_by_role("link", name="Аттестация").first).to_be_visible()
    picture(page, "spravochniki")


def test_coordinators_screens(sign_in: Callable, picture: Callable[[Page, str], None]) -> None:
    page = sign_in("Координатор", viewport=SIZE)
    page.goto("/admin/snippets/monitoring/measure/")
    expect(page.get_by_role("main")).to_contain_text("4.1")
    picture(page, "dorozhnaya-karta")


def test_pictures_of_the_guide_are_small_and_all_used() -> None:
    """Every picture stands in the guide, and none is heavy."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.parent.glob("*.md")))
    names = sorted(path.name for path in Path(FOLDER).glob("*.png"))
    assert len(names) >= 8
    assert [name for name in names if f"img/{name}" not in text] == []
    assert [name for name in names if (FOLDER / name).stat().st_size > LARGEST] == []
