"""A colleague finds a practice on a phone, also without scripts, and takes its files."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import violations
from tests.browser.test_visitor_journeys import width_of

FOUND = "Мини-исследование на уроке физики"


def test_a_colleague_finds_a_practice_on_a_phone(phone: Page) -> None:
    phone.goto("/praktiki/")
    assert width_of(phone) <= 360
    assert violations(phone) == []
    phone.get_by_role("button", name="Отбор").click()
    phone.get_by_label("физика").check()
    phone.get_by_label("7 класс").check()
    phone.get_by_role("button", name="Показать практики").click()
    expect(phone.locator("#results .row-t")).to_have_count(1)
    phone.get_by_role("link", name=re.compile(FOUND)).click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text(FOUND)
    assert width_of(phone) <= 360
    assert violations(phone) == []
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Технологические карты трёх уроков").click()
    assert Path(download.value.path()).stat().st_size > 1000


def test_facets_work_without_scripts(without_scripts: Page) -> None:
    page = without_scripts
    rows = page.locator("#results .row-t")
    page.goto("/praktiki/")
    # Other journeys publish, too.
    everything = rows.count()
    page.get_by_label("начальное общее образование").check()
    page.get_by_label("дошкольное образование").check()
    page.get_by_role("button", name="Показать практики").click()
    narrowed = rows.count()
    assert 2 <= narrowed < everything
    page.get_by_role("link", name="По названию").click()
    assert "level=primary" in page.url
    for name in ("начальное общее образование", "дошкольное образование"):
        page.get_by_role("link", name=re.compile(name)).first.click()
    assert "level" not in page.url
    assert rows.count() >= everything
