"""Rights of a person on a phone: erased by an administrator, corrected by the school."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, first_page
from tests.browser.portal_process import PortalProcess
from tests.browser.test_accounts import PASSWORD, press
from tests.browser.test_cabinet import said
from tests.browser.test_people_journey import looks_right

# Somebody who has agreed, and somebody who decides.
PEOPLE = """
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from people.enums import Role
from people.models import User
from people.services.consent_texts import text_in_force
from people.services.consents import give_consent
person = User.objects.create_user("leaves@example.org", "Круглый-стол-2020",
    first_name="Зоя", last_name="Уходилова")
give_consent(user=person, text=text_in_force("processing"))
keeper = User.objects.create_user("erases@example.org", "Круглый-стол-2020",
    first_name="Олег", last_name="Решалов")
keeper.groups.add(Group.objects.get(name=Role.ADMINISTRATOR.value))
for name, user in (("PERSON", person), ("KEEPER", keeper)):
    client = Client()
    client.force_login(user)
    print(name, client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


def prove(page: Page) -> None:
    """The password once more, which a stolen session does not know."""
    page.wait_for_url("**/account/sure/**")
    looks_right(page)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.locator("main form button").first.click()


def test_an_administrator_erases_a_person_on_a_phone(
    portal: PortalProcess, open_context: Callable[..., BrowserContext]
) -> None:
    sessions = portal.script(PEOPLE)

    def window(name: str) -> Page:
        context = open_context(viewport=PHONE, has_touch=True, is_mobile=True)
        cookie = {"name": "sessionid", "value": said(sessions, name), "url": portal.url}
        context.add_cookies([cookie])
        return first_page(context)

    person, keeper = window("PERSON"), window("KEEPER")
    person.goto("/cabinet/my-data/")
    looks_right(person)
    person.get_by_role("link", name="Запросить удаление моих данных").click()
    prove(person)
    expect(person.locator("main")).to_contain_text("Будет удалено")
    looks_right(person)
    press(person, "Запросить удаление моих данных")
    expect(person.get_by_role("alert")).to_contain_text("Поставьте отметку")
    looks_right(person)
    person.get_by_label("Я понимаю, что отменить это нельзя").check()
    press(person, "Запросить удаление моих данных")
    expect(person.locator("main")).to_contain_text("Ждёт решения")

    keeper.goto("/cabinet/erasures/")
    looks_right(keeper)
    keeper.get_by_role("link", name="Уходилова Зоя").click()
    prove(keeper)
    expect(keeper.locator("main")).to_contain_text("leaves@example.org")
    looks_right(keeper)
    press(keeper, "Удалить безвозвратно")
    keeper.wait_for_url("**/cabinet/erasures/")
    expect(keeper.get_by_role("link", name="Уходилова")).to_have_count(0)
    expect(keeper.get_by_text("Данные удалены")).to_be_visible()
    looks_right(keeper)

    # The session of the erased ends with the account, and nobody logs in to it again.
    person.goto("/cabinet/my-data/")
    person.wait_for_url("**/account/log-in/**")
    person.locator("input[name=login]").fill("leaves@example.org")
    person.locator("input[name=password]").fill(PASSWORD)
    person.locator("main form:not([data-passkey]) button.btn").click()
    expect(person.get_by_role("alert")).to_be_visible()


# Somebody of the register, who keeps it, who looks after the portal.
CORRECTED = """
from datetime import date
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from people.enums import OrganisationRoleKind, Role
from people.models import (
    Organisation, OrganisationRole, StaffPosition, StaffRecord, TrainingRecord, User,
)
def account(name, last_name):
    return User.objects.create_user(f"{name}@example.org", "Круглый-стол-2020",
        first_name="Ирина", last_name=last_name)
school = Organisation.objects.first()
person, head, admin = (
    account("wrong", "Ошибкина"), account("mends", "Исправнова"), account("looks", "Смотрова")
)
OrganisationRole.objects.create(
    user=head, organisation=school, kind=OrganisationRoleKind.HEAD, starts_on=date(2024, 9, 1)
)
admin.groups.add(Group.objects.get(name=Role.ADMINISTRATOR.value))
record = StaffRecord.objects.create(user=person, last_name="Ошибкина", first_name="Ирина",
    birth_date=date(1980, 5, 6))
StaffPosition.objects.create(
    record=record, organisation=school, title="учитель", starts_on=date(2015, 9, 1)
)
TrainingRecord.objects.create(
    record=record, programme="Читательская грамотность", provider="институт", hours=36,
    ends_on=date(2026, 3, 31), state="confirmed"
)
record.save_revision()
for name, user in (("PERSON", person), ("HEAD", head), ("ADMIN", admin)):
    client = Client()
    client.force_login(user)
    print(name, client.cookies[settings.SESSION_COOKIE_NAME].value)
print("RECORD", record.pk)
"""


def test_a_school_corrects_what_a_person_finds_wrong(
    portal: PortalProcess, open_context: Callable[..., BrowserContext]
) -> None:
    said_of = portal.script(CORRECTED)

    def window(name: str) -> Page:
        context = open_context(viewport=PHONE, has_touch=True, is_mobile=True)
        cookie = {"name": "sessionid", "value": said(said_of, name), "url": portal.url}
        context.add_cookies([cookie])
        return first_page(context)

    person, head, admin = window("PERSON"), window("HEAD"), window("ADMIN")
    person.goto("/cabinet/my-data/")
    person.get_by_role("link", name="Попросить исправить").click()
    looks_right(person)
    person.get_by_role("link", name="Дата рождения").click()
    expect(person.locator("main")).to_contain_text("06.05.1980")
    press(person, "Попросить исправить")
    expect(person.get_by_role("alert")).to_contain_text("Так и записано")
    looks_right(person)
    person.get_by_label("Как правильно").fill("1981-05-06")
    press(person, "Попросить исправить")
    person.wait_for_url("**/my-data/corrections/")
    expect(person.locator("main")).to_contain_text("06.05.1981")
    looks_right(person)

    head.goto("/cabinet/staff/corrections/")
    looks_right(head)
    head.get_by_role("link", name="Ошибкина Ирина").click()
    looks_right(head)
    press(head, "Исправить")
    head.wait_for_url("**/staff/corrections/")
    head.goto(f"/cabinet/staff/{said(said_of, 'RECORD')}/")
    expect(head.locator("main")).to_contain_text("06.05.1981")
    person.reload()
    expect(person.locator("main")).to_contain_text("Выполнен")

    # What only an administrator sees: terms, and the form for a letter.
    admin.goto("/cabinet/retention/")
    expect(admin.locator("main")).to_contain_text("Уйдёт при следующем запуске")
    looks_right(admin)
    admin.goto(f"/cabinet/staff/{said(said_of, 'RECORD')}/erase/")
    prove(admin)
    press(admin, "Удалить безвозвратно")
    expect(admin.get_by_role("alert").first).to_be_visible()
    looks_right(admin)
    admin.get_by_label("Номер письма").fill("17-04")
    admin.get_by_label("Дата письма").fill("2026-11-02")
    admin.get_by_label("О чём просит человек").fill("Просит удалить")
    admin.get_by_label("Я понимаю, что отменить это нельзя").check()
    press(admin, "Удалить безвозвратно")
    expect(admin.locator("main")).to_contain_text("Сведения об уничтожении данных")
    looks_right(admin)
