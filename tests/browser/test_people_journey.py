"""A new teacher on a phone: account, consent, link, training with a scan; indicator 3 moves."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, first_page
from tests.browser.portal_process import PortalProcess
from tests.browser.test_accounts import PASSWORD, letter_to, press
from tests.browser.test_cabinet import said
from tests.core.test_upload_checks import pdf

# A school with a record of the teacher and with somebody who keeps its register.
SCHOOL = """
from datetime import date
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from people.models import Organisation, OrganisationRole, StaffPosition, StaffRecord, User
school = Organisation.objects.create(name="Гимназия пути", slug="journey", kind="school")
record = StaffRecord.objects.create(last_name="Дорогина", first_name="Вера",
    birth_date=date(1991, 4, 5))
StaffPosition.objects.create(record=record, organisation=school, title="учитель",
    starts_on=date(2015, 9, 1))
record.save_revision()
keeper = User.objects.create_user("journey-keeper@example.org", "Круглый-стол-2020",
    first_name="Мария", last_name="Завучева")
OrganisationRole.objects.create(user=keeper, organisation=school, kind="head",
    starts_on=date(2020, 9, 1))
methodist = User.objects.create_user("journey-methodist@example.org", "Круглый-стол-2020",
    first_name="Ольга", last_name="Методистова")
methodist.groups.add(Group.objects.get(name="Методист"))
for name, person in (("SESSION", keeper), ("METHODIST", methodist)):
    client = Client()
    client.force_login(person)
    print(name, client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


def looks_right(page: Page) -> None:
    """Nothing for axe to say, and nothing to scroll sideways."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def trained(page: Page) -> tuple[int, int]:
    """Numerator and denominator of indicator 3 of this year, as the methodist sees them."""
    page.goto(f"/cabinet/indicators/?year={timezone.localdate().year}")
    looks_right(page)
    figures = page.locator("li", has=page.locator("#indicator-3")).locator("dd a")
    numerator, denominator = (re.match(r"\d+", text.strip()) for text in figures.all_inner_texts())
    assert numerator
    assert denominator
    return int(numerator[0]), int(denominator[0])


def register(page: Page, portal: PortalProcess) -> None:
    address = f"vera-{time.time_ns()}@example.org"
    page.goto("/account/register/")
    page.get_by_label("Электронная почта").fill(address)
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.get_by_label("Пароль ещё раз").fill(PASSWORD)
    press(page, "Зарегистрироваться")
    link = re.search(r"http\S+/account/confirm/\S+", letter_to(portal, address))
    assert link
    page.goto(link[0])
    press(page, "Да, подтверждаю")
    page.wait_for_url("**/cabinet/consents/question/**")
    page.get_by_label("Фамилия").fill("Дорогина")
    press(page, "Даю согласие")
    expect(page.get_by_role("alert")).to_contain_text("Имя")
    expect(page.get_by_label("Фамилия")).to_have_value("Дорогина")
    looks_right(page)
    page.get_by_label("Имя", exact=True).fill("Вера")
    press(page, "Даю согласие")
    page.wait_for_url("**/cabinet/profile/")
    expect(page.get_by_label("Фамилия")).to_have_value("Дорогина")


def test_from_the_account_to_a_confirmed_course(
    phone: Page, portal: PortalProcess, open_context: Callable[..., BrowserContext]
) -> None:
    printed = portal.script(SCHOOL)

    def page_of(name: str) -> Page:
        context = open_context(viewport=PHONE)
        session = said(printed, name)
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        return first_page(context)

    keeper, methodist = page_of("SESSION"), page_of("METHODIST")
    before, staff = trained(methodist)

    register(phone, portal)
    phone.goto("/cabinet/")
    phone.locator("main").get_by_role("link", name="Найдите себя в реестре").click()
    phone.wait_for_url("**/staff/link/")
    expect(phone.get_by_label("Фамилия")).to_have_value("Дорогина")
    phone.get_by_label("Организация").select_option("Гимназия пути")
    phone.get_by_label("Дата рождения").fill("1991-04-05")
    looks_right(phone)
    press(phone, "Отправить заявку")
    expect(phone.locator("main")).to_contain_text("Ждёт решения школы")
    looks_right(phone)

    keeper.goto("/cabinet/staff/links/")
    expect(keeper.get_by_role("radio")).to_be_checked()
    looks_right(keeper)
    keeper.get_by_role("button", name="Связать").click()
    expect(keeper.locator("main")).to_contain_text("Заявок нет")

    phone.goto("/cabinet/training/")
    looks_right(phone)
    phone.get_by_role("link", name="Добавить обучение").click()
    phone.get_by_label("Программа").fill("Функциональная грамотность на уроке")
    phone.get_by_label("Кто обучал").fill("Институт развития образования")
    phone.get_by_label("Часов").fill("36")
    phone.get_by_label("Окончание обучения").fill(timezone.localdate().isoformat())
    scan = {"name": "Удостоверение.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    phone.get_by_label("Скан документа").set_input_files(scan)  # type: ignore[arg-type]
    looks_right(phone)
    press(phone, "Сохранить")
    expect(phone.locator("main")).to_contain_text("Удостоверение.pdf")
    looks_right(phone)

    keeper.goto("/cabinet/staff/training/")
    looks_right(keeper)
    scan_link = keeper.get_by_role("link", name="Удостоверение.pdf").get_attribute("href")
    assert keeper.request.get(f"{portal.url}{scan_link}").body().startswith(b"%PDF")
    keeper.get_by_role("button", name="Подтвердить").click()
    expect(keeper.locator("main")).to_contain_text("Всё подтверждено")

    # The school's word counts at once: the indicator moves by this very person.
    assert trained(methodist) == (before + 1, staff)
    methodist.locator("li", has=methodist.locator("#indicator-3")).locator("dd a").first.click()
    expect(methodist.locator("main")).to_contain_text("Дорогина")
    looks_right(methodist)

    phone.reload()
    expect(phone.locator("main")).to_contain_text("Подтверждено")
    looks_right(phone)
