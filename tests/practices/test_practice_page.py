"""The page of a practice: parts in their order, authors by consent, data for machines."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Card
from people.enums import ConsentItem
from people.models import TeacherPage
from people.services.consents import withdraw_consent
from practices.models import PracticeAuthor, PracticeMaterial, PracticePage
from tests.factories.people import OrganisationFactory, SubjectFactory
from tests.factories.practices import PracticePageFactory
from tests.people.teacher_page import make_teacher, set_up_consent_texts
from tests.practices.materials import stored_pdf

pytestmark = pytest.mark.django_db
SURNAME = "Ковылкина"


@pytest.fixture
def author(site_tree: SimpleNamespace) -> TeacherPage:
    """A teacher with an own page who allows everything but own work: that would take it off."""
    set_up_consent_texts()
    items = [item for item in ConsentItem if item != ConsentItem.MATERIALS]
    return make_teacher(items=items, last_name=SURNAME, first_name="Вера", patronymic="Ильинична")


@pytest.fixture
def practice(author: TeacherPage) -> PracticePage:
    """A practice in which nothing is empty."""
    page = PracticePageFactory(
        title="Вода родника",
        subjects=[SubjectFactory(name="физика", slug="fizika")],
        tasks="- измерить\n- сравнить",
        novelty="Прибор выбирает группа.",
        technology=[{"type": "light_text", "value": "Первый урок:\n\n- вопрос\n- план"}],
        conditions="Три урока.",
        risks="К воде — со взрослым.",
        effort="medium",
        small_school="tried",
        measured="учеников планируют сами",
        before="31",
        after="68.50",
        keywords="опыт, вода,  опыт",
        standards="ФГОС ООО, п. 45",
        age_mark="6+",
        licence="cc-by",
        borrowings="Идея — из сборника.",
        materials=[PracticeMaterial(title="Карты уроков", file=stored_pdf())],
    )
    PracticeAuthor.objects.create(
        practice=page,
        user=author.user,
        organisation=OrganisationFactory(name="Школа Ковыльного"),
        confirmed_at=page.first_published_at,
    )
    return page


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode()).replace("\xa0", " ")


def data_of(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', text)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def headings(text: str) -> list[str]:
    return re.findall(r'<h2 id="p-[a-z]+">([^<]+)</h2>', text)


def test_parts_in_their_order(client: Client, practice: PracticePage) -> None:
    text = text_of(client, practice.url)
    parts = [
        "Зачем это нужно",
        "Что нового",
        "Как это проходит",
        "Условия и осторожность",
        "Результаты",
        "Материалы",
        "Стандарты и темы",
        "Автор и использование",
    ]
    assert [part for part in headings(text) if part != "Похожие практики"] == parts
    contents = text[text.index('class="toc') : text.index("</nav>", text.index('class="toc'))]
    assert re.findall(r'href="#(p-[a-z]+)"', contents) == re.findall(r'<h2 id="(p-[a-z]+)"', text)
    for words in (
        "физика, 7–9 классы",
        "основное общее образование",
        "<li>вопрос</li>",
        "68,5",
        "учеников планируют сами",
        "Карты уроков",
        "6+",
        f"{SURNAME} В. И. Вода родника //",
        "опыт, вода<",
        "учитель",
        "Школа Ковыльного",
        "Идея — из сборника.",
    ):
        assert words in text, words
    assert f'href="{reverse("teacher", args=[TeacherPage.objects.get().slug])}"' in text


def test_what_is_empty_is_left_out(client: Client, site_tree: SimpleNamespace) -> None:
    page = PracticePageFactory(relevance="", goal="", results="")
    text = text_of(client, page.url)
    assert headings(text) == ["Автор и использование"]
    assert "Педагог района" in text


def test_machines_read_it_in_russian(client: Client, practice: PracticePage) -> None:
    text = text_of(client, practice.url)
    data = data_of(text)
    assert data["@type"] == "LearningResource"
    assert data["educationalLevel"] == "основное общее образование, 7–9 классы"
    assert data["about"] == [{"@type": "Thing", "name": "физика"}]
    assert data["teaches"] == ["измерить", "сравнить"]
    assert "creativecommons.org/licenses/by" in data["license"]
    assert data["author"][0]["name"].startswith(SURNAME)
    assert data["encoding"][0]["contentUrl"].endswith(
        practice.materials.get().file.get_absolute_url()
    )
    assert '<meta name="DC.title" content="Вода родника">' in text
    assert f'<meta name="DC.creator" content="{SURNAME}' in text


def _everywhere(client: Client, page: PracticePage) -> Iterator[str]:
    """Every place that could name the author."""
    yield client.get(page.url).content.decode()
    yield client.get("/practices/").content.decode()
    yield client.get("/").content.decode()
    yield client.get(reverse("search"), {"q": SURNAME}).content.decode()
    yield client.get("/practices/", {"q": SURNAME}).content.decode()


def test_a_withdrawn_consent_takes_the_name_away_at_once(
    client: Client, practice: PracticePage, author: TeacherPage, page_cache: None, committed: Any
) -> None:
    named = [SURNAME in text for text in _everywhere(client, practice)]
    assert named == [True] * 5
    assert client.get(practice.url)["X-Cache"] == "hit"
    with committed():
        withdraw_consent(user=author.user, kind="distribution")
    card = Card.objects.get(page=practice)
    for text in _everywhere(client, practice):
        shown = text.replace(f'value="{SURNAME}"', "").replace(f"«{SURNAME}»", "")
        shown = re.sub(r"<title>.+?</title>|/[^ ]*", "", shown)
        assert "Школа Ковыльного" not in shown
        assert f"{SURNAME} В" not in shown
    assert "Педагог района" in client.get(practice.url).content.decode()
    assert "author" not in data_of(client.get(practice.url).content.decode())
    assert not card.facets.filter(name="school").exists()
    assert SURNAME.lower() not in card.lemmas.lower()
    assert practice.title not in client.get("/practices/", {"q": SURNAME}).content.decode()


def test_each_item_of_the_consent_counts_apart(client: Client, site_tree: SimpleNamespace) -> None:
    set_up_consent_texts()
    page = make_teacher(items=[ConsentItem.NAME], last_name=SURNAME)
    practice = PracticePageFactory()
    school = OrganisationFactory(name="Школа Ковыльного")
    PracticeAuthor.objects.create(
        practice=practice, user=page.user, organisation=school, confirmed_at="2026-01-01T00:00Z"
    )
    invited = make_teacher(1, last_name="Непозванная")
    PracticeAuthor.objects.create(practice=practice, user=invited.user, organisation=school)
    text = text_of(client, practice.url)
    assert SURNAME in text
    assert "Школа Ковыльного" not in text
    # Whoever has not said yes to being an author is none.
    assert "Непозванная" not in text


def test_a_draft_is_shown_in_a_preview_alone(client: Client, author: TeacherPage) -> None:
    page = PracticePageFactory(title="Черновик опыта", draft=True, author=author.user)
    assert client.get(f"{page.get_parent().url}{page.slug}/").status_code == 404
    assert not Card.objects.filter(page=page).exists()
    page.materials = [PracticeMaterial(title="Новый лист", file=stored_pdf())]
    page.technology = [("light_text", "Ещё не на сайте")]
    shown = page.make_preview_request().content.decode()
    for words in ("Черновик опыта", "Новый лист", "Ещё не на сайте", SURNAME):
        assert words in shown, words


def test_similar_ones_share_the_subject_or_the_kind(client: Client, practice: PracticePage) -> None:
    physics = practice.subjects.get()
    for number in range(4):
        PracticePageFactory(title=f"Опыт {number}", subjects=[physics])
    PracticePageFactory(title="Другой предмет")
    text = text_of(client, practice.url)
    similar = text[text.index('id="p-related"') :]
    assert re.findall(r'cover" href="[^"]+">([^<]+)', similar) == ["Опыт 3", "Опыт 2", "Опыт 1"]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_page_costs_the_same_for_any_number(
    client: Client, author: TeacherPage, page_cache: None, number: int
) -> None:
    files = [PracticeMaterial(title=f"Лист {n}", file=stored_pdf()) for n in range(number)]
    page = PracticePageFactory(author=author.user, materials=files)
    for _n in range(number):
        PracticePageFactory()
    # The first answer of all begins what later ones are compared with.
    for _time in range(2):
        client.get(f"{page.url}?x=1")
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{page.url}?x=1")
    assert len(captured) == 1
