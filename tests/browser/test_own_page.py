"""A teacher opens a page on a phone, a visitor finds it, the consent is taken back, it is gone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, first_page
from tests.browser.portal_process import PortalProcess
from tests.browser.test_accounts import press
from tests.browser.test_cabinet import said
from tests.browser.test_people_journey import looks_right

# A teacher of the register who has agreed to the processing alone.
TEACHER = """
from datetime import date
from django.conf import settings
from django.test import Client
from people.models import Organisation, StaffPosition, StaffRecord, User
from people.services.consent_texts import text_in_force
from people.services.consents import give_consent
school = Organisation.objects.create(name="Школа своей страницы", slug="own-page", kind="school")
user = User.objects.create_user("own-page@example.org", "Круглый-стол-2020",
    first_name="Вера", last_name="Ковылкина")
record = StaffRecord.objects.create(last_name="Ковылкина", first_name="Вера",
    birth_date=date(1988, 4, 5), user=user)
StaffPosition.objects.create(record=record, organisation=school, title="учитель",
    starts_on=date(2015, 9, 1))
record.save_revision()
give_consent(user=user, text=text_in_force("processing"))
client = Client()
client.force_login(user)
print("SESSION", client.cookies[settings.SESSION_COOKIE_NAME].value)
"""
ADDRESS = "/teachers/vera-kovylkina/"


def test_from_the_switch_to_the_withdrawal(
    phone: Page, portal: PortalProcess, open_context: Callable[..., BrowserContext]
) -> None:
    session = said(portal.script(TEACHER), "SESSION")
    context = open_context(viewport=PHONE)
    context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    own = first_page(context)

    own.goto("/cabinet/page/")
    expect(own.get_by_label("Адрес страницы")).to_have_value("vera-kovylkina")
    own.get_by_label("О себе").fill("Учу географии в **степи**.")
    press(own, "Сохранить")
    looks_right(own)
    own.get_by_role("link", name="Открыть согласие").click()
    own.get_by_label("Фамилия, имя, отчество").check()
    own.get_by_label("Авторские материалы").check()
    press(own, "Даю согласие")
    press(own, "Открыть страницу всем")
    expect(own.locator("main")).to_contain_text("Открыта всем")

    phone.goto(ADDRESS)
    expect(phone.locator("main")).to_contain_text("Учу географии в степи.")
    looks_right(phone)
    phone.goto("/search/?q=ковылкина")
    phone.get_by_role("link", name="Ковылкина Вера").click()
    phone.wait_for_url(f"**{ADDRESS}")

    own.goto("/cabinet/consents/distribution/")
    press(own, "Отозвать")
    answer = phone.request.get(f"{portal.url}{ADDRESS}")
    assert answer.status == 404
    phone.goto("/search/?q=ковылкина")
    expect(phone.locator("main")).to_contain_text("Ничего не найдено")
    own.goto("/cabinet/page/")
    expect(own.locator("main")).to_contain_text("Скрыта: нет согласия публиковать имя")
