"""Into an account and out of it, as people do it: with a letter, a telephone, a passkey."""

from __future__ import annotations

import email
import re
import time
from collections.abc import Callable
from email.message import Message

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.portal_process import PortalProcess

PASSWORD = "Круглый-стол-2020"
SECURITY = "/account/security/"
ROOMS = ["", "password/", "e-mail/", "app/", "keys/", "keys/add/", "sessions/"]


def letter_to(portal: PortalProcess, address: str) -> str:
    """The text of the letter that the portal has sent; the embedded one writes it to its log."""
    for _attempt in range(300):
        log = (portal.folder / "server.log").read_text(encoding="utf-8", errors="replace")
        for part in log.split("-" * 79):
            found = part.find("Content-Type: multipart/alternative")
            letter: Message = email.message_from_string(part[max(found, 0) :])
            if letter["To"] == address:
                body = next(one for one in letter.walk() if one.get_content_type() == "text/plain")
                return bytes(body.get_payload(decode=True)).decode()  # type: ignore[arg-type]
        time.sleep(0.1)
    raise AssertionError(f"no letter to {address}")


def code_of(secret: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page it leads to: a form asks for its session first."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def test_a_teacher_registers_and_protects_the_account_on_a_phone(
    phone: Page, portal: PortalProcess
) -> None:
    address = f"anna-{time.time_ns()}@example.org"
    phone.goto("/account/log-in/")
    phone.get_by_role("link", name="Зарегистрироваться").click()
    phone.get_by_label("Электронная почта").fill(address)
    phone.get_by_label("Пароль", exact=True).fill(PASSWORD)
    phone.get_by_label("Пароль ещё раз").fill("опечатка")
    press(phone, "Зарегистрироваться")
    expect(phone.get_by_role("alert")).to_contain_text("Пароли не совпадают")
    expect(phone.get_by_label("Электронная почта")).to_have_value(address)
    assert violations(phone) == []
    phone.get_by_label("Пароль", exact=True).fill(PASSWORD)
    phone.get_by_label("Пароль ещё раз").fill(PASSWORD)
    press(phone, "Зарегистрироваться")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Подтвердите")

    link = re.search(r"http\S+/account/confirm/\S+", letter_to(portal, address))
    assert link
    phone.goto(link[0])
    assert violations(phone) == []
    press(phone, "Да, подтверждаю")
    phone.wait_for_url("**/cabinet/consents/question/**")
    press(phone, "Позже")
    phone.wait_for_url("**/cabinet/")

    phone.goto(f"{SECURITY}app/")
    phone.get_by_label("Пароль").fill(PASSWORD)
    press(phone, "Продолжить")
    secret = phone.locator("main code").inner_text()
    assert phone.locator("img.qr").evaluate("image => image.naturalWidth") > 0
    assert violations(phone) == []
    phone.get_by_label("Код из приложения").fill(code_of(secret))
    press(phone, "Подключить")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Коды восстановления")
    assert phone.locator(".codes li").count() == 10
    assert violations(phone) == []

    phone.goto("/account/log-out/")
    press(phone, "Выйти")
    phone.goto("/account/log-in/")
    phone.get_by_label("Электронная почта").fill(address)
    phone.get_by_label("Пароль", exact=True).fill(PASSWORD)
    press(phone, "Войти")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Второй фактор")
    assert violations(phone) == []
    phone.get_by_label("Код").fill(code_of(secret, step=1))
    press(phone, "Войти")
    phone.wait_for_url("**/cabinet/consents/question/**")
    press(phone, "Не даю согласия")
    phone.wait_for_url("**/cabinet/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_passkey_opens_the_account_without_a_password(
    browser: Browser, portal: PortalProcess
) -> None:
    """A passkey belongs to a name, not to an address in figures."""
    home = portal.url.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=home, locale="ru-RU")
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    page.goto("/account/log-in/")
    page.get_by_label("Электронная почта").fill(portal.inventory["people"]["Педагог"])
    page.get_by_label("Пароль", exact=True).fill(portal.inventory["password"])
    press(page, "Войти")
    page.goto(f"{SECURITY}keys/add/")
    page.get_by_label("Пароль").fill(portal.inventory["password"])
    press(page, "Продолжить")
    page.get_by_label("Название ключа").fill("Телефон")
    page.get_by_label("Входить с ним без пароля").check()
    press(page, "Добавить ключ доступа")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Коды восстановления")

    page.goto("/account/log-out/")
    press(page, "Выйти")
    page.goto("/account/log-in/")
    press(page, "Войти с ключом доступа")
    page.wait_for_url("**/cabinet/")
    page.goto(f"{SECURITY}keys/")
    expect(page.locator("main")).to_contain_text("Телефон")
    page.goto("/account/sure/key/?next=/account/security/keys/")
    assert violations(page) == []
    press(page, "Предъявить ключ доступа")
    page.wait_for_url("**/keys/")
    page.get_by_role("link", name="Удалить").click()
    press(page, "Удалить")
    expect(page.locator("main")).to_contain_text("Ключей доступа пока нет")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_of_the_rooms(sign_in: Callable[..., Page], portal: PortalProcess, scheme: str) -> None:
    page = sign_in("Методист", color_scheme=scheme)
    page.goto("/account/sure/?next=/account/security/")
    page.get_by_label("Пароль").fill(portal.inventory["password"])
    press(page, "Продолжить")
    for room in ROOMS:
        page.goto(f"{SECURITY}{room}")
        assert violations(page) == [], room


def test_axe_of_invitations(sign_in: Callable[..., Page]) -> None:
    page = sign_in("Администратор", viewport={"width": 360, "height": 740})
    page.goto("/cabinet/invitations/new/")
    assert violations(page) == []
    page.get_by_label("Электронная почта").fill(f"guest-{time.time_ns()}@example.org")
    page.get_by_label("Роль").select_option("Методист")
    press(page, "Отправить приглашение")
    expect(page.locator("main")).to_contain_text("Ждёт ответа")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
