"""Every page type fits 320 pixels and 200 % zoom, prints without the frame, and is valid HTML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import Watch, first_page
from tests.browser.markup import mistakes
from tests.browser.page_types import ALL, MODELS, address
from tests.browser.portal_process import PortalProcess

# What sticks out of the window, leaving out what scrolls inside a box of its own.
_TOO_WIDE = """() => {
  const limit = document.documentElement.clientWidth;
  const scrolls = (e) => { for (; e; e = e.parentElement) {
    const flow = getComputedStyle(e).overflowX;
    if (e !== document.body && /auto|scroll|hidden|clip/.test(flow)) return true;
  } return false; };
  if (document.documentElement.scrollWidth <= limit) return [];
  return [...document.querySelectorAll('body *')]
    .filter((e) => e.getBoundingClientRect().right > limit + 1 && !scrolls(e))
    .map((e) => `${e.tagName}.${e.className}: ${Math.round(e.getBoundingClientRect().right)}`)
    .concat(`page: ${document.documentElement.scrollWidth}`);
}"""


@pytest.mark.parametrize(
    ("width", "scale"), [(320, 1), (640, 2)], ids=["320 pixels", "200 % of 1280"]
)
@pytest.mark.parametrize("impaired", [False, True], ids=["ordinary", "impaired"])
def test_no_page_scrolls_sideways(
    open_context: Callable[..., BrowserContext],
    portal: PortalProcess,
    watch: Watch,
    width: int,
    scale: int,
    impaired: bool,
) -> None:
    watch.expected = ["404"]
    # A browser at 200 % lays a window of 1280 pixels out as one of 640.
    window = open_context(viewport={"width": width, "height": 720}, device_scale_factor=scale)
    page = first_page(window)
    if impaired:
        page.goto("/vision/?vis=on&size=4&next=/")
    wide = {}
    for kind in ALL:
        page.goto(address(portal, kind))
        if found := page.evaluate(_TOO_WIDE):
            wide[kind] = found
    assert wide == {}


@pytest.mark.parametrize("kind", MODELS)
def test_print_leaves_the_frame_out(page: Page, portal: PortalProcess, kind: str) -> None:
    page.goto(address(portal, kind))
    page.emulate_media(media="print")
    for selector in ("nav#menu", ".svc", "form[role=search]", ".vis"):
        for found in page.locator(selector).all():
            assert not found.is_visible(), selector
    assert page.locator("h1").first.is_visible()


def test_html_is_valid(portal: PortalProcess, tmp_path: Path, page: Page, watch: Watch) -> None:
    watch.expected = ["404"]
    pages = {kind: page.request.get(address(portal, kind)).text() for kind in ALL}
    assert mistakes(pages, tmp_path) == []
