"""What each block shows in the block picker of the editor and on the pattern page."""

from __future__ import annotations

from typing import Any

# Raw values, as a page stores them. Pictures, files and films have templates in their place:
# a sample must not need anything uploaded.
SAMPLES: dict[str, Any] = {
    "heading": {"text": "Что изменилось с сентября", "anchor": "chto-izmenilos"},
    "text": (
        "<p>Методист проверит оформление в течение <b>трёх рабочих дней</b> и ответит "
        'по почте. Порядок описан в <a href="#bloki">положении о банке практик</a>.</p>'
        "<ul><li>Заполните форму.</li><li>Приложите файлы.</li></ul>"
        "<h3>Если вернули</h3><ol><li>Прочитайте замечание.</li>"
        "<li>Исправьте один раздел и отправьте снова.</li></ol>"
    ),
    "quote": {
        "text": "Хороший урок начинается с хорошего вопроса.",
        "author": "Анна Примерова (демо)",
        "role": "учитель физики СОШ с. Ковыльное",
    },
    "table": {
        "caption": "Сроки приёма заявок",
        "table": {
            "columns": [
                {"type": "text", "heading": "Конкурс"},
                {"type": "text", "heading": "Приём"},
                {"type": "number", "heading": "Мест"},
            ],
            "rows": [
                {"values": ["Учитель года", "2–22 ноября", 25]},
                {"values": ["Самый классный классный", "1–15 декабря", None]},
            ],
            "caption": "",
        },
    },
    "accordion": {
        "items": [
            {
                "title": "Нужно ли подтверждать категорию каждые пять лет?",
                "text": "<p>Категории, установленные с 1 сентября 2023 года, "
                "не ограничены сроком.</p>",
            },
            {
                "title": "Учитываются ли публикации на портале при аттестации?",
                "text": "<p>Портал выдаёт справку о публикации.</p>",
            },
        ]
    },
    "steps": {
        "title": "Как пройти аттестацию",
        "items": [
            {"title": "Соберите документы", "text": "<p>Список – в памятке.</p>"},
            {"title": "Подайте заявление", "text": ""},
            {"title": "Дождитесь решения комиссии", "text": ""},
        ],
    },
    "call_to_action": {
        "title": "Поделитесь опытом",
        "text": "Хватит страницы текста и одного файла.",
        "link": {"text": "Заполнить форму", "page": None, "url": "/#forma"},
    },
    "contact": {
        "name": "Методический кабинет",
        "position": "",
        "phone": "8 (35341) 2-00-00",
        "email": "metod@example.ru",
        "address": "с. Курманаевка, ул. Крупской, д. 1",
        "hours": "по будням с 9:00 до 17:00",
    },
    "people": {
        "title": "Методисты",
        "people": [
            {
                "name": "Анна Примерова (демо)",
                "position": "методист по начальным классам",
                "photo": None,
                "phone": "",
                "email": "anna@example.ru",
            },
            {
                "name": "Захар Макетов (демо)",
                "position": "методист по аттестации",
                "photo": None,
                "phone": "8 (35341) 2-00-00",
                "email": "",
            },
        ],
    },
}
