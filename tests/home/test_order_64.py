"""Order No. 64 stands in the library with its whole text."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from datetime import date

import pytest
from django.test import Client
from docx import Document

from core.blocks import BodyBlock
from core.models import PortalDocument
from home.models import DocumentPage
from home.services.order_64 import NOTE, set_up_order_64
from home.services.order_64_text import SOURCE, order_blocks
from home.services.seeding import key_uuid
from monitoring.models import Measure, RoadMap
from portal.settings.environment import BASE_DIR
from tests.factories.home import DocumentTypeFactory

WORD = re.compile(r"\w+")
ROAD_MAP = BASE_DIR / "monitoring" / "data" / "road_map_order_64.json"


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(re.sub(r"<[^>]+>|\*\*", " ", text)))


def block_texts() -> list[str]:
    texts = []
    for block in order_blocks():
        value = block["value"]
        if block["type"] == "table":
            texts.append(value["caption"])
            texts += [column["heading"] for column in value["table"]["columns"]]
            texts += [cell for row in value["table"]["rows"] for cell in row["values"]]
        else:
            texts.append(value["text"] if block["type"] == "heading" else value)
    return texts


def tables() -> list[list[list[str]]]:
    return [
        [row["values"] for row in block["value"]["table"]["rows"]]
        for block in order_blocks()
        if block["type"] == "table"
    ]


def test_no_word_is_lost_and_only_captions_are_added():
    source = words(SOURCE.read_text(encoding="utf-8"))
    shown = words(" ".join(block_texts()))
    assert source - shown == Counter()
    assert set(shown - source) <= {"Показатели", "План", "мероприятий", "Дорожной", "карты"}


def test_the_text_keeps_its_order():
    source = SOURCE.read_text(encoding="utf-8")
    before_tables = source[: source.index("3. Показатели")]
    texts = [
        block["value"]["text"] if block["type"] == "heading" else block["value"]
        for block in order_blocks()
        if block["type"] != "table"
    ]
    shown = WORD.findall(re.sub(r"<[^>]+>", " ", " ".join(texts)))
    source_words = WORD.findall(before_tables.replace("**", ""))
    assert shown[: len(source_words)] == source_words


def test_targets_and_measures_equal_the_road_map():
    data = json.loads(ROAD_MAP.read_text(encoding="utf-8"))
    indicators, measures = tables()
    targets = {
        row[0].rstrip("."): [None if cell == "-" else int(cell) for cell in row[2:]]
        for row in indicators[2:]
    }
    expected = {
        str(item["number"]).rstrip("."): [item["targets"][str(year)] for year in range(2020, 2025)]
        for item in data["indicators"]
    }
    assert targets == expected
    assert len(measures) == len(data["measures"]) == 32
    for row, item in zip(measures, data["measures"], strict=True):
        days = [date.fromisoformat(item[name]).strftime("%d.%m.%Y") for name in ("start", "end")]
        assert row[2:4] == days


def test_every_block_is_valid_for_an_editor():
    block = BodyBlock()
    cleaned = block.clean(block.to_python(order_blocks()))
    anchors = [item.value["anchor"] for item in cleaned if item.block_type == "heading"]
    assert len(set(anchors)) == len(anchors) == 6


@pytest.fixture
def library(site_tree):
    """A library as the set-up leaves it, with the type and the measure the order names."""
    page = site_tree.library
    page.translation_key = key_uuid("dokumenty")
    page.save()
    DocumentTypeFactory(slug="prikaz", name="приказ")
    road_map = RoadMap.objects.create(
        title="Дорожная карта", slug="2020-2024", start_year=2020, end_year=2024
    )
    Measure.objects.create(
        road_map=road_map, number="4.1", title="Координатор", start="2020-06-20", end="2024-12-31"
    )
    return page


@pytest.mark.usefixtures("library")
class TestInTheLibrary:
    def test_it_is_published_with_its_attributes_and_files(self, client_of):
        set_up_order_64()
        page = DocumentPage.objects.get(slug="prikaz-64")
        assert (page.number, page.date, page.live) == ("64", date(2020, 6, 25), True)
        assert page.status_note == "срок реализации истёк 31.12.2024"
        assert [measure.number.rstrip(".") for measure in page.measures.all()] == ["4.1"]
        names = [file.document.download_name for file in page.files.all()]
        assert names == [
            "Приказ № 64 от 25.06.2020 (текстовая версия).docx",
            "Приказ № 64 от 25.06.2020 (исходный текст).txt",
        ]
        answer = client_of().get(page.url)
        assert answer.status_code == 200
        assert "Приказ от 25.06.2020 № 64" in answer.content.decode().replace("\xa0", " ")
        for file in page.files.all():
            assert client_of().get(file.document.url).status_code == 200

    def test_the_docx_holds_every_word_and_says_what_it_is(self):
        set_up_order_64()
        stored = PortalDocument.objects.get(original_name__endswith=".docx")
        document = Document(io.BytesIO(stored.file.read()))
        texts = [paragraph.text for paragraph in document.paragraphs]
        for table in document.tables:
            texts += [cell.text for row in table.rows for cell in row.cells]
        assert words(SOURCE.read_text(encoding="utf-8")) - words(" ".join(texts)) == Counter()
        assert NOTE in texts

    def test_a_second_run_makes_nothing_and_respects_an_editor(self):
        set_up_order_64()
        page = DocumentPage.objects.get(slug="prikaz-64")
        page.title = "Исправлено редактором"
        page.save_revision().publish()
        assert set_up_order_64().title == "Исправлено редактором"
        page.delete()
        assert set_up_order_64() is None
        assert not DocumentPage.objects.filter(slug="prikaz-64").exists()


@pytest.mark.django_db
def test_the_road_map_leads_to_its_order_once(portal: None, client: Client) -> None:
    line = '<a href="/dokumenty/prikaz-64/">Приказ отдела образования'
    html = client.get("/dorozhnaya-karta/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert line in html
    RoadMap.objects.update(basis_page=None)
    set_up_order_64()
    assert not RoadMap.objects.filter(basis_page__isnull=False).exists(), "an editor took it away"
