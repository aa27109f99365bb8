"""The register of a school in a browser: the form, two tabs at once, a file with its preview."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, Watch

HEAD = "Руководитель организации"


def looks_right(page: Page, *widths: int) -> None:
    """Nothing for axe to say, and nothing to scroll sideways."""
    for width in widths or (360,):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Сохранить", exact=True).click()


def test_two_tabs_of_one_card(sign_in: Callable[..., Page], watch: Watch) -> None:
    watch.expected = ["422", "409"]
    page = sign_in(HEAD, viewport=PHONE)
    page.goto("/cabinet/staff/new/")
    looks_right(page, 1440, 768, 360)
    save(page)
    # The first thing that is read after a refusal is what to mend.
    expect(page.locator("#errors")).to_be_focused()
    looks_right(page)
    page.get_by_label("Фамилия").fill("Вкладкина")
    page.get_by_label("Имя", exact=True).fill("Ольга")
    page.get_by_label("Дата рождения").fill("1988-03-04")
    page.locator("select[name=positions-0-organisation]").select_option(index=1)
    page.locator("input[name=positions-0-title]").fill("учитель")
    page.get_by_label("Работает с").fill("2015-09-01")
    page.get_by_role("button", name="Добавить награду").press("Enter")
    page.keyboard.type("Почётная грамота")
    save(page)
    expect(page.locator("main")).to_contain_text("Почётная грамота")
    looks_right(page)

    page.get_by_role("link", name="Изменить карточку").click()
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_label("Учёная степень").fill("кандидат наук")
    save(page)
    looks_right(page)
    other.locator("select[name=category]").select_option("first")
    save(other)
    expect(other.locator("#errors")).to_be_focused()
    looks_right(other, 1440, 360)
    other.get_by_role("button", name="Сохранить выбранное").click()
    expect(other.locator("main")).to_contain_text("кандидат наук")
    expect(other.locator("main")).to_contain_text("Первая категория")


def test_a_file_is_looked_at_and_written_once(sign_in: Callable[..., Page]) -> None:
    page = sign_in(HEAD, viewport=PHONE)
    page.goto("/cabinet/staff/import/")
    looks_right(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Шаблон реестра").click()
    book = load_workbook(BytesIO(download.value.path().read_bytes()))
    places = {str(cell.value).rstrip(" *"): cell.column for cell in book.worksheets[0][1]}
    organisation = next(
        column[1].value for column in book.worksheets[1].columns if column[0].value == "Организация"
    )
    for number, day in ((2, "05.06.1990"), (3, "31.02.1990")):
        for title, value in {
            "Фамилия": f"Строкина{'а' * number}",
            "Имя": "Анна",
            "Дата рождения": day,
            "Организация": organisation,
            "Должность": "учитель",
            "Работает с": "01.09.2020",
        }.items():
            book.worksheets[0].cell(number, places[title]).value = value
    out = BytesIO()
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files(
        "input[type=file]", {"name": "Школа.xlsx", "mimeType": kind, "buffer": out.getvalue()}
    )
    page.get_by_role("button", name="Прочитать файл").click()
    # The page asks for itself until the file is read.
    write = page.get_by_role("button", name="Записать в реестр")
    write.wait_for(timeout=60_000)
    looks_right(page, 1440, 768, 360)
    page.get_by_role("link", name="Отклонённые строки: 1").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("не дата")
    write.dblclick()
    expect(page.locator("main")).to_contain_text("новых людей — 1", timeout=60_000)
    looks_right(page)
    page.goto("/cabinet/staff/?q=строкина")
    expect(page.locator("tbody tr")).to_have_count(1)
    looks_right(page, 1440, 360)
