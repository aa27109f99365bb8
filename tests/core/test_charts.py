"""Geometry and words of the bar chart."""

from decimal import Decimal

import pytest
from django.utils import translation

from core.charts import BASE, TOP, bar_chart, points, show_number

SERIES = [
    {"year": 2020, "target": None, "fact": None},
    {"year": 2021, "target": Decimal("0"), "fact": Decimal("0.00")},
    {"year": 2022, "target": Decimal("20"), "fact": Decimal("18.50")},
    {"year": 2023, "target": Decimal("50"), "fact": None},
]


def test_not_planned_differs_from_zero() -> None:
    with translation.override("ru"):
        chart = bar_chart(SERIES, unit="%", title="Показатель 1")
        nothing, zero, short, unknown = chart.bars
        assert not nothing.planned
        assert zero.planned
        assert zero.height == 0
        assert short.short
        assert not unknown.short
        assert [bar.difference for bar in chart.bars] == [
            *["не планируется", "по плану", "на 1,5 пункта ниже", "нет данных"]
        ]
        assert chart.label == (
            "Показатель 1. 2020: не планируется; 2021: план 0, факт 0; "
            "2022: план 20, факт 18,5; 2023: план 50, факта пока нет"
        )


def test_largest_value_fills_the_height() -> None:
    bar = bar_chart([{"year": 2024, "target": 50, "fact": 52}], unit="%").bars[0]
    assert bar.y == TOP
    assert bar.height == BASE - TOP


def test_a_chart_of_nothing_but_zeros_and_an_empty_one() -> None:
    assert bar_chart([{"year": 2024, "target": 0, "fact": 0}], unit="%").bars[0].y == BASE
    assert bar_chart([], unit="%").bars == ()


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        *[(0, "по плану"), (1, "на 1 пункт выше"), (-2, "на 2 пункта ниже")],
        *[
            (-9, "на 9 пунктов ниже"),
            (21, "на 21 пункт выше"),
            (Decimal("0.5"), "на 0,5 пункта выше"),
        ],
    ],
)
def test_differences_in_words(difference: Decimal, words: str) -> None:
    with translation.override("ru"):
        assert points(difference) == words


def test_numbers_have_no_needless_zeros() -> None:
    with translation.override("ru"):
        assert [show_number(Decimal(n)) for n in ("50.00", "0", "2.50", "1000")] == [
            *["50", "0", "2,5", "1000"]
        ]
        assert show_number(None) == ""
