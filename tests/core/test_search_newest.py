"""Both ways to the newest hits lead to the same cards; PostgreSQL finds its indexes."""

import datetime

import pytest
from django.core.management import call_command

from core import jobs
from core.models import Card, SearchWord
from core.search import newest
from core.search.catalogue import candidates
from core.search.frequencies import Frequencies
from core.search.query import parse
from core.search.spelling import correct
from tests.factories.home import NewsPageFactory, body

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(site_tree):
    """Ten news, the later number the newer; every second about a contest of teachers."""
    for number in range(10):
        NewsPageFactory(
            title=f"Новость {number}",
            date=datetime.date(2020, 1, 1 + number),
            body=body("Конкурс учителей района" if number % 2 else "Учителя ждут конкурс"),
        )


def found(text):
    cards = Card.objects.of_kind("news")
    by_pk = dict(cards.values_list("pk", "title"))
    return [by_pk[pk] for pk in candidates(cards=cards, terms=parse(text))]


@pytest.mark.parametrize("is_common", [True, False])
def test_newest_first_whichever_way(news, monkeypatch, is_common):
    monkeypatch.setattr(newest, "_is_common", lambda terms: is_common)
    assert found("конкурсы") == [f"Новость {number}" for number in range(9, -1, -1)]
    assert found("район") == [f"Новость {number}" for number in (9, 7, 5, 3, 1)]


@pytest.mark.parametrize("is_common", [True, False])
def test_a_phrase_stands_together(news, monkeypatch, is_common):
    monkeypatch.setattr(newest, "_is_common", lambda terms: is_common)
    assert found("«конкурсы учителей»") == [f"Новость {number}" for number in (9, 7, 5, 3, 1)]
    assert found("«учителя района» конкурс") == found("«конкурсы учителей»")
    assert found("«района учителя»") == []


COMMON = Frequencies(100_000, {"конкурс": 0.85, "учитель": 0.9, "район": 0.08, "егэ": 0.3})


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("конкурсы", 0.85),
        ("районов", 0.08),
        ("лаванда", 0),
        ("конкурс учителей", 0.765),
        ("«конкурс учителей»", 0.765),
        ("конкурс лаванды", 0),
    ],
)
def test_the_share_of_a_question_follows_its_words(typed: str, share: float) -> None:
    assert COMMON.hits(parse(typed)) == pytest.approx(share * 100_000)


def test_some_of_the_words_are_more_common_than_all() -> None:
    assert COMMON.hits(parse("конкурс лаванды").some()) == pytest.approx(85_000)
    assert COMMON.hits(parse("учителя конкурса").some()) == 100_000


def test_common_is_told_from_rare(monkeypatch) -> None:
    monkeypatch.setattr(newest, "frequencies", lambda: COMMON)
    # The root of 300 × 20 × all cards: 24,495.
    assert newest._is_common(parse("конкурс"))
    assert not newest._is_common(parse("район"))
    monkeypatch.setattr(newest, "frequencies", Frequencies)
    assert not newest._is_common(parse("конкурс"))


def test_a_capped_question_keeps_title_hits(news, monkeypatch):
    monkeypatch.setattr("core.search.catalogue.CAP", 3)
    old = NewsPageFactory(title="Конкурс", date=datetime.date(2001, 1, 1))
    assert old.title in found("конкурс")


def test_words_that_are_gone_are_forgotten(news):
    page = NewsPageFactory(title="Чечевица")
    assert correct("чечивица") == "чечевица"
    page.unpublish()
    jobs.forget_search_words()
    assert not SearchWord.objects.filter(word="чечевица").exists()
    assert SearchWord.objects.filter(word="новость").exists()


def test_rebuilt_cards_are_found(news):
    call_command("rebuild_cards")
    assert len(found("конкурс")) == 10
