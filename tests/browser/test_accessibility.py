"""axe finds nothing on any page type: light, dark, and in the version for impaired sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from core.vision import CHOICES
from tests.browser.axe import violations, violations_in_other_colours
from tests.browser.conftest import PHONE, Watch, first_page
from tests.browser.page_types import ALL, MODELS, address
from tests.browser.portal_process import PortalProcess


def open_page(page: Page, portal: PortalProcess, kind: str) -> None:
    """Open a page of the kind; an error page in its place is no page of the kind."""
    response = page.goto(address(portal, kind))
    assert response is not None
    assert response.status == (404 if kind == "not found" else 200)


def test_every_page_type_is_named(portal: PortalProcess) -> None:
    """A page model without a page in the demonstration would never be looked at."""
    assert set(portal.inventory["models"]) == set(MODELS)
    assert set(portal.inventory["kinds"]) == set(MODELS)


@pytest.mark.parametrize("kind", ALL)
def test_axe(page: Page, portal: PortalProcess, watch: Watch, kind: str) -> None:
    """Light, and then dark, where nothing but the colours is another."""
    watch.expected = ["404"] if kind == "not found" else []
    page.emulate_media(color_scheme="light")
    open_page(page, portal, kind)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations_in_other_colours(page) == []


@pytest.mark.parametrize("kind", ALL)
def test_axe_impaired(
    open_context: Callable[..., BrowserContext], portal: PortalProcess, watch: Watch, kind: str
) -> None:
    watch.expected = ["404"] if kind == "not found" else []
    page = first_page(open_context(viewport=PHONE))
    page.goto("/vision/?vis=on&next=/health/live/")
    open_page(page, portal, kind)
    assert page.locator("html[data-vis]").count() == 1
    assert violations(page) == []


@pytest.mark.parametrize("kind", ["HomePage", "DocumentPage", "RoadMapPage", "patterns"])
def test_axe_in_every_colour_scheme(page: Page, portal: PortalProcess, kind: str) -> None:
    """The version for impaired sight has been looked at whole: here its colours."""
    for colours in CHOICES["scheme"]:
        page.goto(f"/vision/?vis=on&scheme={colours}&next=/health/live/")
        open_page(page, portal, kind)
        assert page.locator(f"html[data-scheme={colours}]").count() == 1
        assert violations_in_other_colours(page) == [], colours


def test_axe_of_the_page_of_a_failure(page: Page, portal: PortalProcess, watch: Watch) -> None:
    """No address of a healthy portal fails, so its answer is laid under one."""
    script = (
        "from django.test import RequestFactory; from core.views.errors import server_error;"
        "print('FAILURE' + server_error(RequestFactory().get('/')).content.decode())"
    )
    body = portal.script(script).partition("FAILURE")[2]
    watch.expected = ["500"]
    answer = {"status": 500, "content_type": "text/html; charset=utf-8", "body": body}
    page.route("**/oshibka/", lambda route: route.fulfill(**answer))
    page.goto("/oshibka/")
    assert page.get_by_role("heading", level=1).count() == 1
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations_in_other_colours(page) == []
