"""A teacher describes a practice on a phone: it saves itself, is looked at, and is sent."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, Watch
from tests.browser.portal_process import PortalProcess
from tests.browser.test_accounts import press
from tests.browser.test_cabinet import said
from tests.browser.test_people_journey import looks_right
from tests.core.test_upload_checks import pdf

# A teacher who has agreed to the processing, and a bank where the portal has none yet.
TEACHER = """
import uuid
from django.conf import settings
from django.test import Client
from wagtail.models import Locale
from home.models import HomePage
from people.models import Organisation, User
from people.services.consent_texts import text_in_force
from people.services.consents import give_consent
from practices.models import PracticeBankPage, PracticeKind, PracticeSectionPage
if not PracticeSectionPage.objects.filter(section="bank").exists():
    bank = PracticeBankPage(title="Практики", slug="praktiki")
    HomePage.objects.filter(alias_of=None).first().add_child(instance=bank)
    bank.add_child(instance=PracticeSectionPage(title="Копилка", slug="kopilka", section="bank"))
russian = Locale.objects.get(language_code="ru")
kind = {"name": "Приём на пять минут", "locale": russian, "translation_key": uuid.uuid4()}
PracticeKind.objects.get_or_create(slug="five-minutes", defaults=kind)
Organisation.objects.create(name="Школа карточек", slug="cards-school", kind="school")
user = User.objects.create_user("cards@example.org", "Круглый-стол-2020",
    first_name="Лидия", last_name="Пробная")
give_consent(user=user, text=text_in_force("processing"))
client = Client()
client.force_login(user)
print("SESSION", client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


def test_from_the_first_word_to_the_review(
    portal: PortalProcess, open_context: Callable[..., BrowserContext], watch: Watch
) -> None:
    # The line breaks and the session ends while the text saves itself.
    watch.expected = ["net::ERR_INTERNET_DISCONNECTED", "403"]
    session = said(portal.script(TEACHER), "SESSION")
    context = open_context(viewport=PHONE)
    context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    write_it(context.new_page())


def saved(page: Page) -> None:
    expect(page.locator("[data-writing-state]")).to_contain_text("Сохранено в", timeout=15_000)


def write_it(page: Page) -> None:
    page.goto("/cabinet/practices/new/")
    press(page, "Начать")
    looks_right(page)
    page.get_by_label("Где получен опыт").select_option("Школа карточек")
    saved(page)
    press(page, "Сохранить и продолжить")

    page.get_by_label("Название").fill("Устный счёт: карточки")
    saved(page)
    expect(page.locator("h1")).to_have_text("Устный счёт: карточки")
    # The line breaks, the text stays in this browser; it is back, and the text is saved.
    page.context.set_offline(True)
    page.get_by_label("О чём она").fill("Десять примеров за две минуты.")
    expect(page.locator("[data-writing-state]")).to_contain_text("Не сохранено: нет связи")
    page.context.set_offline(False)
    saved(page)
    page.reload()
    expect(page.get_by_label("О чём она")).to_have_value("Десять примеров за две минуты.")
    expect(page.get_by_text("В этом браузере остался")).to_have_count(0)
    looks_right(page)
    page.get_by_label("Вид", exact=True).select_option("Приём на пять минут")
    page.get_by_label("начальное общее образование").check()
    page.get_by_label("С класса").select_option("2")
    page.get_by_label("школьный").check()
    page.locator("summary", has_text="Предметы").click()
    page.get_by_label("математика", exact=True).check()
    press(page, "Сохранить и продолжить")

    page.get_by_label("Зачем это нужно").fill("Дети считают на пальцах.")
    # The session ends: what is written waits for the log-in, and is saved by itself after it.
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Цель").fill("Считать в уме.")
    expect(page.locator("[data-writing-state]")).to_contain_text("Не сохранено: вы вышли")
    page.context.add_cookies(cookies)
    saved(page)
    press(page, "Шаги")
    page.get_by_label("Шаг", exact=True).first.fill("Разминка")
    page.get_by_label("Что делаем").first.fill("Пять примеров вслух.")
    saved(page)
    looks_right(page)
    press(page, "Сохранить и продолжить")

    page.get_by_label("До", exact=True).fill("много")
    page.get_by_label("Что стало лучше").fill("Было 42 %, стало 70 %.")
    expect(page.locator("[data-writing-state]")).to_contain_text("Исправьте поле: До")
    page.get_by_label("До", exact=True).fill("42,5")
    saved(page)
    press(page, "Сохранить и продолжить")

    cards = {"name": "Карточки.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.get_by_label("Ещё один файл").set_input_files(cards)
    press(page, "Добавить файл")
    expect(page.get_by_label("Как его увидят коллеги")).to_have_value("Карточки")
    page.get_by_label("нельзя узнать ребёнка").check()
    looks_right(page)
    press(page, "Сохранить и продолжить")

    expect(page.locator("main")).to_contain_text("Педагог района")
    page.get_by_label("Я автор").check()
    looks_right(page)
    press(page, "Сохранить и продолжить")

    expect(page.locator("main")).to_contain_text("Всё заполнено")
    looks_right(page)
    page.get_by_role("link", name="Посмотреть страницу").click()
    expect(page.locator("main")).to_contain_text("Пять примеров вслух.")
    page.go_back()
    press(page, "Отправить на проверку")
    expect(page.locator("main")).to_contain_text("Методист провер")
    looks_right(page)
    page.goto(urlsplit(page.url).path.replace("/check/", "/results/"))
    expect(page.get_by_label("Что стало лучше")).to_be_disabled()
    looks_right(page)
