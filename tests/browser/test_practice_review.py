"""A practice on its way: returned at a field, sent again, scored, decided, generalised, public."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.portal_process import PortalProcess
from tests.browser.test_accounts import press
from tests.browser.test_cabinet import said
from tests.browser.test_people_journey import looks_right

# The bank of the demonstration may have its pages already.
PLACE = """
import json
from django.conf import settings
from django.test import Client
from django.utils import timezone
from home.services.practice_review import attach_practice_workflow
from people.enums import Role
from people.models import User
from practices.enums import Section
from practices.models import PracticeBankPage, PracticeCase, PracticePage, PracticeSectionPage
from wagtail.models import Site
home = Site.objects.get(is_default_site=True).root_page
bank = PracticeBankPage.objects.first()
if bank is None:
    bank = home.add_child(instance=PracticeBankPage(title="Практики", slug="praktiki-proba"))
    for section in Section:
        bank.add_child(instance=PracticeSectionPage(
            title=section.label, slug=section.value, section=section))
attach_practice_workflow(bank)
def person(email, name):
    user = User.objects.create_user(email, "Круглый-стол-2020", first_name="Вера", last_name=name)
    return user
author = person("avtor-praktiki@example.org", "Авторова")
experts = [person(f"expert-{n}@example.org", f"Экспертова-{n}") for n in (1, 2)]
methodist = User.objects.filter(groups__name=Role.METHODIST.value).first()
section = PracticeSectionPage.objects.filter(section=Section.BANK).first()
page = section.add_child(instance=PracticePage(title="Звёзды над степью", slug="zvyozdy",
    summary="Вечер наблюдений для всей школы.", goal="Научить находить созвездия.", live=False))
page.save_revision(user=author)
page.authors.create(user=author, confirmed_at=timezone.now())
PracticeCase.objects.create(practice=page)
page.get_workflow().start(page, author)
def session(user):
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
print("PLACE", json.dumps({"page": page.pk, "methodist": session(methodist),
    "experts": [session(expert) for expert in experts]}))
"""
AGAIN = """
from practices.models import PracticePage
page = PracticePage.objects.get(slug="zvyozdy")
page.results = "Половина класса узнаёт шесть созвездий."
page.save_revision(user=page.authors.get().user)
page.current_workflow_state.resume(page.authors.get().user)
print("AGAIN yes")
"""


def test_from_the_return_to_the_addresses(
    portal: PortalProcess, open_context: Callable[..., BrowserContext]
) -> None:
    place = json.loads(said(portal.script(PLACE), "PLACE"))

    def room(session: str) -> Page:
        context = open_context(viewport=PHONE)
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        return context.new_page()

    desk = room(place["methodist"])
    desk.goto("/cabinet/review/")
    looks_right(desk)
    desk.get_by_role("link", name="Звёзды над степью").click()
    pass_all(desk)
    desk.get_by_role("group", name="Есть аннотация").get_by_label("Нужно исправить").check()
    press(desk, "Завершить проверку")
    expect(desk.get_by_role("alert").first).to_contain_text("Напишите, что исправить.")
    looks_right(desk)
    desk.locator('textarea[name^="note_"]:visible').first.fill("Сократите аннотацию")
    press(desk, "Завершить проверку")
    expect(desk.locator("main")).to_contain_text("Возвращена")

    said(portal.script(AGAIN), "AGAIN")
    desk.goto(f"/cabinet/review/{place['page']}/")
    expect(desk.locator("main")).to_contain_text("шесть созвездий")
    pass_all(desk)
    press(desk, "Завершить проверку")
    for number in (1, 2):
        desk.get_by_label("Найти эксперта по имени или почте").fill(f"Экспертова-{number}")
        press(desk, "Найти")
        with desk.expect_navigation():
            desk.get_by_role("button", name="Попросить").first.click()
        expect(desk.locator("main")).to_contain_text(f"Экспертова-{number}")
    looks_right(desk)

    for session in place["experts"]:
        own = room(session)
        own.goto("/cabinet/")
        own.get_by_role("link", name="Открыть лист").first.click()
        for group in own.locator("fieldset.field").all():
            group.get_by_label("3", exact=True).check()
        expect(own.locator("output")).to_have_text("24")
        looks_right(own)
        own.get_by_label("Заключение").fill("Повторят в любой школе.")
        press(own, "Сдать баллы")
        expect(own.locator("main")).to_contain_text("Баллов: 24")

    desk.goto(f"/cabinet/review/{place['page']}/")
    looks_right(desk)
    desk.get_by_label("Предложить в «Адреса передового опыта»").check()
    press(desk, "Принять решение")
    desk.get_by_label("Номер протокола").fill("4")
    desk.get_by_label("Дата протокола").fill("2026-01-15")
    desk.get_by_label("Обобщить на муниципальном уровне").check()
    press(desk, "Внести решение")
    expect(desk.locator("main")).to_contain_text("Теперь: Опубликовано")
    looks_right(desk)


def pass_all(desk: Page) -> None:
    """Every point of the checklist is passed."""
    for point in desk.get_by_label("Пройдено").all():
        point.check()
