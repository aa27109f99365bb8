"""The operator writes a new version of a consent; a person is asked about it on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, first_page
from tests.browser.portal_process import PortalProcess
from tests.browser.test_accounts import PASSWORD, press

QUESTION = "**/cabinet/consents/question/**"
# Somebody who has agreed to the version in force.
PERSON = """
from people.models import User
from people.services.consent_texts import text_in_force
from people.services.consents import give_consent
person = User.objects.create_user("asked@example.org", "Круглый-стол-2020",
    first_name="Ася", last_name="Спрошенная")
give_consent(user=person, text=text_in_force("distribution"), items=["name"])
"""


def fits(page: Page, width: int) -> None:
    """Nothing for axe to say, and nothing to scroll sideways."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def log_in(page: Page) -> None:
    page.goto("/account/log-in/")
    page.fill("input[name=login]", "asked@example.org")
    page.fill("input[name=password]", PASSWORD)
    press(page, "Войти")
    page.wait_for_url(QUESTION)


def test_a_new_version_from_the_desk_to_the_phone(
    sign_in: Callable[..., Page],
    open_context: Callable[..., BrowserContext],
    portal: PortalProcess,
    shot: Callable[..., Path],
) -> None:
    portal.script(PERSON)
    desk = sign_in("Администратор")
    desk.goto("/cabinet/consents/texts/")
    fits(desk, 1280)
    desk.get_by_role("link", name=re.compile("Написать .* на распространение")).click()
    fits(desk, 1280)
    desk.get_by_label("Цели").fill("распространение опыта района")
    desk.get_by_label("Фотография").uncheck()
    press(desk, "Сравнить редакции")
    expect(desk.locator("ins").first).to_contain_text("района")
    expect(desk.locator("del", has_text="Фотография")).to_be_visible()
    fits(desk, 1280)
    desk.set_viewport_size(PHONE)
    fits(desk, 360)
    shot(desk, "consent-versions-360", full_page=True)
    press(desk, "Ввести новую редакцию в действие")
    expect(desk.locator("main")).to_contain_text("Введено в действие")
    desk.get_by_role("link", name=re.compile("Текст и .* на распространение")).first.click()
    expect(desk.locator("main")).to_contain_text("Что изменила эта редакция")
    fits(desk, 360)

    phone = first_page(open_context(viewport=PHONE))
    log_in(phone)
    # The consent to processing was never asked for; it comes first and says no more than it must.
    expect(phone.get_by_role("heading", level=1)).to_contain_text("обработку")
    expect(phone.get_by_label("Фамилия")).to_have_value("Спрошенная")
    fits(phone, 360)
    shot(phone, "consent-question-360", full_page=True)
    press(phone, "Позже")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("распространение")
    expect(phone.locator("main")).to_contain_text("Что изменилось")
    expect(phone.get_by_role("checkbox", checked=True)).to_have_count(1)
    fits(phone, 360)
    shot(phone, "consent-new-version-360", full_page=True)
    press(phone, "Оставить прежнее согласие")
    phone.wait_for_url("**/cabinet/")
    phone.goto("/cabinet/profile/")
    phone.wait_for_url("**/cabinet/consents/processing/**")
    fits(phone, 360)

    # The next log-in asks once more; the same without scripts.
    plain = first_page(open_context(viewport=PHONE, java_script_enabled=False))
    log_in(plain)
    press(plain, "Не даю согласия")
    plain.wait_for_url("**/cabinet/")
