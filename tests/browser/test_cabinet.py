"""The cabinet in a browser: notices, their settings, and a film that is sent in parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, Watch, first_page
from tests.browser.portal_process import PortalProcess

# A person with two notices, one of them read, and a session of that person.
PERSON = """
from django.conf import settings
from django.test import Client
from core.services.notices import notify, mark_read
from people.models import User
from people.services.consent_texts import text_in_force
from people.services.consents import give_consent
User.objects.filter(email="cabinet@example.org").delete()
user = User.objects.create_user("cabinet@example.org", "Круглый-стол-2020",
    first_name="Анна", last_name="Примерова")
give_consent(user=user, text=text_in_force("processing"))
old = notify(recipient=user, kind="staff_link_decided", url="/cabinet/",
    subject="Ваша учётная запись связана с реестром педагогов",
    text="Теперь вы видите свою запись в реестре и можете вносить сведения об обучении.")
mark_read(user=user, pk=old.pk)
notify(recipient=user, kind="training_decided", url="/cabinet/",
    subject="Исправьте сведения об обучении: Функциональная грамотность",
    text="Замечание: приложите скан удостоверения, на фотографии не видно номера документа.")
client = Client()
client.force_login(user)
print("SESSION", client.cookies[settings.SESSION_COOKIE_NAME].value)
"""
# What the field of a form looks like; no page of the portal has one yet.
FORM = """
from django import forms
from core.private_file_field import PrivateFileField
class Form(forms.Form):
    scan = PrivateFileField(label="Запись урока", required=False)
from django.template import engines
html = engines["django"].from_string(
    '<form method="post" class="mt"><input type="hidden" name="csrfmiddlewaretoken" value="TOKEN">'
    '{% include "components/field.html" with field=form.scan %}'
    '<p class="cluster"><button class="btn">Сохранить</button></p></form>').render({"form": Form()})
print("HTML", html.replace(chr(10), " "))
"""
FILM = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42"


def said(output: str, word: str) -> str:
    """What a script has printed after ``word``."""
    return output.split(f"{word} ", 1)[1].splitlines()[0].strip()


@pytest.fixture
def signed_in(
    portal: PortalProcess, open_context: Callable[..., BrowserContext]
) -> Callable[..., Page]:
    """Opens a window in which a person is signed in."""
    session = said(portal.script(PERSON), "SESSION")

    def make(**options: object) -> Page:
        context = open_context(**options)
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        return first_page(context)

    return make


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize(
    "address",
    ["/cabinet/", "/cabinet/notices/", "/cabinet/notices/settings/", "/cabinet/profile/"],
)
def test_rooms_fit_and_are_open_to_all(
    signed_in: Callable[..., Page],
    shot: Callable[..., Path],
    width: int,
    address: str,
) -> None:
    page = signed_in(viewport={"width": width, "height": 900})
    page.goto(address)
    assert page.url.endswith(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    shot(page, f"cabinet-{address.strip('/').replace('/', '-')}-{width}")


def test_reading_notices(signed_in: Callable[..., Page]) -> None:
    page = signed_in()
    page.goto("/cabinet/")
    expect(page.get_by_role("banner").get_by_text("непрочитанное уведомление")).to_have_count(2)
    page.get_by_role("link", name="Уведомления").first.click()
    page.get_by_role("button", name="Отметить все прочитанными").click()
    expect(page.get_by_text("Прочитано 1 уведомление.")).to_be_visible()
    expect(page.locator(".new-things")).to_have_count(0)


def test_choosing_how_often(signed_in: Callable[..., Page]) -> None:
    page = signed_in(viewport=PHONE)
    page.goto("/cabinet/notices/settings/")
    # Training is nobody's before the register knows the person.
    expect(page.get_by_role("group", name="Моё обучение")).to_have_count(0)
    group = page.get_by_role("group", name="Решения по запросам о моих данных")
    group.get_by_label("Раз в день").check()
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Ваш выбор сохранён.")).to_be_visible()
    expect(group.get_by_label("Раз в день")).to_be_checked()


@pytest.fixture
def film(tmp_path: Path) -> Iterator[Path]:
    """A film of 21 MB: five parts and a little."""
    path = tmp_path / "урок.mp4"
    path.write_bytes(FILM + bytes(21 * 1024 * 1024))
    yield path
    path.unlink()


@pytest.fixture
def form(portal: PortalProcess) -> str:
    """HTML of a form with a file."""
    return said(portal.script(FORM), "HTML")


def put_form(page: Page, html: str) -> None:
    """The form on a page of the cabinet, with a token of that page."""
    page.goto("/cabinet/profile/")
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value") or ""
    page.evaluate(
        "html => { document.querySelector('.cols > div:last-child').innerHTML = html; }",
        html.replace("TOKEN", token),
    )
    page.add_script_tag(url="/static/upload.js")


@pytest.mark.parametrize("width", [360, 1440])
def test_a_film_goes_on_after_a_broken_line(
    signed_in: Callable[..., Page],
    watch: Watch,
    form: str,
    film: Path,
    width: int,
    shot: Callable[..., Path],
) -> None:
    watch.expected = ["net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED"]
    page = signed_in(viewport={"width": width, "height": 900})
    put_form(page, form)
    parts: list[int] = []

    def line(route: Route) -> None:
        """The third part never arrives; the next question is lost too."""
        if route.request.method == "PATCH":
            parts.append(int(route.request.headers["upload-offset"]))
            if len(parts) == 3:
                route.abort("internetdisconnected")
                return
        route.continue_()

    page.route("**/files/uploads/**", line)
    page.set_input_files("input[type=file]", film)
    expect(page.get_by_text("Связь прервалась")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    assert not page.evaluate("document.querySelector('main form').checkValidity()")
    shot(page, f"upload-broken-{width}")
    expect(page.get_by_text("Файл загружен.")).to_be_visible()
    size = 4 * 1024 * 1024
    assert parts == [0, size, 2 * size, 2 * size, 3 * size, 4 * size, 5 * size]
    number = page.locator("input[name=scan-kept]").input_value()
    assert number.isdecimal()
    # The form carries the number and not the film.
    assert page.evaluate("document.querySelector('input[type=file]').files.length") == 0
    assert page.evaluate("document.querySelector('main form').checkValidity()")
    assert violations(page) == []
    shot(page, f"upload-done-{width}")
    answer = page.request.get(f"/files/private/{number}/", headers={"Range": "bytes=4-11"})
    assert (answer.status, answer.body()) == (206, b"ftypisom")


def test_a_film_that_is_none_is_refused_in_words(
    signed_in: Callable[..., Page], watch: Watch, form: str, film: Path
) -> None:
    watch.expected = ["422"]
    film.write_bytes(b"MZ" + bytes(21 * 1024 * 1024))
    page = signed_in()
    put_form(page, form)
    page.set_input_files("input[type=file]", film)
    expect(page.get_by_role("status").filter(has_text="внутри")).to_be_visible()
    assert page.locator("input[name=scan-kept]").input_value() == ""


def test_a_small_file_goes_with_the_form(
    signed_in: Callable[..., Page], form: str, tmp_path: Path
) -> None:
    small = tmp_path / "скан.pdf"
    small.write_bytes(b"%PDF-1.7")
    page = signed_in()
    put_form(page, form)
    page.set_input_files("input[type=file]", small)
    assert page.evaluate("document.querySelector('input[type=file]').files.length") == 1
    expect(page.locator("[data-upload-progress]")).to_be_hidden()
