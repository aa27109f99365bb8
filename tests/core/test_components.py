"""Parts of the look: what they say and that they escape what people wrote."""

from datetime import date, timedelta
from types import SimpleNamespace as Thing

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from core.templatetags.drawing_tags import STATES
from core.templatetags.form_tags import cell_size

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def russian():
    with translation.override("ru"):
        yield


def render(source: str, **context: object) -> str:
    return Template("{% load portal_tags %}" + source).render(Context(context))


def test_icon_comes_from_the_one_file_and_is_silent() -> None:
    html = render('{% icon "eye" %}')
    assert 'aria-hidden="true"' in html
    assert "icons.svg#i-eye" in html


@pytest.mark.parametrize("code", STATES)
def test_a_state_is_icon_word_and_colour(code: str) -> None:
    html = render("{% state code words %}", code=code, words="Слово <b>")
    assert "<svg" in html
    assert "Слово &lt;b&gt;" in html
    assert 'class="st' in html


def test_an_unknown_state_still_says_its_word() -> None:
    assert "Что-то новое" in render("{% state 'unheard-of' 'Что-то новое' %}")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        *[(0, "Сегодня"), (1, "Завтра"), (2, "2 дня"), (9, "9 дней"), (21, "21 день")],
        *[(-1, "1 день назад"), (-5, "5 дней назад")],
    ],
)
def test_days_left_in_words(days: int, words: str) -> None:
    day = timezone.localdate() + timedelta(days=days)
    html = render("{% days_left day 'до начала' %}", day=day)
    assert f"<b>{words}</b>" in html
    assert ("до начала" in html) == (days > 1)
    assert ("soon" in html) == (0 <= days <= 10)


def test_row_says_type_date_state_and_escapes() -> None:
    html = render_to_string(
        "components/row.html",
        {
            "date": date(2026, 11, 8),
            "label": "Конкурсы",
            "title": "<script>",
            "url": "/a/",
            "state": "done",
            "state_words": "Выполнено",
        },
    )
    assert f"8{NBSP}ноября 2026" in html.replace("ноября" + NBSP, "ноября ")
    assert '<time datetime="2026-11-08">' in html
    assert "<script>" not in html
    assert "Выполнено" in html


def test_pager_by_numbers_marks_the_page_and_keeps_the_query() -> None:
    page_obj = Paginator(range(200), 10).page(7)
    request = RequestFactory().get("/", {"type": "prikaz", "page": "7"})
    html = render_to_string("components/pager.html", {"page_obj": page_obj}, request=request)
    assert '<span aria-current="page"><span class="vh">Страница </span>7</span>' in html
    assert 'href="?type=prikaz&amp;page=8"' in html
    assert "…" in html


def test_pager_of_one_page_is_not_there() -> None:
    page_obj = Paginator(range(3), 10).page(1)
    assert render_to_string("components/pager.html", {"page_obj": page_obj}).strip() == ""


def test_pager_by_keys() -> None:
    html = render_to_string("components/pager.html", {"next_url": "?after=1", "previous_url": ""})
    assert 'rel="next" href="?after=1"' in html
    assert 'rel="prev"' not in html


def test_table_names_every_cell_for_the_phone() -> None:
    html = render_to_string(
        "components/table.html",
        {
            "columns": [Thing(title="Показатель", number=False), Thing(title="План", number=True)],
            "rows": [["Первый", "50"]],
        },
    )
    assert '<th scope="row">Первый</th>' in html
    assert '<td data-l="План" class="n">50</td>' in html


class Sample(forms.Form):
    email = forms.EmailField(label="Почта", help_text="Ответ придёт сюда.")
    kind = forms.MultipleChoiceField(
        label="Кому",
        choices=[("a", "школе")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def test_field_ties_hint_and_error_to_the_control() -> None:
    form = Sample({"email": "нет"})
    html = render_to_string("components/field.html", {"field": form["email"]})
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert 'class="in"' in html


def test_group_of_choices_is_a_fieldset_with_its_name() -> None:
    html = render_to_string("components/field.html", {"field": Sample()["kind"]})
    assert "<legend>Кому" in html
    assert "(необязательно)" in html


def test_error_summary_leads_to_the_fields() -> None:
    form = Sample({"email": "нет"})
    html = render_to_string("components/error_summary.html", {"form": form})
    assert "Исправьте 1 поле" in html
    assert 'href="#id_email"' in html


def test_empty_state_has_a_next_step() -> None:
    html = render_to_string(
        "components/empty.html", {"title": "Пусто", "url": "/new/", "link": "Начать"}
    )
    assert '<a class="btn btn-2" href="/new/">Начать</a>' in html


def test_facet_counts_are_named_and_checked_ones_stay() -> None:
    group = Thing(
        title="Вид",
        name="type",
        kind="checkbox",
        options=[Thing(value="a", label="приказ", count=3, checked=True)],
    )
    html = render_to_string(
        "components/facets.html",
        {"action": "/docs/", "groups": [group], "live": "#results", "hidden": [("q", "<q>")]},
    )
    assert '<form class="facets drawer" id="filters" popover action="/docs/"' in html
    assert 'data-count="type=a">3<' in html
    assert "checked" in html
    assert 'value="&lt;q&gt;"' in html


def test_error_page_needs_neither_request_nor_database() -> None:
    html = get_template("500.html").render()
    assert "Портал не смог ответить" in html
    assert 'aria-label="Разделы портала"' in html
    assert "Перейти к содержанию" in html


@pytest.mark.django_db
def test_pattern_page_only_where_it_is_allowed(client, settings) -> None:
    settings.PATTERN_PAGE = False
    assert client.get("/patterns/").status_code == 404
    settings.PATTERN_PAGE = True
    page = client.get("/patterns/")
    assert page.status_code == 200
    html = page.content.decode()
    assert " style=" not in html
    assert "<script>" not in html
    assert "onclick" not in html


@pytest.mark.django_db
def test_unknown_address_keeps_the_frame(client) -> None:
    page = client.get("/no-such-page/")
    assert page.status_code == 404
    html = page.content.decode()
    assert "Такой страницы нет" in html
    assert 'aria-label="Разделы портала"' in html


def test_a_cell_says_how_much_of_a_phone_it_needs() -> None:
    assert [cell_size(value) for value in ("", None, " ", "<p></p>")] == ["empty"] * 4
    assert [cell_size(value) for value in ("-", "50", 0.5, "<b>30.12.2024</b>")] == ["short"] * 4
    assert cell_size("Доля учителей общеобразовательных организаций") == "long"
