"""A visitor with a keyboard alone: impaired version, skip link, menu, search, facets."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

# What has the focus, in words, and whether one can see that it has.
_FOCUS = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  const seen = box.width > 0 && box.height > 0 && style.visibility !== 'hidden';
  const inner = e.closest('label, .seg, .field, form, li, p') || e;
  const marked = [e, inner, e.nextElementSibling, e.parentElement].filter(Boolean).some((x) => {
    const s = getComputedStyle(x);
    return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
  });
  return {
    tag: e.tagName, text: (e.innerText || e.getAttribute('aria-label') || e.name || '').trim(),
    href: e.getAttribute('href') || '', seen, marked,
    top: box.top, bottom: box.bottom, height: innerHeight, left: box.left, right: box.right,
  };
}"""


def walk(page: Page, steps: int) -> list[dict]:
    """Press Tab ``steps`` times; returns where the focus was."""
    stations = []
    for _step in range(steps):
        page.keyboard.press("Tab")
        stations.append(page.evaluate(_FOCUS))
    return stations


def apart(one: dict, other: dict) -> bool:
    """Whether two places on the screen do not cover each other."""
    return (
        one["bottom"] <= other["top"]
        or other["bottom"] <= one["top"]
        or one["right"] <= other["left"]
        or other["right"] <= one["left"]
    )


@pytest.mark.parametrize("width", [320, 1280])
def test_impaired_version_and_skip_link_come_first(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/novosti/")
    hidden = page.locator(".skip").bounding_box()
    assert hidden
    assert hidden["y"] + hidden["height"] <= 0
    first, second = walk(page, 2)
    assert first["text"] == "Версия для слабовидящих"
    assert second["href"] == "#main"
    for station in (first, second):
        assert station["seen"]
        assert station["marked"]
        assert station["top"] >= 0
    assert apart(first, second), (first, second)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#main$"))
    (inside,) = walk(page, 1)
    is_inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert is_inside, inside


def test_skip_link_does_not_cover_the_panel_of_the_impaired_version(page: Page) -> None:
    page.goto("/vision/?vis=on&next=/novosti/")
    (skip,) = walk(page, 1)
    assert skip["href"] == "#main"
    assert skip["seen"]
    panel = page.locator("section.vis").bounding_box()
    assert panel
    assert skip["bottom"] <= panel["y"]


def test_focus_is_seen_everywhere(page: Page) -> None:
    for path in ("/", "/dokumenty/", "/dorozhnaya-karta/", "/search/?q=наставничество"):
        page.goto(path)
        stations = [station for station in walk(page, 60) if station["tag"] != "BODY"]
        unseen = [station for station in stations if not (station["seen"] and station["marked"])]
        assert unseen == [], path
        hidden = [s for s in stations if s["bottom"] < 0 or s["top"] > s["height"]]
        assert hidden == [], path


def test_menu_on_a_phone_by_keyboard(phone: Page) -> None:
    phone.goto("/")
    button = phone.get_by_role("button", name="Меню")
    button.focus()
    phone.keyboard.press("Enter")
    menu = phone.locator("#menu")
    expect(menu).to_be_visible()
    phone.keyboard.press("Tab")
    inside = phone.evaluate("document.getElementById('menu').contains(document.activeElement)")
    assert inside
    phone.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


def test_search_by_keyboard(page: Page) -> None:
    page.goto("/")
    for _step in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type("наставничество")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?"))
    expect(page.locator("main")).to_contain_text(re.compile("наставн", re.I))


def test_facets_by_keyboard(page: Page) -> None:
    page.goto("/dokumenty/")
    facet = page.locator("main form input[type=checkbox], main form input[type=radio]").first
    facet.focus()
    page.keyboard.press("Space")
    expect(facet).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\?"))
    expect(page.locator("main")).to_be_visible()


def tab_to(page: Page, text: str, most: int = 120) -> dict:
    """Press Tab until something that says ``text`` has the focus; fails when it never has."""
    for _step in range(most):
        (station,) = walk(page, 1)
        if text in station["text"]:
            assert station["seen"], station
            assert station["marked"], station
            return station
    raise AssertionError(f"{most} presses of Tab do not reach «{text}»")


def test_the_order_is_found_and_downloaded_without_a_mouse(page: Page) -> None:
    page.goto("/")
    tab_to(page, "Документы")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dokumenty/")
    tab_to(page, "дорожной карты")
    page.keyboard.press("Enter")
    page.wait_for_url("**/prikaz-64/")
    tab_to(page, "текстовая версия")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert re.search("[а-яё]", download.value.suggested_filename, re.I)


def test_the_impaired_version_is_set_without_a_mouse(page: Page) -> None:
    page.goto("/novosti/")
    tab_to(page, "Версия для слабовидящих", most=1)
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    html = page.locator("html")
    expect(html).to_have_attribute("data-size", "2")
    for _step in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "size":
            break
    # With scripts a choice works at once; without them there is a button.
    page.keyboard.press("ArrowRight")
    expect(html).not_to_have_attribute("data-size", "2")
    page.goto("/")
    expect(html).not_to_have_attribute("data-size", "2")


def test_suggestions_are_said_to_a_screen_reader(page: Page) -> None:
    page.goto("/search/")
    field = page.get_by_role("combobox", name="Что найти").last
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("прик")
    offered = page.get_by_role("option")
    expect(offered.first).to_be_visible()
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^\d+ подсказ"))).to_be_attached()
    field.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)

    # What the browser itself hands to the programs that read aloud.
    spoken = page.context.new_cdp_session(page)
    tree = spoken.send("Accessibility.getFullAXTree")["nodes"]
    spoken.detach()
    fields = [
        {prop["name"]: prop["value"] for prop in node["properties"]}
        for node in tree
        if node.get("role", {}).get("value") == "combobox"
    ]
    (open_field,) = [said for said in fields if said.get("expanded", {}).get("value")]
    assert open_field["focused"]["value"] is True
    assert open_field["activedescendant"]["relatedNodes"]
    field.press("Escape")
    expect(offered.first).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")


def test_a_question_goes_along_into_the_other_language(page: Page) -> None:
    page.goto("/search/?q=64")
    page.get_by_role("navigation", name="Язык страницы").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/en/search/\?q=64$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")


def test_the_marked_suggestion_is_on_a_small_screen(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 420})
    page.goto("/search/")
    field = page.get_by_role("combobox", name="Что найти").last
    field.press_sequentially("по")
    expect(page.get_by_role("option").first).to_be_visible()
    # From the field upwards: the last one.
    field.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("option").last).to_be_in_viewport(ratio=1)
