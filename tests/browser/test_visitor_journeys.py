"""What visitors come for: the order, the road map on a phone, the version for impaired sight."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, first_page


def test_visitor_finds_the_order_and_downloads_it(page: Page) -> None:
    page.goto("/")
    # With the suggestions at work the field is a combobox, without script a search field.
    field = page.locator("input[type=search]:visible").first
    field.fill("приказы о дорожной карте центра")
    field.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?"))
    page.locator("main a[href*='/prikaz-64/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("дорожной карты")
    expect(page.locator("main")).to_contain_text("№ 64")
    with page.expect_download() as download:
        page.locator("main a[href*='/files/'], main a[download]").first.click()
    name = download.value.suggested_filename
    assert re.search("[а-яё]", name, re.I), name
    assert Path(download.value.path()).stat().st_size > 1000


def test_parent_reads_the_road_map_on_a_phone(
    phone: Page, open_context: Callable[..., BrowserContext]
) -> None:
    phone.goto("/")
    phone.get_by_role("button", name="Меню").click()
    phone.locator("#menu").get_by_role("link", name="Дорожная карта").click()
    phone.wait_for_url(re.compile("/dorozhnaya-karta/"))
    main = phone.locator("main")
    expect(main.get_by_role("heading", level=1)).to_be_visible()
    expect(main).to_contain_text("2024")
    assert width_of(phone) <= 360
    # What is long stands folded; a table of figures, a part of the list and a measure open.
    measures = main.locator("tr[id^=mera-]:visible")
    expect(measures).to_have_count(0)
    expect(main.get_by_text("не планируется").locator("visible=true")).to_have_count(1)
    main.get_by_text("Таблица по годам").first.click()
    expect(main.get_by_text("не планируется").locator("visible=true")).to_have_count(4)
    main.get_by_text("Меры 4.1–4.8").click()
    expect(measures).to_have_count(8)
    measure = main.locator("#mera-4-2")
    expect(measure.get_by_text("Щеглова М.Е.")).to_be_hidden()
    measure.get_by_text("Подробнее").click()
    expect(measure.get_by_text("Щеглова М.Е.")).to_be_visible()
    # The address of a measure unfolds it, also without a script, as a selection does; on paper
    # nothing is folded.
    for scripts in (True, False):
        page = first_page(open_context(viewport=PHONE, java_script_enabled=scripts))
        page.goto("/dorozhnaya-karta/#mera-4-20")
        expect(page.locator("#mera-4-20 td").last).to_be_visible()
        expect(page.locator("#mera-4-1")).to_be_hidden()
        page.goto("/dorozhnaya-karta/?status=done")
        expect(page.locator("tr[id^=mera-]:visible")).to_have_count(16)
        page.goto("/dorozhnaya-karta/?")
        page.emulate_media(media="print")
        expect(page.locator("tr[id^=mera-]:visible")).to_have_count(32)
        expect(page.locator(".gantt, .tbl-s").locator("visible=true")).to_have_count(7)


def test_impaired_version_without_scripts(without_scripts: Page) -> None:
    page = without_scripts
    page.goto("/novosti/")
    page.get_by_role("link", name="Версия для слабовидящих").click()
    assert "/novosti/" in page.url
    html = page.locator("html")
    expect(html).to_have_attribute("data-vis", re.compile(".*"))
    size = font_size(page)
    panel = page.locator("section.vis")
    panel.get_by_label("200 %").check(force=True)
    panel.get_by_label("Белое на чёрном").check(force=True)
    panel.get_by_role("button", name="Применить").click()
    assert font_size(page) > size
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(0, 0, 0)"
    # Remembered on the next page, and left by one link.
    page.goto("/dorozhnaya-karta/")
    assert font_size(page) > size
    page.get_by_role("link", name="Обычная версия").first.click()
    expect(page.locator("html[data-vis]")).to_have_count(0)


def test_news_are_read_without_scripts(without_scripts: Page) -> None:
    page = without_scripts
    page.goto("/")
    page.locator("main a[href*='/novosti/']").first.click()
    page.wait_for_url(re.compile("/novosti/"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_search_repairs_a_typo(page: Page) -> None:
    page.goto("/search/?q=настаничество")
    expect(page.locator("main")).to_contain_text(re.compile("наставничеств", re.I))


def test_facets_narrow_the_library_without_scripts(without_scripts: Page) -> None:
    page = without_scripts
    page.goto("/dokumenty/")
    main = page.locator("main")
    everything = main.locator("#results a[href^='/dokumenty/']").count()
    # The first of the types: other journeys add some and change what there is.
    main.locator("input[name='type']").first.check(force=True)
    main.get_by_role("button", name="Показать").click()
    page.wait_for_url(re.compile(r"\?"))
    assert 0 < main.locator("#results a[href^='/dokumenty/']").count() < everything


def test_pictures_of_the_portal(page: Page, phone: Page, shot: Callable[..., Path]) -> None:
    """The pictures that README shows are made here, from the portal as it is."""
    page.goto("/")
    assert shot(page, "home", document="docs/img/home.png").stat().st_size > 20_000
    page.goto("/dorozhnaya-karta/")
    shot(page, "road-map")
    page.goto("/dokumenty/")
    shot(page, "documents")
    phone.goto("/")
    shot(phone, "home-phone")


def width_of(page: Page) -> int:
    """How wide the page is laid out, in CSS pixels."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def font_size(page: Page) -> float:
    """The size of the text of the page, in CSS pixels."""
    return float(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))
