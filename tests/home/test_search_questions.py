"""Questions as teachers, parents and officials ask them, put to the demonstration content.

Each line says what must come first, and nothing else: how often, and what follows, is free.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

ORDER = "Об утверждении муниципальной «дорожной карты»"
ROAD_MAP = "Дорожная карта"
ATTESTATION = "Аттестация"
EXAMS = "ВПР и ГИА"
TESTS = "Памятка родителям: всероссийские проверочные работы"
STANDARDS = "ФГОС и рабочие программы"
CONTEST = "Положение о муниципальном этапе конкурса"
TALENTED = "Олимпиады и одарённые дети"

QUESTIONS = [
    # Numbers and dates of papers.
    *[(words, ORDER) for words in ("приказы", "приказ № 64", "приказ №64", "№ 64", "64")],
    *[(words, ORDER) for words in ("25.06.2020", "25 июня 2020", "от 25 июня 2020 года")],
    ("приказ 64 от 25.06.2020", ORDER),
    ("конкурс учитель года 2026", CONTEST),
    ("стажировка 2026", "Открыт приём заявок на второй цикл"),
    # A page is found first by its own name, in any form, in quotes, with joining words.
    *[(words, ROAD_MAP) for words in ("дорожная карта", "Дорожную карту", "дорожной карте")],
    *[
        (words, ROAD_MAP)
        for words in (
            "«дорожной карты»",
            '"дорожная карта"',
        )
    ],
    ("контакты", "Контакты"),
    ("родителям", "Родителям"),
    ("учебники", "Учебники и учебная литература"),
    ("функциональная грамотность", "Функциональная грамотность"),
    ("земский учитель", "«Земский учитель» и меры поддержки"),
    ("персональные данные", "Политика в отношении обработки"),
    ("методическая копилка", "Открыт раздел «Методическая копилка»"),
    ("о районных методических объединениях", "Положение о районных методических"),
    ("учителя предметники", "Положение о районных методических"),
    ("стажировочные площадки", "Положение о предметной стажировочной"),
    ("молодые педагоги школа", "Школа молодого педагога начала"),
    ("ежеквартальный отчет", "Ежеквартальный отчёт"),
    ("отчёта", "Ежеквартальный отчёт"),
    ("уроки сельская школа", "Вышел сборник «Уроки"),
    ("консультация для родителей", "Родителям: как получить"),
    # Forms of one word that share no letter.
    *[(words, TALENTED) for words in ("дети", "ребёнок", "ребенка", "олимпиада", "олимпиадам")],
    # Whole sentences; not all of their words stand in any text.
    ("документы для аттестации", ATTESTATION),
    ("когда аттестация", ATTESTATION),
    ("аттестация учителя на высшую категорию сроки", ATTESTATION),
    ("курсы повышения квалификации для педагогов", "Ежеквартальный отчёт"),
    # Abbreviations and what they stand for.
    *[(words, STANDARDS) for words in ("ФГОС", "фгос рабочая программа")],
    ("федеральный государственный образовательный стандарт", STANDARDS),
    *[(words, EXAMS) for words in ("ГИА", "егэ 2027")],
    *[(words, EXAMS) for words in ("ОГЭ", "ЕГЭ", "единый государственный экзамен")],
    *[(words, "Перспективный план повышения") for words in ("КПК", "курсы повышения квалификации")],
    *[(words, TESTS) for words in ("ВПР", "всероссийские проверочные работы")],
    ("рмо математика", "РМО учителей математики"),
    *[(words, "Нацпроект «Образование»") for words in ("нацпроект", "нац проект", "нац. проект")],
    ("национальный проект образование", "Нацпроект «Образование»"),
    ("куки", "Использование cookie"),
    ("политика конфиденциальности", "Политика в отношении обработки"),
    # Slips: a letter dropped, doubled, changed, two letters swapped; a word only begun.
    *[(words, ATTESTATION) for words in ("атестация", "атттестация", "аттистация", "аттестацыя")],
    *[(words, ATTESTATION) for words in ("аттетсация", "аттест", "оттестация")],
    *[(words, ROAD_MAP) for words in ("дарожная карта", "дорожная крата", "доржная карта")],
    ("учитиль года", CONTEST),
    ("фукциональная грамотность", "Функциональная грамотность"),
    # The other keyboard layout: whole, mixed, with a slip, with the letters beside Enter.
    *[(words, ATTESTATION) for words in ("fnntcnfwbz", "fntcnfwbz", "FNNTCNFWBZ")],
    ("ljhj;yfz rfhnf", ROAD_MAP),
    ("дорожная rfhnf", ROAD_MAP),
    ("Ghbrfp 64", ORDER),
    ("jkbvgbflf", TALENTED),
    # Latin letters that look like Russian ones.
    *[("ФГOC", STANDARDS), ("BПP", TESTS), ("oлимпиaда", TALENTED), ("aттестация", ATTESTATION)],
    ("КOHKУPC", CONTEST),
]


def first(client: Client, words: str) -> str:
    rows = client.get(reverse("search"), {"q": words}).context["results"]
    return rows[0]["hit"].card.title if rows else ""


def test_the_answer_stands_first(demo: None, client: Client) -> None:
    found = {words: first(client, words) for words, _title in QUESTIONS}
    missed = {
        words: found[words] for words, title in QUESTIONS if not found[words].startswith(title)
    }
    assert not missed


@pytest.mark.parametrize(
    "words", ["абракадабра", "c++", "100%", "«нет такой фразы вовсе»", "куыефеу"]
)
def test_nothing_is_made_up(demo: None, client: Client, words: str) -> None:
    assert first(client, words) == ""


def test_it_is_said_that_not_all_words_were_found(demo: None, client: Client) -> None:
    response = client.get(reverse("search"), {"q": "аттестация абракадабра"})
    assert response.context["answer"].is_partial
    assert "все слова запроса «аттестация абракадабра»" in response.content.decode()


@pytest.mark.parametrize("typed", ["дорожн", "ljhj;y", "Ljhj;yfz rf"])
def test_suggestions_understand_the_other_layout(demo: None, client: Client, typed: str) -> None:
    offered = client.get(reverse("search_suggest"), {"q": typed}).json()["items"]
    assert ROAD_MAP in [row["title"] for row in offered]


@pytest.mark.parametrize("typed", ["прик", "приказ", "Приказ 64", "приказ № 64", "ghbrfp"])
def test_suggestions_know_the_type_of_a_document(demo: None, client: Client, typed: str) -> None:
    offered = client.get(reverse("search_suggest"), {"q": typed}).json()["items"]
    assert "Приказ №\xa064" in [row["kind"] for row in offered]
    if "64" in typed:
        assert len(offered) == 1
