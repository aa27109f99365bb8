"""All 30 targets and all 32 measures equal the order, wherever they are shown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from docx import Document
from openpyxl import load_workbook

import home
from monitoring.models import Indicator, Measure, RoadMap, WorkItem
from monitoring.queries import ExecutionReport
from tests.factories.monitoring import RoadMapPageFactory
from tests.monitoring.order import CORRECTED, MEASURES, TARGETS, TASKS, day

YEARS = (2020, 2021, 2022, 2023, 2024)
ORDER = (Path(home.__file__).parent / "data" / "order_64.txt").read_text(encoding="utf-8")
WORD = re.compile(r"[а-яёa-z]+")


def words(*texts: str) -> set[str]:
    """All words of the texts in small letters."""
    return set(WORD.findall(" ".join(texts).lower()))


@pytest.mark.parametrize("number", TARGETS)
def test_targets_equal_the_order(order_64: RoadMap, number: int) -> None:
    indicator = order_64.indicators.get(number=number)
    rows = indicator.years.values_list("year", "target", "fact")
    assert [(year, target) for year, target, _fact in rows] == list(
        zip(YEARS, TARGETS[number], strict=True)
    )
    assert {fact for _year, _target, fact in rows} == {None}


def test_measures_equal_the_order(order_64: RoadMap) -> None:
    found = [
        (measure.number, measure.start, measure.end, [str(r) for r in measure.responsible.all()])
        for measure in order_64.measures.order_by("order")
    ]
    assert found == [
        (number, day(first), day(last), names) for number, _words, (first, last), names in MEASURES
    ]


@pytest.mark.parametrize(("number", "beginning", "dates", "names"), MEASURES)
def test_a_measure_begins_as_in_the_order(
    order_64: RoadMap, number: str, beginning: str, dates: tuple, names: list
) -> None:
    assert order_64.measures.get(number=number).title.startswith(beginning)


def test_no_word_is_invented(order_64: RoadMap) -> None:
    """Every word of measures, indicators and tasks stands in the order."""
    texts = [
        *Measure.objects.values_list("title", flat=True),
        *Measure.objects.values_list("planned_result", flat=True),
        *Indicator.objects.values_list("name", flat=True),
        *WorkItem.objects.values_list("text", flat=True),
        *WorkItem.objects.values_list("direction", flat=True),
    ]
    known = words(re.sub("</?p>", " ", ORDER))
    assert words(*texts) - known == CORRECTED
    assert all(Measure.objects.values_list("planned_result", flat=True))


def test_directions_equal_the_order(
    order_64: RoadMap, read: Callable[..., ExecutionReport]
) -> None:
    assert {d.code: len(d.tasks) for d in read().directions} == TASKS
    assert sum(TASKS.values()) == 38


# --- The same in every format -------------------------------------------------------------------


@pytest.fixture
def get(order_64: RoadMap, site_tree: object, client: Client) -> Callable[[str], bytes]:
    """The content of a file of the road map."""

    def content(file: str) -> bytes:
        response = client.get(f"/road-map/2020-2024/{file}")
        assert response.status_code == 200
        return response.content

    return content


def test_the_page_shows_them(order_64: RoadMap, site_tree: object, client: Client) -> None:
    RoadMapPageFactory(road_map=order_64, parent=site_tree.home)
    html = client.get("/dorozhnaya-karta/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    for number, beginning, _dates, names in MEASURES:
        row = html.split(f'<tr id="mera-{number.replace(".", "-")}"')[1].split("</tr>")[0]
        assert beginning in row
        assert ("не указан" in row) == (not names)
        for name in names:
            assert name in row
    for number, targets in TARGETS.items():
        article = html.split(f'id="pokazatel-{number}"')[1].split("</article>")[0]
        rows = article.split("<tbody>")[1].split("<tr>")[1:]
        assert len(rows) == 5
        for row, target in zip(rows, targets, strict=True):
            cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
            if target is None:
                assert cells == ["не планируется"]
            else:
                assert cells[0] == str(target)


def test_json_holds_them(get: Callable[[str], bytes]) -> None:
    data = json.loads(get("data.json"))
    assert {
        line["number"]: tuple(year["target"] for year in line["years"])
        for line in data["indicators"]
    } == TARGETS
    assert [(m["number"], m["start"], m["end"], m["responsible"]) for m in data["measures"]] == [
        (number, day(first).isoformat(), day(last).isoformat(), names)
        for number, _words, (first, last), names in MEASURES
    ]


def test_csv_holds_them(get: Callable[[str], bytes]) -> None:
    def rows(file: str) -> list[dict[str, str]]:
        raw = get(file)
        assert raw.startswith(b"\xef\xbb\xbf")
        return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))

    targets = [(int(r["number"]), int(r["year"]), r["target"]) for r in rows("indicators.csv")]
    assert targets == [
        (number, year, "" if target is None else str(target))
        for number, values in TARGETS.items()
        for year, target in zip(YEARS, values, strict=True)
    ]
    assert [
        (r["number"], r["start"], r["end"], r["responsible"]) for r in rows("measures.csv")
    ] == [
        (number, day(first).isoformat(), day(last).isoformat(), "; ".join(names))
        for number, _words, (first, last), names in MEASURES
    ]


def _expected_targets() -> list[tuple[str, str, str]]:
    return [
        (str(number), str(year), "не планируется" if target is None else str(target))
        for number, values in TARGETS.items()
        for year, target in zip(YEARS, values, strict=True)
    ]


def _expected_measures() -> list[tuple[str, str, str]]:
    return [
        (number, f"{first} –\n{last}", "; ".join(names) or "не указан")
        for number, _words, (first, last), names in MEASURES
    ]


def test_docx_holds_them(get: Callable[[str], bytes]) -> None:
    document = Document(io.BytesIO(get("report.docx")))
    indicators, measures = document.tables
    rows = [[cell.text for cell in row.cells] for row in indicators.rows[1:]]
    assert [(row[0], row[2], row[3]) for row in rows] == _expected_targets()
    rows = [[cell.text for cell in row.cells] for row in measures.rows[1:]]
    assert [(row[0], row[2], row[3]) for row in rows] == _expected_measures()


def test_xlsx_holds_them(get: Callable[[str], bytes]) -> None:
    book = load_workbook(io.BytesIO(get("report.xlsx")))
    assert book.sheetnames == ["Показатели", "Мероприятия"]

    def rows(name: str) -> list[tuple]:
        sheet = book[name]
        first, last = sheet.auto_filter.ref.split(":")
        cells = sheet[first:last]
        return [tuple(cell.value for cell in row) for row in cells[1:]]

    found = [(str(row[0]), row[2], str(row[3])) for row in rows("Показатели")]
    assert found == _expected_targets()
    found = [(row[0], row[2], row[3]) for row in rows("Мероприятия")]
    assert found == _expected_measures()
