"""The library: filters with counts, orders, pages by key, words; few queries whatever the size."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from core.lists.keyset import page_of
from core.models import Card
from core.services.card_writing import number_key
from core.services.cards import refresh_card
from home.enums import Direction, DocumentStatus
from home.models import DocumentPage
from home.queries.library import LIBRARY
from home.queries.selection import Selection, Sort
from monitoring.models import Measure, RoadMap
from tests.factories.core import TopicFactory
from tests.factories.home import DocumentPageFactory, DocumentTypeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure():
    road_map = RoadMap.objects.create(
        title="План", slug="2020-2024", start_year=2020, end_year=2024
    )
    return Measure.objects.create(
        road_map=road_map, number="4.10", title="Конкурсы", start="2020-01-01", end="2024-12-31"
    )


@pytest.fixture
def shelf(site_tree, measure):
    """Four documents that differ in everything that is filtered by."""
    order = DocumentTypeFactory(slug="prikaz", name="приказ")
    plan = DocumentTypeFactory(slug="plan", name="план")
    topic = TopicFactory(slug="attestaciya", name="Аттестация")
    rows = [
        ("Об аттестации", "9", order, "2024-02-01", [topic], Direction.METHODICAL),
        ("О конкурсе", "10", order, "2025-03-01", [], Direction.ANALYTICAL),
        ("План аттестации", "", plan, "2025-03-01", [topic], Direction.METHODICAL),
        ("Бюджет", "б/н", plan, "2026-04-01", [], ""),
    ]
    pages = {}
    for title, number, kind, day, topics, direction in rows:
        pages[title] = DocumentPageFactory(
            title=title,
            number=number,
            document_type=kind,
            date=date.fromisoformat(day),
            topics=topics,
            direction=direction,
            measures=[measure] if title == "О конкурсе" else [],
            status=DocumentStatus.REPEALED if title == "Бюджет" else DocumentStatus.IN_FORCE,
        )
    return pages


@pytest.fixture
def read(client_of, site_tree):
    """Opens the library with this query and returns its text."""

    def get(query: str = "", client=None) -> str:
        answer = (client or client_of()).get(f"{site_tree.library.url}?{query}")
        assert answer.status_code == 200
        return answer.content.decode().replace("\xa0", " ")

    return get


def titles(text: str) -> list[str]:
    return re.findall(r'class="row-t"><a class="ttl" href="[^"]*">([^<]+)</a>', text)


def counts(text: str) -> dict[str, int]:
    found = re.findall(r'data-count="([^"]+)">(\d+)<', text)
    return {name: int(number) for name, number in found}


class TestFacets:
    def test_each_filter_narrows_the_list(self, shelf, read):
        expected = {
            "": {"Бюджет", "План аттестации", "О конкурсе", "Об аттестации"},
            "type=plan": {"Бюджет", "План аттестации"},
            "type=plan&type=prikaz&year=2025": {"План аттестации", "О конкурсе"},
            "status=repealed": {"Бюджет"},
            "direction=2.1": {"О конкурсе"},
            "topic=attestaciya": {"План аттестации", "Об аттестации"},
            "topic=attestaciya&type=prikaz": {"Об аттестации"},
            "measure=2020-2024:4.10": {"О конкурсе"},
            "year=2026": {"Бюджет"},
            "type=plan&status=in_force&topic=attestaciya&year=2025": {"План аттестации"},
            "type=nothing": set(),
            "year=soon": {"Бюджет", "План аттестации", "О конкурсе", "Об аттестации"},
        }
        assert {query: set(titles(read(query))) for query in expected} == expected

    def test_counts_say_what_a_choice_would_leave(self, shelf, read):
        shown = counts(read("type=plan"))
        # Inside the chosen facet the other values keep their own counts.
        assert (shown["type=plan"], shown["type=prikaz"]) == (2, 2)
        assert (shown["topic=attestaciya"], shown["year=2025"], shown["year=2026"]) == (1, 1, 1)
        assert (shown["status=in_force"], shown["status=repealed"]) == (1, 1)
        assert "direction=2.1" not in shown

    def test_the_heading_counts_in_russian(self, shelf, read):
        assert "4 документа" in read()
        assert "1 документ<" in read("status=repealed")

    def test_what_is_chosen_can_be_taken_away_one_by_one(self, shelf, read):
        text = read("type=plan&year=2025")
        assert 'href="?year=2025"' in text
        assert 'href="?type=plan"' in text

    def test_the_form_works_without_script(self, shelf, read, site_tree):
        text = read("q=аттестации&type=plan")
        form = text[text.index('id="filters"') :]
        form = form[: form.index("</form>")]
        assert f'action="{site_tree.library.url}"' in form
        assert re.search(r'name="type" value="plan" checked', form)
        assert 'type="hidden" name="q" value="аттестации"' in form
        assert "<button" in form

    def test_nothing_found_says_what_to_do(self, shelf, read):
        assert "ничего не нашлось" in read("type=nothing")

    def test_an_empty_library_says_so(self, read):
        assert "Документов пока нет" in read()


class TestOrderAndPages:
    def test_the_list_has_four_orders(self, shelf, read):
        expected = {
            "newest": ["Бюджет", "План аттестации", "О конкурсе", "Об аттестации"],
            "oldest": ["Об аттестации", "О конкурсе", "План аттестации", "Бюджет"],
            "number": ["Об аттестации", "О конкурсе", "Бюджет", "План аттестации"],
            "title": ["Бюджет", "О конкурсе", "Об аттестации", "План аттестации"],
            "nonsense": ["Бюджет", "План аттестации", "О конкурсе", "Об аттестации"],
        }
        assert {sort: titles(read(f"sort={sort}")) for sort in expected} == expected

    @pytest.mark.parametrize("sort", Sort.values)
    def test_pages_follow_one_another_without_gap_or_repeat(self, site_tree, sort):
        make_cards(47)
        cards = Card.objects.of_kind("document")
        whole, selection = [], Selection(sort=sort)
        backwards = []
        while True:
            page = page_of(cards, selection, 10)
            whole += [card.pk for card in page.cards]
            if not page.following:
                break
            selection = Selection.from_query(QueryDict(page.following[1:]))
        assert len(whole) == len(set(whole)) == 47
        while True:
            backwards = [card.pk for card in page.cards] + backwards
            if not page.previous:
                break
            selection = Selection.from_query(QueryDict(page.previous[1:]))
            page = page_of(cards, selection, 10)
        # The way back reaches the beginning and shows the first page in full.
        assert backwards[:10] == whole[:10]
        assert set(whole) <= set(backwards)

    def test_a_place_that_makes_no_sense_is_the_beginning(self, shelf, read):
        odd = ["x", "2020-13-45.7", "%00", "9999999999999999999999", ".."]
        for place in [*[f"after={value}" for value in odd], "before=%00"]:
            for sort in Sort.values:
                assert len(titles(read(f"{place}&sort={sort}"))) == 4, (place, sort)

    def test_a_place_whose_document_has_gone_still_leads_on(self, site_tree, read):
        make_cards(25)
        first = read()
        following = re.search(r'rel="next" href="\?([^"]+)"', first)[1].replace("&amp;", "&")
        key = int(following.rpartition(".")[2])
        Card.objects.filter(pk=key).delete()
        assert len(titles(read(following))) == 5

    @pytest.mark.parametrize(
        ("number", "key"),
        [
            ("9", "000000009"),
            ("10-к", "000000010-к"),
            ("б/н", "1б/н"),
            ("", "2"),
        ],
    )
    def test_numbers_sort_by_value(self, number, key):
        assert number_key(number) == key


class TestWords:
    def test_words_numbers_and_dates_are_found(self, shelf, read):
        expected = {
            "аттестация": {"План аттестации", "Об аттестации"},
            "№ 10": {"О конкурсе"},
            "01.04.2026": {"Бюджет"},
            "конкурсы": {"О конкурсе"},
        }
        assert {words: set(titles(read(f"q={words}"))) for words in expected} == expected

    def test_any_input_gives_a_page(self, shelf, read):
        for words in ['"', "'", "'; --", "%", "\x00", "*" * 500, "AND OR", "()"]:
            assert "<h1" in read(urlencode({"q": words})), words

    def test_words_and_filters_work_together(self, shelf, read):
        assert titles(read("q=аттестация&type=plan")) == ["План аттестации"]


def make_cards(number: int) -> None:
    """Published documents, several of one day, and their cards."""
    kind = DocumentTypeFactory()
    library = DocumentPageFactory(document_type=kind, title="Документ 000").get_parent()
    for n in range(1, number):
        page = DocumentPage(
            title=f"Документ {n:03}",
            slug=f"d-{n}",
            document_type=kind,
            number=str(n % 7),
            date=date(2026, 1, 1) - timedelta(days=n // 3),
            locale=library.locale,
        )
        library.add_child(instance=page)
        refresh_card(page=page)


class TestCost:
    @pytest.mark.parametrize("number", [1, 3, 30])
    @pytest.mark.parametrize(
        ("query", "warm"),
        [("x=1", 2), ("x=1&type=order", 2), ("x=1&sort=title", 2), ("x=1&q=документ", 4)],
    )
    def test_the_list_costs_the_same_for_any_number(
        self, number, query, warm, read, client_of, settings
    ):
        settings.PAGE_CACHE_SECONDS = 60
        make_cards(number)
        client = client_of()
        read(query, client)
        with CaptureQueriesContext(connection) as queries:
            text = read(query, client)
        assert len(titles(text)) == min(number, LIBRARY.page_size)
        assert len(queries) == warm

    def test_a_deep_page_reads_no_more_than_the_first(self, read, client_of, settings):
        settings.PAGE_CACHE_SECONDS = 60
        make_cards(45)
        client = client_of()
        cost = []
        query = "x=1"
        for _page in range(3):
            read(query, client)
            with CaptureQueriesContext(connection) as queries:
                text = read(query, client)
            cost.append(len(queries))
            assert "OFFSET" not in "".join(item["sql"] for item in queries)
            if following := re.search(r'rel="next" href="\?([^"]+)"', text):
                query = f"x=1&{following[1]}".replace("&amp;", "&")
        assert len(set(cost)) == 1

    def test_counts_are_made_anew_when_a_document_changes(
        self, shelf, read, settings, django_capture_on_commit_callbacks
    ):
        settings.PAGE_CACHE_SECONDS = 60
        assert counts(read("x=1"))["type=plan"] == 2
        with django_capture_on_commit_callbacks(execute=True):
            shelf["Бюджет"].unpublish()
        assert counts(read("x=1"))["type=plan"] == 1

    @pytest.mark.parametrize("number", [1, 3, 30])
    def test_a_document_page_costs_the_same_for_any_number(
        self, number, site_tree, client_of, settings, measure
    ):
        from home.models import DocumentFile
        from tests.factories.core import PortalDocumentFactory

        settings.PAGE_CACHE_SECONDS = 60
        page = DocumentPageFactory(
            files=[DocumentFile(document=PortalDocumentFactory()) for _n in range(number)],
            topics=[TopicFactory() for _n in range(number)],
            measures=[measure],
        )
        client = client_of()
        with CaptureQueriesContext(connection) as cold:
            client.get(f"{page.url}?x=1")
        with CaptureQueriesContext(connection) as warm:
            client.get(f"{page.url}?x=1")
        assert len(warm) == 1
        assert len(cold) <= 30
