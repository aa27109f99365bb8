"""The files of a road map: names, kept answers, who may, what office programs see."""

from __future__ import annotations

import io
import zipfile
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from core.models import SiteSettings
from core.office import Cell, Column, Paper, Table, write_csv, write_docx, write_xlsx
from core.services.cards import refresh_card
from monitoring.models import IndicatorYear, Measure, MeasureEvidence
from tests.factories.home import StandardPageFactory
from tests.factories.monitoring import IndicatorFactory, MeasureFactory, RoadMapFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

KINDS = {
    "report.docx": ("application/vnd.openxmlformats", "Отчёт об исполнении дорожной карты"),
    "report.xlsx": ("application/vnd.openxmlformats", "Отчёт об исполнении дорожной карты"),
    "indicators.csv": ("text/csv; charset=utf-8", "Показатели дорожной карты"),
    "measures.csv": ("text/csv; charset=utf-8", "Меры дорожной карты"),
    "data.json": ("application/json; charset=utf-8", "Дорожная карта"),
}


def address(file: str, slug: str = "2020-2024") -> str:
    return f"/road-map/{slug}/{file}"


@pytest.fixture
def road_map(site_tree: SimpleNamespace) -> SimpleNamespace:
    """A road map with a measure that has evidence, one that is overdue, and two indicators."""
    road_map = RoadMapFactory()
    page = StandardPageFactory(title="Положение о центре")
    refresh_card(page=page)
    MeasureFactory(road_map=road_map, order=1, responsible=["МОУО"], evidence=[page])
    MeasureFactory(road_map=road_map, order=2, title="=1+1", status="in_progress")
    IndicatorFactory(road_map=road_map, number=1, years={2023: (None, None), 2024: (50, "51.5")})
    IndicatorFactory(road_map=road_map, number=2, years={2023: (0, 0), 2024: (5, None)})
    return SimpleNamespace(road_map=road_map, page=page)


