"""The rooms of the admin, walked through: each opens, in Russian, and asks no other host.

The watch over every window fails a test in which a page asks a foreign host or a script stumbles.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import PHONE
from tests.browser.portal_process import PortalProcess

# Rooms of the menu are found on the first screen; these are reached from within.
FURTHER = [
    "/admin/account/",
    "/admin/images/add/",
    "/admin/documents/multiple/add/",
    "/admin/pages/search/?q=наставничество",
    "/admin/reports/site-history/",
    "/admin/reports/aging-pages/",
    "/admin/collections/",
    "/admin/workflows/list/",
]
# One screen to write in for each page type and each kind of record.
_EDITORS = """
import json
from django.urls import reverse
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models
found = {}
for page in Page.objects.filter(depth__gt=1, alias_of=None).order_by("path"):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    found.setdefault(page.specific_class.__name__, address)
for model in get_snippet_models():
    record = model._default_manager.first()
    views = model.snippet_viewset
    found[model.__name__] = reverse(views.get_url_name("list"))
    if record is not None:
        found[f"{model.__name__} record"] = reverse(views.get_url_name("edit"), args=[record.pk])
print("EDITORS" + json.dumps(found))
"""


def rooms(page: Page) -> list[str]:
    """The addresses of the menu, with those of its sub-menus."""
    page.goto("/admin/")
    page.locator(".sidebar-menu-item").first.wait_for()
    props = page.locator("script#wagtail-sidebar-props").text_content() or ""
    return sorted(set(re.findall(r'"(/admin/[^"]*)"', props)) - {"/admin/logout/"})


def trouble(page: Page, addresses: Iterable[str]) -> list[str]:
    """What is wrong with the pages behind the addresses, each of them given time to come to rest.

    Two tabs take turns: while one is waited for, the other has its page drawn.
    """
    tabs = deque([page, page.context.new_page()])
    opened: deque[tuple[Page, str, Response | None]] = deque()
    wrong = []
    for address in addresses:
        if len(opened) == len(tabs):
            wrong.append(_trouble_of(*opened.popleft()))
        opened.append((tabs[0], address, tabs[0].goto(address)))
        tabs.rotate(-1)
    wrong += [_trouble_of(*tab) for tab in opened]
    return [words for words in wrong if words]


def _trouble_of(page: Page, address: str, response: Response | None) -> str:
    page.wait_for_load_state("networkidle")
    if response is None or response.status != 200:
        return f"{address}: {response.status if response else 'no answer'}"
    heading = page.title()
    return "" if re.search("[а-яё]", heading, re.I) else f"{address}: {heading}"


def test_every_room_of_the_menu_opens(sign_in: Callable[..., Page]) -> None:
    page = sign_in("Администратор")
    found = rooms(page)
    assert len(found) > 15, found
    assert trouble(page, [*found, *FURTHER]) == []


def test_every_kind_of_page_and_record_can_be_written(
    sign_in: Callable[..., Page], portal: PortalProcess
) -> None:
    output = portal.script(_EDITORS)
    editors = json.loads(output[output.index("EDITORS") + len("EDITORS") :])
    assert len(editors) > 15, editors
    page = sign_in("Администратор")
    assert trouble(page, editors.values()) == []


def test_pictures_of_all_blocks_in_the_picker(sign_in: Callable[..., Page]) -> None:
    page = sign_in("Редактор")
    page.goto("/admin/news/")
    page.get_by_role("link", name="Добавить").first.click()
    page.locator(".c-sf-add-button").first.click()
    eyes = page.locator(".w-combobox__option-preview")
    eyes.first.wait_for()
    assert eyes.count() == page.locator(".w-combobox__option").count() > 10
    for eye in eyes.all():
        with page.expect_response(re.compile("/block-preview/")) as answer:
            eye.click()
        assert answer.value.status == 200


@pytest.mark.parametrize("address", ["news", "library", "documents", "snippets/monitoring/measure"])
def test_a_list_shows_its_last_column_on_a_phone(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("Координатор", viewport=PHONE)
    page.goto(f"/admin/{address}/")
    page.locator("main .listing tbody td.title").first.wait_for()
    title, right = page.evaluate(
        """() => {
            const table = document.querySelector("main .listing");
            table.parentElement.scrollLeft = 9999;
            return [
                table.querySelector("tbody td.title").clientWidth,
                table.rows[0].lastElementChild.getBoundingClientRect().right,
            ];
        }"""
    )
    assert title >= 190
    assert right < PHONE["width"] + 1


def test_the_button_that_saves_is_in_reach_on_a_phone(sign_in: Callable[..., Page]) -> None:
    """Whatever is scrolled to, in a form of a page and of a list; no choice is wider than it."""
    page = sign_in("Координатор", viewport=PHONE)
    for address in ("news", "snippets/people/organisation"):
        page.goto(f"/admin/{address}/")
        page.goto(page.locator("td.title a[href*='/edit/']").first.get_attribute("href") or "")
        save = page.locator("footer button[type=submit]").first
        for place in (0, 400, 99999):
            page.evaluate("place => scrollTo(0, place)", place)
            expect(save).to_be_in_viewport(ratio=1)
        widths = page.locator("main select").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().right)"
        )
        assert max(widths) <= PHONE["width"]


def test_a_wrong_schedule_is_seen_at_once(sign_in: Callable[..., Page]) -> None:
    page = sign_in("Координатор", viewport=PHONE)
    page.goto("/admin/news/")
    page.goto(page.locator("a[href*='/edit/']").first.get_attribute("href") or "")
    window = page.locator("#schedule-publishing-dialog")
    page.evaluate(
        "document.getElementById('schedule-publishing-dialog')"
        ".dispatchEvent(new CustomEvent('w-dialog:show'))"
    )
    for field, words in (("go_live_at", "05.01.2090 09:00"), ("expire_at", "01.01.2090 09:00")):
        window.locator(f"#id_{field}").fill(words)
        window.locator(f"#id_{field}").press("Tab")
    # The calendar has left with the last field.
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
    window.get_by_role("button", name="Сохранить расписание").click()
    page.wait_for_load_state()
    expect(window).to_be_visible()
    expect(window).to_contain_text("должно быть раньше")
