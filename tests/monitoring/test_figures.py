"""Null and zero, differences in words, facts that follow from shares, confirmation, overdue."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from monitoring.enums import MeasureStatus
from monitoring.models import Indicator, IndicatorYear, Measure
from monitoring.queries import YearFigure, execution_report, indicator_overview, plans
from monitoring.services import confirm_fact
from people.models import User
from tests.factories.monitoring import IndicatorFactory, MeasureFactory, RoadMapFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

DIFFERENCES = [
    (None, None, "не планируется"),
    (None, 0, "не планируется"),
    (None, 5, "не планируется"),
    (0, None, "нет данных"),
    (5, None, "нет данных"),
    (0, 0, "по плану"),
    (50, 50, "по плану"),
    ("50.00", "50", "по плану"),
    (0, 1, "на 1 пункт выше"),
    (50, 52, "на 2 пункта выше"),
    (50, 55, "на 5 пунктов выше"),
    (50, 61, "на 11 пунктов выше"),
    (50, 71, "на 21 пункт выше"),
    (50, 72, "на 22 пункта выше"),
    (50, 49, "на 1 пункт ниже"),
    (50, 46, "на 4 пункта ниже"),
    (50, 0, "на 50 пунктов ниже"),
    (50, "49.5", "на 0,5 пункта ниже"),
    (50, "52.25", "на 2,25 пункта выше"),
    (50, "55.10", "на 5,1 пункта выше"),
]


def number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


@pytest.mark.parametrize(("target", "fact", "words"), DIFFERENCES)
def test_a_difference_in_words(target: object, fact: object, words: str) -> None:
    figure = YearFigure(2024, number(target), number(fact))
    assert figure.difference_words.replace("\N{NO-BREAK SPACE}", " ") == words


@pytest.mark.parametrize(
    ("target", "fact", "target_words", "fact_words"),
    [
        (None, None, "не планируется", "—"),
        (0, 0, "0", "0"),
        (0, None, "0", "нет данных"),
        (None, 0, "не планируется", "0"),
        ("12.50", "12.05", "12,5", "12,05"),
    ],
)
def test_zero_is_not_the_absence_of_a_plan(
    target: object, fact: object, target_words: str, fact_words: str
) -> None:
    figure = YearFigure(2024, number(target), number(fact))
    assert (figure.target_words, figure.fact_words) == (target_words, fact_words)


# --- Facts from shares --------------------------------------------------------------------------


def year(**values: object) -> IndicatorYear:
    row = IndicatorYear(indicator=IndicatorFactory(), year=2024, **values)
    row.full_clean()
    return row


@pytest.mark.parametrize(
    ("numerator", "denominator", "fact"), [(1, 3, "33.33"), (0, 7, "0"), (5, 5, "100")]
)
def test_a_fact_follows_from_numerator_and_denominator(
    numerator: int, denominator: int, fact: str
) -> None:
    assert year(numerator=numerator, denominator=denominator).fact == Decimal(fact)


@pytest.mark.parametrize("fact", ["33.33", "33.3", "33.30", "33"])
def test_a_fact_may_be_rounded(fact: str) -> None:
    assert year(numerator=1, denominator=3, fact=Decimal(fact)).fact == Decimal(fact)


@pytest.mark.parametrize("fact", ["33.34", "34", "0", "33.4"])
def test_a_fact_that_differs_is_refused(fact: str) -> None:
    with pytest.raises(ValidationError) as caught:
        year(numerator=1, denominator=3, fact=Decimal(fact))
    (message,) = caught.value.message_dict["fact"]
    assert "не совпадает с расчётом: 1 / 3 × 100 = 33,33" in message


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"numerator": 1}, "Укажите и числитель, и знаменатель."),
        ({"denominator": 1}, "Укажите и числитель, и знаменатель."),
        ({"numerator": 1, "denominator": 0}, "Знаменатель не может быть нулём."),
    ],
)
def test_half_a_share_is_refused(values: dict, words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        year(**values)
    assert words in caught.value.messages


# --- Confirmation -------------------------------------------------------------------------------


@pytest.fixture
def official() -> User:
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="confirm_indicator_fact"))
    return User.objects.get(pk=user.pk)


def test_an_official_confirms_a_fact_once(official: User) -> None:
    indicator = IndicatorFactory(years={2023: (50, 41), 2024: (50, 52)})
    row = confirm_fact(indicator=indicator, year=2024, user=official)
    assert (row.confirmed, row.confirmed_by, row.confirmed_value) == (True, official, 52)
    assert not indicator.years.get(year=2023).confirmed
    entry = ModelLogEntry.objects.get(action="monitoring.confirm_fact")
    assert (entry.user, entry.data) == (official, {"year": 2024, "fact": "52.00"})
    assert entry.message == "Подтверждён факт за 2024 год: 52.00"
    confirm_fact(indicator=indicator, year=2024, user=official)
    assert ModelLogEntry.objects.filter(action="monitoring.confirm_fact").count() == 1


def test_another_value_is_not_confirmed(official: User) -> None:
    indicator = IndicatorFactory(years={2024: (50, 52)})
    confirm_fact(indicator=indicator, year=2024, user=official)
    report = execution_report(plans()[0])
    assert report.indicators[0].years[0].confirmed_at is not None
    indicator = Indicator.objects.get()
    indicator.years.get_object_list()[0].fact = Decimal(53)
    indicator.save_revision().publish()
    assert not indicator.years.get().confirmed
    report = execution_report(plans()[0])
    assert report.indicators[0].years[0].confirmed_at is None


def test_a_draft_does_not_lose_its_changes_to_a_confirmation(official: User) -> None:
    indicator = IndicatorFactory(years={2024: (50, 52)})
    indicator.note = "Черновик"
    indicator.save_revision()
    confirm_fact(indicator=indicator, year=2024, user=official)
    indicator = Indicator.objects.get()
    assert (indicator.note, indicator.has_unpublished_changes) == ("", True)
    draft = indicator.get_latest_revision_as_object()
    assert draft.note == "Черновик"
    assert draft.years.all()[0].confirmed


@pytest.mark.parametrize("fact", [None, "draft", "missing year"])
def test_nothing_to_confirm(official: User, fact: str | None) -> None:
    years = {2024: (50, 52 if fact else None)}
    indicator = IndicatorFactory(years=years, draft=fact == "draft")
    with pytest.raises(ValidationError, match="подтверждать нечего"):
        confirm_fact(
            indicator=indicator, year=2023 if fact == "missing year" else 2024, user=official
        )


@pytest.mark.parametrize("traits", [{}, {"superuser": True, "inactive": True}])
def test_who_may_not_confirm(traits: dict) -> None:
    indicator = IndicatorFactory(years={2024: (50, 52)})
    with pytest.raises(PermissionDenied):
        confirm_fact(indicator=indicator, year=2024, user=UserFactory(**traits))
    assert not indicator.years.get().confirmed


# --- Overdue ------------------------------------------------------------------------------------

END = datetime.date(2024, 12, 31)
OVERDUE = [
    (MeasureStatus.PLANNED, True),
    (MeasureStatus.IN_PROGRESS, True),
    (MeasureStatus.NOT_DONE, True),
    (MeasureStatus.DONE, False),
    (MeasureStatus.DONE_LATE, False),
    (MeasureStatus.CANCELLED, False),
]


def test_the_table_names_every_status() -> None:
    assert {status for status, _late in OVERDUE} == set(MeasureStatus)


@pytest.mark.parametrize(("status", "late"), OVERDUE)
def test_a_measure_is_overdue_after_its_last_day(status: MeasureStatus, late: bool) -> None:
    measure = MeasureFactory(end=END, status=status)
    for on, expected in ((END, False), (END + datetime.timedelta(days=1), late)):
        assert measure.is_overdue(on) is expected
        assert Measure.objects.overdue(on).exists() is expected
        assert execution_report(plans()[0], on=on).measures[0].overdue is expected


# --- At a glance --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("years", "value", "words"),
    [
        ({2023: (50, 41), 2024: (50, 52)}, "52 %", "на 2 пункта выше плана 2024 года"),
        ({2023: (50, 41), 2024: (50, None)}, "41 %", "на 9 пунктов ниже плана 2023 года"),
        ({2024: (10, 10)}, "10 %", "по плану 2024 года"),
        ({2024: (0, 0)}, "0 %", "по плану 2024 года"),
        ({2024: (None, 3)}, "3 %", "в 2024 году, не планировалось"),
        ({2024: (10, None)}, "", "нет данных"),
        ({}, "", "нет данных"),
    ],
)
def test_the_glance_says_where_an_indicator_stands(years: dict, value: str, words: str) -> None:
    IndicatorFactory(years=years)
    overview = indicator_overview()
    assert overview is not None
    (glance,) = overview[1]
    assert (glance.value, glance.words.replace("\N{NO-BREAK SPACE}", " ")) == (value, words)


def test_the_glance_shows_the_road_map_asked_for() -> None:
    assert indicator_overview() is None
    old = RoadMapFactory()
    new = RoadMapFactory(start_year=2025, end_year=2027)
    assert indicator_overview()[0].pk == new.pk
    assert indicator_overview(old.pk)[0].pk == old.pk
    old.unpublish()
    assert indicator_overview(old.pk)[0].pk == new.pk