@pytest.mark.parametrize("file", KINDS)
def test_a_file_has_its_kind_and_a_name_in_russian(
    road_map: SimpleNamespace, client: Client, file: str
) -> None:
    response = client.get(address(file))
    kind, name = KINDS[file]
    day = timezone.localdate().strftime("%d.%m.%Y")
    extension = file.rpartition(".")[2]
    assert response["Content-Type"].startswith(kind)
    disposition = response["Content-Disposition"]
    assert f"filename*=UTF-8''{quote(f'{name} 2020–2024 на {day}.{extension}')}" in disposition
    plain = disposition.split('filename="')[1].split('"')[0]
    assert plain.isascii()
    assert plain.endswith(f".{extension}")
    assert response["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("file", KINDS)
def test_an_unchanged_file_is_not_sent_again(
    road_map: SimpleNamespace, client: Client, file: str
) -> None:
    tag = client.get(address(file))["ETag"]
    again = client.get(address(file), headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    measure = Measure.objects.get(number="4.2")
    measure.status_comment = "Ждём приказа"
    measure.save_revision()
    assert client.get(address(file), headers={"If-None-Match": tag}).status_code == 304
    measure.latest_revision.publish()
    changed = client.get(address(file), headers={"If-None-Match": f'W/{tag}, "other"'})
    assert changed.status_code == 200
    assert changed["ETag"] != tag


ROLES = ("anonymous", "signed in", "superuser")
# Which state of a road map gives its files to whom: everybody the same.
ACCESS = {"published": 200, "draft": 404, "withdrawn": 404, "missing": 404}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", ACCESS)
def test_who_may_download(
    site_tree: SimpleNamespace, client: Client, state: str, role: str
) -> None:
    if state != "missing":
        road_map = RoadMapFactory(draft=state == "draft")
        if state == "withdrawn":
            road_map.unpublish()
    if role != "anonymous":
        client.force_login(UserFactory(superuser=role == "superuser"))
    for file in KINDS:
        assert client.get(address(file)).status_code == ACCESS[state], file
        assert client.post(address(file)).status_code == 405, file


@pytest.mark.parametrize("file", ["report.pdf", "report", "x.docx", "DATA.JSON", "report.docx.exe"])
def test_other_names_are_not_found(road_map: SimpleNamespace, client: Client, file: str) -> None:
    assert client.get(address(file)).status_code == 404


def test_the_report_reads_as_an_office_paper(road_map: SimpleNamespace, client: Client) -> None:
    settings = SiteSettings.objects.first() or SiteSettings.for_site(road_map.page.get_site())
    settings.demo_banner = "Демонстрационные данные."
    settings.save()
    document = Document(io.BytesIO(client.get(address("report.docx")).content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[0] == settings.owner_name
    assert lines[1] == "ОТЧЁТ"
    assert "Демонстрационные данные." in lines
    assert "План 2024 года достигнут по показателям: 1 из 1, по которым есть данные." in lines
    assert "Срок прошёл, а мероприятие не выполнено: 4.2." in lines
    assert lines[-1].startswith("Дата")
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert "PAGE" in section.header._element.xml
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.core_properties.title == "ОТЧЁТ"
    assert document.core_properties.author == settings.owner_name
    indicators, measures = document.tables
    for table in (indicators, measures):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    cells = [[cell.text for cell in row.cells][2:] for row in indicators.rows[1:]]
    assert cells == [
        ["2023", "не планируется", "—", "не планируется"],
        ["2024", "50", "51,5", "на 1,5 пункта выше"],
        ["2023", "0", "0", "по плану"],
        ["2024", "5", "нет данных", "нет данных"],
    ]
    targets = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert targets == [f"http://testserver{road_map.page.url}"]


def test_a_spreadsheet_keeps_numbers_and_runs_no_formula(
    road_map: SimpleNamespace, client: Client
) -> None:
    book = load_workbook(io.BytesIO(client.get(address("report.xlsx")).content))
    sheet = book["Показатели"]
    first, last = sheet.auto_filter.ref.split(":")
    rows = [[cell.value for cell in row] for row in sheet[first:last]]
    assert rows[0][:5] == ["№", "Показатель", "Год", "План", "Факт"]
    assert [row[3:5] for row in rows[1:]] == [
        ["не планируется", "—"],
        [50, 51.5],
        [0, 0],
        [5, "нет данных"],
    ]
    assert sheet.print_title_rows is not None
    assert sheet.page_setup.orientation == "landscape"
    cells = [cell for row in book["Мероприятия"].iter_rows() for cell in row]
    (dangerous,) = [cell for cell in cells if cell.value == "=1+1"]
    assert (dangerous.data_type, dangerous.quotePrefix) == ("s", True)


def test_every_evidence_can_be_opened_from_the_spreadsheet(
    road_map: SimpleNamespace, client: Client
) -> None:
    other = StandardPageFactory(title="Протокол")
    refresh_card(page=other)
    measure = Measure.objects.get(number="4.1")
    MeasureEvidence.objects.create(measure=measure, page=other, sort_order=9)
    IndicatorYear.objects.filter(indicator__number=1, year=2024).update(evidence_page=other)
    book = load_workbook(io.BytesIO(client.get(address("report.xlsx")).content))
    sheet = book["Подтверждения"]
    first, last = sheet.auto_filter.ref.split(":")
    rows = [list(row) for row in sheet[first:last]][1:]
    pages = [other, road_map.page, other]
    assert [row[0].value for row in rows] == ["Показатель 1, 2024", *["Мероприятие 4.1"] * 2]
    for row, page in zip(rows, pages, strict=True):
        url = f"http://testserver{page.url}"
        assert (row[2].value, row[3].value) == (page.title, url)
        assert row[2].hyperlink.target == row[3].hyperlink.target == url
    # On paper each cell holds all its links: no list besides.
    assert len(Document(io.BytesIO(client.get(address("report.docx")).content)).tables) == 2


def test_a_table_for_spreadsheets_runs_no_formula() -> None:
    data = write_csv(["a"], [["=1+1"], ["-"], [None], ["a;b"]])
    assert data.decode("utf-8-sig") == 'a\r\n\'=1+1\r\n\'-\r\n""\r\n"a;b"\r\n'


def test_equal_cells_below_each_other_are_one_on_paper() -> None:
    table = Table(
        title="Т",
        sheet="Т",
        columns=[Column("№", 10, merge=True), Column("Имя", 50, merge=True), Column("Год", 20)],
        rows=[[1, "А", "2020"], [1, "А", "2021"], [2, "А", "2020"], [2, Cell("А"), "2021"]],
    )
    paper = Paper(title="Отчёт", subtitle=[], tables=[table])
    document = Document(io.BytesIO(write_docx(paper)))
    grid = document.tables[0]
    assert grid.cell(1, 1)._tc is grid.cell(2, 1)._tc
    # Another number is another block, though the words are the same.
    assert grid.cell(2, 1)._tc is not grid.cell(3, 1)._tc
    assert [cell.text for cell in grid.columns[1].cells] == ["Имя", "А", "А", "А", "А"]
    book = load_workbook(io.BytesIO(write_xlsx(paper)))
    assert [row[0].value for row in book["Т"]["A4:A7"]] == [1, 1, 2, 2]


def test_the_paper_names_no_workplace(road_map: SimpleNamespace, client: Client) -> None:
    """Files that go out tell nothing of the machine and of the library that made them."""
    for file in ("report.docx", "report.xlsx"):
        archive = zipfile.ZipFile(io.BytesIO(client.get(address(file)).content))
        core = archive.read("docProps/core.xml").decode()
        assert "python-docx" not in core
        assert "openpyxl" not in core
