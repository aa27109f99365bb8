"""What cannot be is refused in the form, at its field, and nothing that was typed is lost."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Locale

from monitoring.models import Indicator, Measure, RoadMap
from tests.factories.monitoring import IndicatorFactory, MeasureFactory, RoadMapFactory
from tests.factories.people import UserFactory
from tests.monitoring.test_admin import measure_form, url

pytestmark = pytest.mark.django_db

TAKEN = "Этот номер уже есть в дорожной карте."
SAVE: dict[str, str] = {}
PUBLISH = {"action-publish": "1"}
Year = dict[str, Any]


@pytest.fixture
def desk(site_tree: SimpleNamespace, client: Client) -> Client:
    client.force_login(UserFactory(superuser=True))
    return client


def indicator_form(indicator: Indicator, *years: Year, **changes: Any) -> dict[str, Any]:
    """The form of an indicator without rows in the database, with ``years`` typed in."""
    names = ("number", "name", "short_name", "unit", "unit_note", "method", "note")
    values = {name: getattr(indicator, name) for name in names}
    rows: dict[str, Any] = {"years-TOTAL_FORMS": len(years), "years-INITIAL_FORMS": 0}
    for place, year in enumerate(years):
        rows |= {f"years-{place}-{name}": value for name, value in year.items()}
        rows[f"years-{place}-ORDER"] = place + 1
    return {"road_map": indicator.road_map_id, **values, **rows, **changes}


def refusals(client: Client, address: str, data: dict[str, Any]) -> dict[str, str]:
    """The words of each field of the form that came back; nothing when the form was accepted."""
    response = client.post(address, data)
    if response.status_code == 302:
        return {}
    assert response.status_code == 200
    form = response.context["form"]
    found = {name: " ".join(errors) for name, errors in form.errors.items()}
    for formset in form.formsets.values():
        for row in formset.forms:
            found |= {row.add_prefix(name): " ".join(e) for name, e in row.errors.items()}
    shown = BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)
    assert all(words in shown for words in found.values())
    return found


@pytest.mark.parametrize("action", [SAVE, PUBLISH], ids=["draft", "publish"])
def test_a_measure_does_not_take_the_number_of_another(desk: Client, action: dict) -> None:
    plan = RoadMapFactory()
    first, second = (MeasureFactory(road_map=plan, order=order) for order in (6, 7))
    address = url(Measure, "edit", first.pk)
    data = measure_form(first, number=second.number, title="Набранные слова") | action
    response = desk.post(address, data)
    assert response.status_code == 200
    assert response.context["form"].errors == {"number": [TAKEN]}
    html = response.content.decode()
    assert TAKEN in html
    assert "Набранные слова" in html
    first.refresh_from_db()
    assert (first.number, first.latest_revision) == ("4.6", None)
    assert refusals(desk, address, data | {"number": "4.6"}) == {}


@pytest.mark.parametrize("action", [SAVE, PUBLISH], ids=["draft", "publish"])
def test_an_indicator_does_not_take_the_number_of_another(desk: Client, action: dict) -> None:
    plan = RoadMapFactory()
    first, second = (IndicatorFactory(road_map=plan, number=number) for number in (1, 2))
    address = url(Indicator, "edit", first.pk)
    data = indicator_form(first, number=second.number) | action
    assert refusals(desk, address, data) == {"number": TAKEN}
    assert refusals(desk, address, data | {"number": 3}) == {}


def test_a_new_record_does_not_take_a_number_either(desk: Client) -> None:
    measure = MeasureFactory()
    assert refusals(desk, url(Measure, "add"), measure_form(measure)) == {"number": TAKEN}
    indicator = IndicatorFactory(road_map=measure.road_map)
    assert refusals(desk, url(Indicator, "add"), indicator_form(indicator)) == {"number": TAKEN}


def test_a_number_is_taken_within_its_road_map_and_language(desk: Client) -> None:
    plan, other = RoadMapFactory(), RoadMapFactory(start_year=2021, end_year=2024)
    first = MeasureFactory(road_map=plan, order=6)
    MeasureFactory(road_map=other, order=7)
    english = Locale.objects.get_or_create(language_code="en")[0]
    MeasureFactory(road_map=plan, order=7, locale=english)
    assert refusals(desk, url(Measure, "edit", first.pk), measure_form(first, number="4.7")) == {}


def test_a_number_in_the_draft_of_another_is_taken(desk: Client) -> None:
    plan = RoadMapFactory()
    first, second = (MeasureFactory(road_map=plan, order=order) for order in (6, 7))
    assert refusals(desk, url(Measure, "edit", first.pk), measure_form(first, number="4.8")) == {}
    first.refresh_from_db()
    assert (first.number, first.has_unpublished_changes) == ("4.6", True)
    address = url(Measure, "edit", second.pk)
    assert refusals(desk, address, measure_form(second, number="4.8")) == {"number": TAKEN}


@pytest.mark.parametrize("action", [SAVE, PUBLISH], ids=["draft", "publish"])
def test_a_road_map_does_not_take_the_address_of_another(desk: Client, action: dict) -> None:
    plan, other = RoadMapFactory(), RoadMapFactory(start_year=2021, end_year=2024)
    data = {
        **{name: getattr(plan, name) for name in ("title", "start_year", "end_year", "basis")},
        "slug": other.slug,
        "goal": "",
        "purpose": "",
        "work_items-TOTAL_FORMS": 0,
        "work_items-INITIAL_FORMS": 0,
    }
    assert refusals(desk, url(RoadMap, "edit", plan.pk), data | action) == {
        "slug": "Такая часть адреса уже есть у другой дорожной карты."
    }


@pytest.mark.parametrize("action", [SAVE, PUBLISH], ids=["draft", "publish"])
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"start": "2020-06-20", "end": "2024-12-31"}, {}),
        ({"start": "1900-01-01"}, {"start": "Срок дорожной карты — 2020–2024"}),
        ({"end": "2025-01-01"}, {"end": "Срок дорожной карты — 2020–2024"}),
        ({"see_also": "4.1, 4.2"}, {}),
        ({"see_also": "4.2, 9.9"}, {"see_also": "В дорожной карте нет меры с таким номером: 9.9."}),
    ],
)
def test_what_a_measure_cannot_be(
    desk: Client, action: dict, changes: dict, expected: dict
) -> None:
    plan = RoadMapFactory()
    measure, _other = (MeasureFactory(road_map=plan, order=order) for order in (1, 2))
    found = refusals(
        desk, url(Measure, "edit", measure.pk), measure_form(measure, **changes) | action
    )
    assert found.keys() == expected.keys()
    assert all(found[name].startswith(words) for name, words in expected.items())


@pytest.mark.parametrize("action", [SAVE, PUBLISH], ids=["draft", "publish"])
@pytest.mark.parametrize(
    ("unit", "years", "expected"),
    [
        ("процент", [{"year": 2020, "target": 0, "fact": 100}], {}),
        ("процент", [{"year": 1900, "target": 5}], {"0-year": "Срок дорожной карты"}),
        ("процент", [{"year": 2021, "target": 101}], {"0-target": "Процент не может быть больше"}),
        ("процент", [{"year": 2021, "fact": "-1"}], {"0-fact": "Значение не может быть меньше 0"}),
        (
            "процент",
            [{"year": 2021, "numerator": 3, "denominator": 2}],
            {"0-fact": "Процент не может быть больше"},
        ),
        ("человек", [{"year": 2021, "target": 250, "fact": 300}], {}),
        (
            "человек",
            [{"year": 2021, "target": "-2"}],
            {"0-target": "Значение не может быть меньше"},
        ),
        (
            "процент",
            [{"year": 2021, "target": 1}, {"year": 2021, "target": 2}],
            {"1-year": "Этот год указан дважды."},
        ),
        ("процент", [{"year": 2021}, {"year": 2021, "DELETE": "on"}], {}),
        ("процент", [{"year": 2021}, {"year": 1900, "DELETE": "on"}], {}),
    ],
)
def test_what_the_years_of_an_indicator_cannot_be(
    desk: Client, action: dict, unit: str, years: list[Year], expected: dict
) -> None:
    indicator = IndicatorFactory()
    data = indicator_form(indicator, *years, unit=unit) | action
    found = refusals(desk, url(Indicator, "edit", indicator.pk), data)
    assert found.keys() == {f"years-{name}" for name in expected}
    assert all(found[f"years-{name}"].startswith(words) for name, words in expected.items())
