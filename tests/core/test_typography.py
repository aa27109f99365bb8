"""What stands on one line in Russian text."""

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from core.typography import (
    document_number,
    file_size,
    phone_address,
    plural,
    typograph,
    typograph_html,
)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Приказ № 64", "Приказ №~64"),
        ("Приказ №64", "Приказ №~64"),
        ("в школе и в саду", "в~школе и~в~саду"),
        ("О центре", "О~центре"),
        ("Мере 1 — не менее 32 мер", "Мере 1~— не~менее 32~мер"),
        ("25 июня 2020 года", "25~июня 2020~года"),
        ("до 20 МБ", "до~20~МБ"),
        ("курсы за 4 500 ₽", "курсы за~4~500~₽"),
        ("с. Курманаевка, ул. Крупской", "с.~Курманаевка, ул.~Крупской"),
        ("А. Б. Примерова", "А.~Б.~Примерова"),
        ("пришёл бы он", "пришёл~бы он"),
        ("2020–2024 годы", "2020–2024 годы"),
        ("кто-то в кабинете", "кто-то в~кабинете"),
        ("что-то", "что-то"),
        ("", ""),
    ],
)
def test_binds_what_belongs_together(text: str, bound: str) -> None:
    assert typograph(text) == bound.replace("~", "\N{NO-BREAK SPACE}")


def test_is_stable_when_applied_twice() -> None:
    text = "Приказ № 64 от 25 июня 2020 года — в школе и в саду"
    assert typograph(typograph(text)) == typograph(text)


def test_html_keeps_tags_attributes_and_code() -> None:
    html = '<a href="/a b/?q=в школе" title="в саду">в школе</a> <code>в коде</code> в саду'
    nbsp = "\N{NO-BREAK SPACE}"
    assert typograph_html(html) == (
        f'<a href="/a b/?q=в школе" title="в саду">в{nbsp}школе</a> <code>в коде</code> в{nbsp}саду'
    )


def render(value: object) -> str:
    return Template("{% load portal_tags %}{{ value|typograph }}").render(Context({"value": value}))


def test_filter_escapes_plain_text() -> None:
    assert render("<script>в школе</script>") == (
        "&lt;script&gt;в\N{NO-BREAK SPACE}школе&lt;/script&gt;"
    )


def test_filter_keeps_html_that_is_marked_safe() -> None:
    assert render(mark_safe("<b>в школе</b>")) == "<b>в\N{NO-BREAK SPACE}школе</b>"


@pytest.mark.parametrize(
    ("number", "word"),
    [
        *[(1, "мера"), (2, "меры"), (4, "меры"), (5, "мер"), (0, "мер"), (11, "мер"), (12, "мер")],
        *[(14, "мер"), (21, "мера"), (22, "меры"), (111, "мер"), (101, "мера"), (-2, "меры")],
    ],
)
def test_plural(number: int, word: str) -> None:
    assert plural(number, ("мера", "меры", "мер")) == word


@pytest.mark.parametrize(
    ("size", "words"),
    [
        *[(0, "0~Б"), (1, "1~Б"), (1023, "1023~Б"), (1024, "1~КБ"), (94208, "92~КБ")],
        *[(1468006, "1,4~МБ"), (2097152, "2~МБ"), (12_582_912, "12~МБ")],
        *[(1_610_612_736, "1,5~ГБ"), (None, "")],
    ],
)
def test_file_size(size: int | None, words: str) -> None:
    assert file_size(size) == words.replace("~", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("phone", "address"),
    [
        ("8 (35341) 2-00-00", "tel:+73534120000"),
        ("+7 35341 2-00-00", "tel:+73534120000"),
        ("35341 2 00 00", "tel:+73534120000"),
        ("8 (35341) 2-00-00, доб. 12", "tel:+73534120000,12"),
        ("112", "tel:112"),
    ],
)
def test_phone_address(phone: str, address: str) -> None:
    assert phone_address(phone) == address


@pytest.mark.parametrize(
    ("number", "shown"),
    [("64", "№\xa064"), ("01-21/5", "№\xa001-21/5"), ("б/н (демо)", "б/н (демо)"), ("", "")],
)
def test_only_a_number_gets_the_sign(number: str, shown: str) -> None:
    assert document_number(number) == shown
