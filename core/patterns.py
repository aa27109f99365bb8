"""The pattern page: every part of the look in every state, on one page for those who build."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace as Thing
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.block_samples import SAMPLES
from core.blocks import BodyBlock
from core.templatetags.drawing_tags import STATES

STATE_WORDS = {
    "draft": "Черновик: заполнено 3 раздела из 5",
    "waiting": "На проверке у методиста",
    "review": "На экспертизе",
    "returned": "Возвращено на доработку",
    "published": "Опубликовано",
    "late": "Просрочено на 2 дня",
    "rejected": "Отклонено",
    "closed": "Закрыто до 29 декабря",
    "planned": "Запланировано",
    "in_progress": "В работе",
    "done": "Выполнено",
    "done_late": "Выполнено с нарушением срока",
    "not_done": "Не выполнено",
    "cancelled": "Отменено",
    "project": "Проект",
    "in_force": "Действует",
    "replaced": "Заменён",
    "repealed": "Утратил силу",
    "signed_in": "Для вошедших в кабинет",
}

COLOURS = [
    ("ink", "Чернила"),
    ("ink-2", "Чернила, тише"),
    ("action", "Небо: действие"),
    ("tint", "Небо: фон"),
    ("mist", "Дымка"),
    ("haze", "Ковыль"),
    ("tulip", "Тюльпан"),
    ("sun", "Солнце"),
    ("ok", "Готово"),
    ("back", "Возвращено"),
    ("late", "Просрочено"),
    ("line-2", "Граница поля"),
]


class SampleForm(forms.Form):
    """Every kind of field."""

    topic = forms.CharField(label="Тема практики", help_text="Одним предложением, до 120 знаков.")
    email = forms.EmailField(
        label="Электронная почта",
        error_messages={"invalid": "Впишите адрес с точкой после @, например imya@school.example."},
    )
    subject = forms.ChoiceField(
        label="Предмет", choices=[("", "Выберите предмет"), ("f", "Физика"), ("m", "Математика")]
    )
    text = forms.CharField(label="Что получилось", widget=forms.Textarea, required=False)
    file = forms.FileField(label="Файл", required=False, help_text="PDF или DOCX, до 20 МБ.")
    fits = forms.MultipleChoiceField(
        label="Кому подойдёт",
        choices=[("s", "малокомплектной школе"), ("k", "детскому саду")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    answer = forms.ChoiceField(
        label="Как ответить",
        choices=[("m", "по почте"), ("p", "по телефону")],
        widget=forms.RadioSelect,
    )
    consent = forms.BooleanField(label="Согласен на обработку персональных данных")


def _blocks() -> Any:
    """One block of every kind that needs no uploaded file."""
    return BodyBlock().to_python(
        [
            {"type": kind, "value": value}
            for kind, value in SAMPLES.items()
            if kind in BodyBlock().child_blocks
        ]
    )


def _context() -> dict[str, Any]:
    today = timezone.localdate()
    filled = SampleForm({"b-email": "imya@school", "b-topic": "Вода степного родника"}, prefix="b")
    facets = [
        Thing(
            title="Вид документа",
            name="type",
            kind="checkbox",
            options=[
                Thing(value="prikaz", label="приказ", count=1, checked=True),
                Thing(value="polozhenie", label="положение", count=5, checked=False),
                Thing(value="spravka", label="справка", count=0, checked=False),
            ],
        ),
        Thing(
            title="Порядок",
            name="order",
            kind="select",
            options=[
                Thing(value="new", label="сначала новые", count=None, checked=True),
                Thing(value="title", label="по названию", count=None, checked=False),
            ],
        ),
    ]
    periods = [
        ("2020–2024", 1, 5, "24 меры", [("4.8", "done"), ("4.6", "in_progress")]),
        ("2022", 3, 1, "3 меры", [("4.2", "done_late"), ("4.3", "not_done"), ("4.4", "done")]),
        ("2023–2024", 4, 2, "1 мера", [("4.16", "planned")]),
    ]
    return {
        "sections": [
            ("cvet", "Цвет"),
            ("tekst", "Текст"),
            ("knopki", "Кнопки и ссылки"),
            ("znachki", "Значки"),
            ("sostoyaniya", "Состояния и метки"),
            ("soobshcheniya", "Сообщения"),
            ("navigaciya", "Навигация"),
            ("kartochki", "Карточки и строки"),
            ("sroki", "Сроки"),
            ("tablica", "Таблица"),
            ("diagrammy", "Диаграммы"),
            ("forma", "Форма"),
            ("otbor", "Отбор"),
            ("fajly", "Файлы"),
            ("etapy", "Этапы"),
            ("bloki", "Блоки страницы"),
            ("pusto", "Пусто"),
        ],
        "colours": COLOURS,
        "states": [(code, words) for code, words in STATE_WORDS.items() if code in STATES],
        "icon_names": [
            *["alert", "arrow", "back", "book", "cal", "chat", "check", "chevron", "clock", "dot"],
            *["down", "eye", "file", "filter", "globe", "half", "history", "home", "image", "info"],
            *["late", "left", "link", "list", "lock", "mail", "menu", "news", "pencil", "people"],
            *["phone", "pin", "plus", "print", "question", "right", "rss", "search", "sort", "tag"],
            *["user", "video", "x"],
        ],
        "sample_trail": [Thing(title="Главная", url="/"), Thing(title="Образцы", url="#")],
        "side": [
            Thing(title="Аттестация", url="#navigaciya", active=False, children=[]),
            Thing(
                title="Повышение квалификации",
                url="#navigaciya",
                active=True,
                children=[Thing(title="Курсы", url="#navigaciya", active=True)],
            ),
        ],
        "page_obj": Paginator(range(200), 10).page(7),
        "chips": [Thing(label="приказ", url="#"), Thing(label="2020 год", url="#")],
        "key_lines": ["№ 64", "25 июня 2020"],
        "day_today": today,
        "day_tomorrow": today + timedelta(days=1),
        "day_soon": today + timedelta(days=9),
        "day_far": today + timedelta(days=40),
        "day_past": today - timedelta(days=2),
        "columns": [
            Thing(title="Показатель", number=False),
            Thing(title="План, %", number=True),
            Thing(title="Факт, %", number=True),
            Thing(title="Разница", number=False),
        ],
        "rows": [
            ["Руководители, повысившие мастерство", "50", "48", "на 2 пункта ниже плана"],
            ["Независимая оценка, 2022 год", "—", "—", "не планируется"],
        ],
        "series": [
            {"year": 2020, "target": None, "fact": None},
            {"year": 2021, "target": 0, "fact": 0},
            {"year": 2022, "target": 20, "fact": 18.5},
            {"year": 2023, "target": 30, "fact": 33},
            {"year": 2024, "target": 50, "fact": None},
        ],
        "years": [2020, 2021, 2022, 2023, 2024],
        "periods": [
            Thing(
                title=title,
                first=first,
                span=span,
                count_words=words,
                items=[
                    Thing(number=number, url="#diagrammy", state=state, state_words=state)
                    for number, state in items
                ],
            )
            for title, first, span, words, items in periods
        ],
        "empty_form": SampleForm(prefix="a"),
        "bad_form": filled,
        "facets": facets,
        "stages": [
            Thing(title="Приказ о проведении", text="29 октября, прошло", when="past"),
            Thing(title="Приём заявок", text="2–22 ноября, сейчас", when="now"),
            Thing(title="Проверка комплектности", text="23–25 ноября", when=""),
            Thing(title="Заочная экспертиза", text="25–28 ноября", when=""),
        ],
        "questions": [Thing(title="Как подать заявку?", text="В личном кабинете.", html="")],
        "blocks": _blocks(),
    }


def patterns(request: HttpRequest) -> HttpResponse:
    """Show the parts; only where ``PATTERN_PAGE`` allows it."""
    if not (settings.DEBUG or settings.PATTERN_PAGE):
        raise Http404
    return render(request, "patterns/patterns.html", _context())
