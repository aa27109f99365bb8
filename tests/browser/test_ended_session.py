"""The session ends while somebody writes at the admin or in the cabinet: nothing is lost.

What is sent is held back, and goes out after a log-in in another tab.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Watch
from tests.browser.portal_process import PortalProcess
from tests.core.test_upload_checks import pdf

# A news item that waits for the methodist.
_WAITING = """
from django.urls import reverse
from home.models import NewsIndexPage, NewsPage, Rubric
from people.models import User
author = User.objects.get(email="{email}")
news = NewsPage(title="{title}", slug="{slug}", summary="Коротко.", live=False,
    rubric=Rubric.objects.first(), owner=author, body=[("quote", {{"text": "Слова"}})])
NewsIndexPage.objects.get(locale__language_code="ru").add_child(instance=news)
news.save_revision(user=author)
news.get_workflow().start(news, author)
print("EDIT" + reverse("wagtailadmin_pages:edit", args=[news.pk]))
"""
_TRANSLATED = """
from django.urls import reverse
from wagtail.models import Page
page = Page.objects.get(slug="dostupnost", locale__language_code="en")
print("EDIT" + reverse("wagtailadmin_pages:edit", args=[page.pk]))
"""


def made(portal: PortalProcess, script: str) -> str:
    """The address that a script in the portal printed."""
    return portal.script(script).rpartition("EDIT")[2].strip()


def remove(portal: PortalProcess, slug: str) -> None:
    script = f"from home.models import NewsPage; NewsPage.objects.get(slug='{slug}').delete()"
    portal.script(script)


def end_session(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


def held_back(page: Page) -> Locator:
    """The note that something was not sent; in sight, and read aloud."""
    note = page.get_by_role("alert").filter(has_text="Пока не сохранено")
    expect(note).to_be_in_viewport()
    return note


def sign_in_beside(page: Page, portal: PortalProcess, role: str) -> None:
    """Follow the link of the note and sign in there."""
    with page.context.expect_page() as opened:
        held_back(page).get_by_role("link").click()
    tab = opened.value
    tab.fill("input[name=login]", portal.inventory["people"][role])
    tab.fill("input[name=password]", portal.inventory["password"])
    tab.click("main form:not([data-passkey]) button.btn")
    # A new version of a consent would be asked about first.
    tab.wait_for_url(lambda url: "/log-in" not in url)
    tab.close()


def test_what_is_written_outlives_the_session(
    sign_in: Callable[..., Page], portal: PortalProcess
) -> None:
    """Signed out meanwhile: the form is held back, and goes out after a log-in in another tab."""
    page = sign_in("Редактор")
    page.goto("/admin/news/")
    page.get_by_role("link", name="Добавить").first.click()
    page.fill("[name=title]", "Написано долго")
    page.fill("[name=summary]", "И не потеряно")
    end_session(page)
    save = page.get_by_role("button", name="Сохранить черновик")
    save.click()
    sign_in_beside(page, portal, "Редактор")
    assert page.input_value("[name=title]") == "Написано долго"
    page.select_option("[name=rubric]", index=1)
    save.dblclick()  # one page all the same, or the record below is not the only one
    try:
        page.wait_for_url(re.compile(r"/pages/\d+/edit/"))
        assert page.input_value("[name=summary]") == "И не потеряно"
    finally:
        # The editor asks about its page every few seconds.
        page.goto("/admin/")
        remove(portal, "napisano-dolgo")


def test_a_decision_and_its_remark_outlive_the_session(
    sign_in: Callable[..., Page], portal: PortalProcess, watch: Watch
) -> None:
    """Both before the window of the remark opens, and when the remark stands in it already."""
    # Wagtail tells by itself who is at work, also in the moment of the log-in.
    watch.expected = ["403", "core.js"]
    slug, title = "zhdet-resheniya", "Ждёт решения"
    email = portal.inventory["people"]["Редактор"]
    address = made(portal, _WAITING.format(email=email, title=title, slug=slug))
    try:
        page = sign_in("Методист")
        page.goto(address)
        page.fill("[name=summary]", "Поправлено методистом")
        end_session(page)
        page.get_by_role("button", name="Больше действий").click()
        back = page.locator("footer").get_by_role("button", name="Вернуть на доработку", exact=True)
        back.click()
        sign_in_beside(page, portal, "Методист")
        page.get_by_role("button", name="Больше действий").click()
        back.click()
        remark = page.locator(".modal textarea")
        remark.fill("Назовите место встречи.")
        end_session(page)
        page.locator(".modal button[type=submit]").click()
        sign_in_beside(page, portal, "Методист")
        expect(remark).to_have_value("Назовите место встречи.")
        page.locator(".modal button[type=submit]").click()
        page.wait_for_url(lambda url: "/edit/" not in url)
        page.goto(address)
        expect(page.get_by_text("Назовите место встречи.").first).to_be_visible()
        expect(page.locator("[name=summary]")).to_have_value("Поправлено методистом")
    finally:
        page.goto("/admin/")
        remove(portal, slug)


def test_a_decision_that_was_held_back_is_not_in_the_next_save(
    sign_in: Callable[..., Page], portal: PortalProcess
) -> None:
    """Approve, hear that one is signed out, think again and save a draft: nothing is approved."""
    slug, title = "peredumal", "Передумал"
    email = portal.inventory["people"]["Редактор"]
    address = made(portal, _WAITING.format(email=email, title=title, slug=slug))
    try:
        page = sign_in("Методист")
        page.goto(address)
        end_session(page)
        page.get_by_role("button", name="Больше действий").click()
        page.locator("footer").get_by_role("button", name="Одобрить", exact=True).click()
        sign_in_beside(page, portal, "Методист")
        page.get_by_role("button", name="Сохранить черновик").click()
        expect(page.locator(".messages .success")).to_be_visible()
        page.goto("/admin/")
        waiting = page.locator("section", has=page.get_by_role("heading", name="Ждёт меня"))
        expect(waiting.get_by_role("link", name=title)).to_be_visible()
    finally:
        page.goto("/admin/")
        remove(portal, slug)


def test_a_translated_string_waits_for_the_log_in(
    sign_in: Callable[..., Page], portal: PortalProcess
) -> None:
    page = sign_in("Координатор")
    page.goto(made(portal, _TRANSLATED))
    editor = page.locator(".js-translation-editor")
    # The package glues the language to the verb.
    expect(editor.get_by_role("button", name="Опубликовать: Английский")).to_be_visible()
    english, other = "Accessibility statement", "What you can use"
    for kept, words in ((english, other), (other, english)):
        row = editor.locator("li", has_text=kept).last
        row.get_by_role("button", name="Редактировать").click()
        editor.locator("textarea").fill(words)
        end_session(page)
        editor.get_by_role("button", name="Сохранить", exact=True).click()
        sign_in_beside(page, portal, "Координатор")
        # It goes out by itself.
        expect(page.get_by_role("alert").filter(has_text="Пока не сохранено")).to_have_count(0)
        expect(editor.get_by_text("Сохранение...")).to_have_count(0)
        page.reload()
        expect(editor.get_by_text(words, exact=True).first).to_be_visible()


@pytest.mark.parametrize(
    ("role", "address", "field"),
    [
        ("Координатор", "/admin/snippets/core/topic/edit/1/", "name"),
        ("Администратор", "/admin/settings/core/sitesettings/", "portal_name"),
        ("Редактор", "/admin/account/", "name_email-first_name"),
    ],
)
def test_other_forms_are_held_back_too(
    sign_in: Callable[..., Page],
    portal: PortalProcess,
    watch: Watch,
    role: str,
    address: str,
    field: str,
) -> None:
    # Wagtail tells every few seconds who is at work at an entry, also while nobody is signed in.
    watch.expected = ["403", "core.js"] if "/edit/" in address else []
    page = sign_in(role)
    page.goto(address)
    entry = page.locator(f"[name={field}]")
    kept = entry.input_value()
    entry.fill(f"{kept} (проба)")
    end_session(page)
    save = page.locator("footer button[type=submit]").first
    save.click()
    sign_in_beside(page, portal, role)
    expect(entry).to_have_value(f"{kept} (проба)")
    entry.fill(kept)
    save.click()
    expect(page.locator(".messages .success")).to_be_visible()


def test_signing_out_needs_no_session(sign_in: Callable[..., Page]) -> None:
    page = sign_in("Редактор")
    page.goto("/admin/")
    end_session(page)
    page.evaluate("document.querySelector('form[action*=logout]').requestSubmit()")
    page.wait_for_url(lambda url: "/admin/" not in url or "log-in" in url)


def test_the_form_of_one_person_is_not_saved_by_another(
    sign_in: Callable[..., Page], portal: PortalProcess
) -> None:
    """Somebody else has signed in in another tab: the form says so, and waits for its owner."""
    page = sign_in("Редактор")
    page.goto("/admin/news/")
    page.get_by_role("link", name="Добавить").first.click()
    page.locator("[name=title]").click()
    page.fill("[name=title]", "Чужая рука")
    page.select_option("[name=rubric]", index=1)
    end_session(page)
    _sign_in_in_a_tab(page, portal, "Методист")
    save = page.get_by_role("button", name="Сохранить черновик")
    save.click()
    note = page.get_by_role("alert").filter(has_text="Не сохранено")
    expect(note).to_be_in_viewport()
    expect(note).to_contain_text("Методистова")
    assert "/add/" in page.url
    # The way out that the note offers, and in again as the one who wrote.
    with page.context.expect_page() as opened:
        note.get_by_role("link").click()
    way_out = opened.value
    way_out.locator("main form button.btn").first.click()
    way_out.wait_for_load_state()
    way_out.close()
    _sign_in_in_a_tab(page, portal, "Редактор")
    assert page.input_value("[name=title]") == "Чужая рука"
    save.click()
    try:
        page.wait_for_url(re.compile(r"/pages/\d+/edit/"))
        expect(note).to_have_count(0)
    finally:
        page.goto("/admin/")
        remove(portal, "chuzhaya-ruka")


def _sign_in_in_a_tab(page: Page, portal: PortalProcess, role: str) -> None:
    tab = page.context.new_page()
    tab.goto("/admin/")
    tab.fill("input[name=login]", portal.inventory["people"][role])
    tab.fill("input[name=password]", portal.inventory["password"])
    tab.click("main form:not([data-passkey]) button.btn")
    tab.wait_for_url(re.compile("/admin/$"))
    tab.close()


def fill_training(page: Page) -> None:
    page.goto("/cabinet/training/new/")
    page.select_option("[name=kind]", "cpd")
    page.fill("[name=programme]", "Читать и понимать")
    page.fill("[name=provider]", "Институт развития образования")
    page.fill("[name=hours]", "36")
    page.fill("[name=starts_on]", "2026-03-02")
    page.fill("[name=ends_on]", "2026-03-20")
    page.fill("[name=document_number]", "У-15")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_form_of_the_cabinet_waits_for_the_log_in(
    sign_in: Callable[..., Page], portal: PortalProcess, width: int
) -> None:
    """What is typed and the chosen file stay, the form goes out once, and the way back is clear."""
    page = sign_in("Педагог", viewport={"width": width, "height": 800})
    fill_training(page)
    scan = {"name": "Скан.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.set_input_files("[name=scan]", files=[scan])
    end_session(page)
    save = page.locator("main").get_by_role("button", name="Сохранить")
    save.click()
    held_back(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    sign_in_beside(page, portal, "Педагог")
    assert page.input_value("[name=programme]") == "Читать и понимать"
    save.dblclick()
    page.wait_for_url(re.compile("/cabinet/training/$"))
    entered = page.locator("li.task", has_text="Читать и понимать")
    expect(entered).to_have_count(1)
    expect(entered.get_by_role("link", name=re.compile("Скан"))).to_be_visible()
    entered.get_by_role("button", name="Удалить").click()
    expect(entered).to_have_count(0)


def test_without_scripts_the_words_come_back(sign_in: Callable[..., Page], watch: Watch) -> None:
    # The answer is a refusal that says why.
    watch.expected = ["403"]
    page = sign_in("Педагог", java_script_enabled=False)
    fill_training(page)
    end_session(page)
    page.locator("main").get_by_role("button", name="Сохранить").click()
    expect(page.get_by_role("heading", name="Вы вышли: ничего не сохранено")).to_be_visible()
    expect(page.get_by_text("Читать и понимать", exact=True)).to_be_visible()
    expect(page.get_by_text("36", exact=True)).to_be_visible()
    with page.context.expect_page() as opened:
        page.locator("main").get_by_role("link", name="Войти в новой вкладке").click()
    expect(opened.value).to_have_url(re.compile("log-in/.next=/cabinet/training/new/"))


def test_the_cabinet_of_one_person_takes_nothing_from_another(
    sign_in: Callable[..., Page], portal: PortalProcess
) -> None:
    page = sign_in("Педагог")
    fill_training(page)
    end_session(page)
    _sign_in_in_a_tab(page, portal, "Методист")
    page.locator("main").get_by_role("button", name="Сохранить").click()
    note = page.get_by_role("alert").filter(has_text="Не сохранено")
    expect(note).to_contain_text("Методистова")
    expect(note.get_by_role("link", name="Выйти в новой вкладке")).to_be_visible()
    assert page.url.endswith("/cabinet/training/new/")
    assert page.input_value("[name=programme]") == "Читать и понимать"
