"""The road-map page: selection, periods, languages, drafts, evidence, number of queries."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction

from core.enums import Access
from core.services.cards import refresh_card
from monitoring.models import Indicator, MeasureEvidence, RoadMap
from monitoring.queries import execution_report, plans
from tests.factories.home import DocumentPageFactory, StandardPageFactory
from tests.factories.monitoring import (
    IndicatorFactory,
    MeasureFactory,
    RoadMapFactory,
    RoadMapPageFactory,
)
from tests.monitoring.conftest import ADDRESS, html

pytestmark = pytest.mark.django_db

FILES = ("report.docx", "report.xlsx", "indicators.csv", "measures.csv", "data.json")


def rows(text: str) -> list[str]:
    """Numbers of the measures in the table."""
    return re.findall(r'<tr id="mera-([\d-]+)"', text)


SELECTIONS = [
    ("", ["4-1", "4-2", "4-3"]),
    ("status=done", ["4-1", "4-3"]),
    ("status=overdue", ["4-2"]),
    ("year=2021", ["4-1", "4-2"]),
    ("year=2022", ["4-1", "4-2", "4-3"]),
    ("who=МОУО", ["4-1", "4-2"]),
    ("who=ОО&status=in_progress", ["4-2"]),
    ("who=none", ["4-3"]),
    ("q=НАСТАВНИКОВ", ["4-2"]),
    ("q=учеба", ["4-2"]),
    ("q=4.3", ["4-3"]),
    ("q=центра создание", ["4-1"]),
    ("q=нет такого слова", []),
    ("status=done&year=2020&who=ОО", []),
    # What nobody offers asks for nothing.
    ("status=x&year=abc&who=Никто&plan=нет", ["4-1", "4-2", "4-3"]),
    ("status=&year=&who=&q=", ["4-1", "4-2", "4-3"]),
    ("q=%00%F0%9F%98%80'\"<script>", []),
    ("q=" + "я" * 5000, []),
]


@pytest.mark.parametrize(("query", "expected"), SELECTIONS)
def test_the_form_selects_measures(
    site: SimpleNamespace, client: Client, query: str, expected: list[str]
) -> None:
    text = html(client, f"{ADDRESS}?{query}")
    assert rows(text) == expected
    assert ("По этому отбору мер нет" in text) == (not expected)
    # The line of years shows all measures always; one that is not in the table leads out of it.
    for number in ("4-1", "4-2", "4-3"):
        target = f'href="#mera-{number}"' if number in expected else f'href="?#mera-{number}"'
        assert target in text


def test_a_long_list_stands_in_equal_parts(site: SimpleNamespace, client: Client) -> None:
    """One for each section of the plan, at most ten measures in each; a selection is open."""
    assert 'class="part"' not in html(client)
    for order in range(4, 23):
        MeasureFactory(road_map=site.road_map, order=order, status="planned", end="2021-01-01")
    MeasureFactory(road_map=site.road_map, order=30, number="5.1")
    parts = re.findall(
        r'<details class="fold"( open)?><summary>[^М]+(Меры [\d.–]+)'
        r'(?: <span class="muted">(.+?)</span>)?',
        html(client),
    )
    assert parts == [
        ("", "Меры 4.1–4.8", "Просрочено 6"),
        ("", "Меры 4.9–4.16", "Просрочено 8"),
        ("", "Меры 4.17–4.22", "Просрочено 6"),
        ("", "Меры 5.1", ""),
    ]
    chosen = html(client, f"{ADDRESS}?q=4.")
    assert chosen.count('<details class="fold" open>') == 3


def test_what_is_overdue_and_what_is_alike_is_told(site: SimpleNamespace, client: Client) -> None:
    text = html(client)
    assert "Просрочена 1 мера" in text
    row = text.split('<tr id="mera-4-2"')[1].split("</tr>")[0]
    assert "См. также" in row
    assert re.findall(r'<a href="#(mera-[\d-]+)">', row) == ["mera-4-1"]
    assert "Просрочено" in row


def test_a_wording_that_ends_in_a_stop_gets_no_second_one(
    site: SimpleNamespace, client: Client
) -> None:
    plan = site.road_map
    for order, title in ((8, "Конкурсы «Учитель года» и др."), (9, "Курсы без точки")):
        MeasureFactory(
            road_map=plan, order=order, title=title, end="2021-01-01", status="in_progress"
        )
    note = html(client).split('id="prosrocheno"')[1].split("</section>")[0]
    assert "и др. В работе</span>" in note
    assert "Курсы без точки. В работе</span>" in note


def test_periods_stand_beside_each_other(site: SimpleNamespace, client: Client) -> None:
    assert 'aria-label="Периоды"' not in html(client)
    other = RoadMapFactory(title="Новый план", start_year=2025, end_year=2027)
    MeasureFactory(road_map=other, order=7, start="2025-01-01", end="2027-12-31")
    RoadMapFactory(title="Тайный план", start_year=2030, end_year=2031, draft=True)
    first = html(client)
    assert rows(first) == ["4-1", "4-2", "4-3"]
    assert 'href="?plan=2025-2027"' in first
    assert "2030" not in first
    second = html(client, f"{ADDRESS}?plan=2025-2027")
    assert rows(second) == ["4-7"]
    assert '<input type="hidden" name="plan" value="2025-2027">' in second
    assert "/road-map/2025-2027/report.docx" in second
    assert rows(html(client, f"{ADDRESS}?plan=2030-2031")) == ["4-1", "4-2", "4-3"]


def test_without_a_published_road_map_the_page_says_so(
    site: SimpleNamespace, client: Client
) -> None:
    site.road_map.unpublish()
    assert "Дорожная карта ещё не опубликована" in html(client)
    assert client.get("/road-map/2020-2024/data.json").status_code == 404


# --- Only what is published ---------------------------------------------------------------------


def everything(client: Client) -> str:
    """All that visitors can read of road maps, in one text."""
    files = [client.get(f"/road-map/2020-2024/{name}") for name in ("data.json", "measures.csv")]
    files.append(client.get("/road-map/2020-2024/indicators.csv"))
    texts = [file.content.decode() for file in files]
    plan = plans()[0]
    return "\n".join([html(client), html(client, "/"), *texts, str(execution_report(plan))])


def test_drafts_and_edits_in_draft_appear_nowhere(site: SimpleNamespace, client: Client) -> None:
    MeasureFactory(road_map=site.road_map, order=8, title="Тайная мера", draft=True)
    IndicatorFactory(road_map=site.road_map, number=8, name="Тайный показатель", draft=True)
    edited = site.measures[0]
    edited.title, edited.status_comment = "Тайная правка", "Тайный комментарий"
    edited.save_revision()
    indicator = Indicator.objects.get(pk=site.indicator.pk)
    indicator.years.get_object_list()[0].fact = Decimal("77.77")
    indicator.save_revision()
    road_map = RoadMap.objects.get(pk=site.road_map.pk)
    road_map.goal = "Тайная цель"
    road_map.save_revision()
    text = everything(client)
    assert not re.findall("Тайн.{0,20}|77[.,]77", text)
    assert "Создание центра" in text


def test_what_is_withdrawn_disappears(site: SimpleNamespace, client: Client) -> None:
    site.measures[1].unpublish()
    site.indicator.unpublish()
    text = everything(client)
    assert "Учёба наставников" not in text
    assert "Доля педагогов" not in text
    assert "Создание центра" in text


def test_evidence_leads_only_to_what_everybody_may_open(
    site: SimpleNamespace, client: Client
) -> None:
    pages = {
        "Открытая": StandardPageFactory(title="Открытая"),
        "Черновик": StandardPageFactory(title="Черновик", live=False),
        "Закрытая": StandardPageFactory(title="Закрытая"),
        "Служебный": DocumentPageFactory(title="Служебный", access=Access.SIGNED_IN),
    }
    PageViewRestriction.objects.create(
        page=pages["Закрытая"], restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    for page in pages.values():
        refresh_card(page=page)
        MeasureEvidence.objects.create(measure=site.measures[0], page=page)
    text = everything(client)
    shown = {title for title in pages if title in text}
    assert shown == {"Открытая"}
    assert pages["Открытая"].url in text


# --- Languages ----------------------------------------------------------------------------------


def translate(record: Any, locale: Locale, **values: Any) -> Any:
    """A published translation of a record."""
    copy = record.copy_for_translation(locale)
    for name, value in values.items():
        setattr(copy, name, value)
    copy.save()
    return copy


@pytest.fixture
def english(site: SimpleNamespace) -> SimpleNamespace:
    """The page, the road map, a measure and the indicator in English; two measures are not."""
    locale, _made = Locale.objects.get_or_create(language_code="en")
    home = site.home.copy_for_translation(locale)
    home.title = "Centre"
    home.save_revision().publish()
    road_map = translate(site.road_map, locale, title="Development plan")
    page = site.page.copy_for_translation(locale)
    page.title, page.road_map = "Road map", road_map
    page.save_revision().publish()
    measure = translate(
        site.measures[0], locale, title="Creation of a centre", road_map=road_map, status="planned"
    )
    indicator = translate(
        site.indicator, locale, name="Share of teachers", unit="percent", road_map=road_map
    )
    indicator.years.update(target=1, fact=2)
    return SimpleNamespace(
        **vars(site), locale=locale, english=page, en_measure=measure, en_indicator=indicator
    )


def test_wording_is_translated_and_figures_are_not(
    english: SimpleNamespace, client: Client
) -> None:
    text = html(client, english.english.url)
    assert english.english.url.startswith("/en/")
    assert "Creation of a centre" in text
    assert "Development plan" in text
    assert "Share of teachers" in text
    assert "Создание центра" not in text
    # What is not translated stands in its own words.
    assert "Учёба наставников" in text
    assert "2 points more" in text
    data = json.loads(client.get("/en/road-map/2020-2024/data.json").content)
    assert data["language"] == "en"
    (year,) = data["indicators"][0]["years"]
    assert (year["target"], year["fact"]) == (50, 52)
    assert [m["status"] for m in data["measures"]] == ["done", "in_progress", "done"]
    source = json.loads(client.get("/road-map/2020-2024/data.json").content)
    assert [m["end"] for m in source["measures"]] == [m["end"] for m in data["measures"]]


def test_a_draft_translation_is_not_shown(english: SimpleNamespace, client: Client) -> None:
    english.en_measure.unpublish()
    text = html(client, english.english.url)
    assert "Creation of a centre" not in text
    assert "Создание центра" in text


# --- Numbers of queries -------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 32])
def test_a_report_takes_the_same_queries_whatever_its_size(
    site_tree: SimpleNamespace, django_assert_num_queries: Any, count: int
) -> None:
    road_map = RoadMapFactory()
    page = StandardPageFactory()
    refresh_card(page=page)
    for order in range(count):
        MeasureFactory(
            road_map=road_map, order=order + 1, responsible=["А", "Б"], evidence=[page, page]
        )
        IndicatorFactory(road_map=road_map, number=order + 1, years={2023: (1, 1), 2024: (2, 2)})
    with django_assert_num_queries(3):
        report = execution_report(plans("ru")[0], language="ru")
    assert (len(report.measures), len(report.indicators)) == (count, count)
    assert all(len(m.responsible) == len(m.evidence) == 2 for m in report.measures)
    assert all(len(line.years) == 2 for line in report.indicators)
    with django_assert_num_queries(4):
        execution_report(plans("en")[0], language="en")


@pytest.mark.parametrize("count", [1, 3, 32])
def test_the_page_takes_at_most_twelve_queries(
    site_tree: SimpleNamespace, client: Client, page_cache: None, count: int
) -> None:
    road_map = RoadMapFactory()
    RoadMapPageFactory(parent=site_tree.home, road_map=road_map)
    for order in range(count):
        MeasureFactory(road_map=road_map, order=order + 1, responsible=["А"])
        IndicatorFactory(road_map=road_map, number=order + 1, years={2024: (2, 2)})
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        # A selection is not kept as a whole page: only the frame around it is.
        assert len(rows(html(client, f"{ADDRESS}?status=done"))) == count
    assert len(queries) <= 12
