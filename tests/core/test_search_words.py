"""Dictionary forms, queries, layouts, corrections and highlighting, without a database."""

import pytest

from core.search.highlight import fragment, highlight
from core.search.layout import other_layout
from core.search.lemmas import index_text, readings, words
from core.search.query import parse, parse_beginning


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("педагогов", "педагог"),
        ("учителями", "учитель"),
        ("люди", "человек"),
        ("дети", "ребенок"),
        ("шел", "идти"),
        ("лучшего", "хороший"),
        ("наставничеству", "наставничество"),
        ("64", "64"),
        ("pdf", "pdf"),
    ],
)
def test_a_form_leads_to_its_dictionary_form(word, lemma):
    assert lemma in readings(word)


def test_yo_and_ye_are_one_letter():
    assert words("Ёлка, ОТЧЁТ") == ["елка", "отчет"]
    assert parse("отчёт") == parse("отчет")


def test_the_index_keeps_other_readings_behind_the_text():
    text = index_text("стали станки").split()
    assert text[1] == "станок"
    assert {"стать", "сталь"} <= set(text)


@pytest.mark.parametrize(
    ("typed", "tsquery"),
    [
        ("приказ о наставниках", "('приказ') & ('наставник')"),
        ("«дорожная карта»", "('дорожный' <-> 'карта')"),
        ("64", "('64')"),
        ("и", "('и')"),
    ],
)
def test_a_query_becomes_terms(typed, tsquery):
    assert parse(typed).as_tsquery() == tsquery


@pytest.mark.parametrize("typed", ["", "   ", "«»", "!!! --- ***", "\x00", "()|&:*", "\U0001f600"])
def test_a_query_without_a_word_has_no_terms(typed):
    assert not parse(typed)


@pytest.mark.parametrize(
    "typed", ["слово " * 5000, "а" * 10_000, "' OR 1=1 --", 'a" b* NEAR(c)', "a & | !b"]
)
def test_any_text_becomes_letters_and_digits_only(typed):
    terms = parse(typed).terms
    assert 1 <= len(terms) <= 12
    for term in terms:
        for form in term.forms:
            assert form.isalnum()
            assert len(form) <= 60


def test_the_last_word_may_be_only_begun():
    assert "'настав':*" in parse_beginning("школа настав").as_tsquery()
    assert '"настав"*' in parse_beginning("школа настав").as_fts5()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ghbdtn", "привет"), ("jkbvgbflf", "олимпиада"), (",fyr", "банк"), ("зва", "pdf")],
)
def test_the_other_keyboard_layout(typed, meant):
    assert other_layout(typed) == meant


def test_found_words_are_marked_in_whatever_form_they_stand():
    marked = highlight("Приказы и приказ", parse("приказа").lemmas)
    assert marked == "<mark>Приказы</mark> и <mark>приказ</mark>"


def test_marking_escapes_the_text():
    marked = highlight("<script>alert('план')</script> & план", parse("план").lemmas)
    assert "<script>" not in marked
    assert marked.count("<mark>план</mark>") == 2
    assert "&amp;" in marked


def test_the_fragment_is_where_most_words_stand_together():
    text = "Педагог. " + "Пустые слова идут дальше. " * 40 + "Здесь педагог и наставник вместе."
    piece = fragment(text, parse("педагог наставник").lemmas)
    assert "наставник вместе" in piece
    assert piece.startswith("…")
    assert len(piece) <= 260


def test_no_fragment_without_a_hit():
    assert fragment("Совсем о другом", parse("наставник").lemmas) == ""
