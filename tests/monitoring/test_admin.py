"""The road map in the admin: what each role may do, lists, filters, export, previews, history."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from monitoring.models import Indicator, Measure
from people.enums import Role
from people.models import User
from tests.factories.monitoring import IndicatorFactory, MeasureFactory, RoadMapFactory

pytestmark = pytest.mark.django_db


def url(model: type, name: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


# --- Role × state × action ----------------------------------------------------------------------

ROLES = ("anonymous", "teacher", Role.EDITOR, Role.METHODIST, Role.COORDINATOR, Role.ADMINISTRATOR)
# Who may; an unnamed cell means no. States: a published record, a draft.
MAY: dict[tuple[str, str], set[str]] = {
    ("list", "live"): {Role.METHODIST, Role.COORDINATOR, Role.ADMINISTRATOR},
    ("export", "live"): {Role.METHODIST, Role.COORDINATOR, Role.ADMINISTRATOR},
    ("edit", "live"): {Role.METHODIST, Role.COORDINATOR, Role.ADMINISTRATOR},
    ("edit", "draft"): {Role.METHODIST, Role.COORDINATOR, Role.ADMINISTRATOR},
    ("history", "live"): {Role.METHODIST, Role.COORDINATOR, Role.ADMINISTRATOR},
    ("add", "live"): {Role.COORDINATOR, Role.ADMINISTRATOR},
    ("unpublish", "live"): {Role.COORDINATOR, Role.ADMINISTRATOR},
    ("publish", "live"): {Role.COORDINATOR, Role.ADMINISTRATOR},
    ("publish", "draft"): {Role.COORDINATOR, Role.ADMINISTRATOR},
    ("delete", "live"): {Role.ADMINISTRATOR},
    ("delete", "draft"): {Role.ADMINISTRATOR},
    ("confirm", "live"): {Role.COORDINATOR, Role.ADMINISTRATOR},
    ("confirm", "draft"): set(),
}


def measure_form(measure: Measure, **changes: Any) -> dict[str, Any]:
    """The edit form of a measure, as the browser sends it."""
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    sets = {f"{name}-{k}": v for name in ("responsible", "evidence") for k, v in empty.items()}
    names = (
        *("number", "order", "title", "start", "end", "planned_result"),
        *("status", "status_comment", "see_also", "note"),
    )
    values = {name: getattr(measure, name) for name in names}
    return {"road_map": measure.road_map_id, **values, **sets, **changes}


def act(client: Client, action: str, state: str) -> bool:
    """Try it; True when it happened."""
    draft = state == "draft"
    measure = MeasureFactory(draft=draft)
    if action in ("list", "add"):
        return client.get(url(Measure, action)).status_code == 200
    if action == "export":
        response = client.get(url(Measure, "list"), {"export": "xlsx"})
        return "spreadsheet" in response.get("Content-Type", "")
    if action in ("edit", "history"):
        return client.get(url(Measure, action, measure.pk)).status_code == 200
    if action == "publish":
        data = measure_form(measure, status_comment="Опубликовано", **{"action-publish": "1"})
        client.post(url(Measure, "edit", measure.pk), data)
        return Measure.objects.filter(live=True, status_comment="Опубликовано").exists()
    if action == "unpublish":
        client.post(url(Measure, "unpublish", measure.pk))
        return not Measure.objects.get(pk=measure.pk).live
    if action == "delete":
        client.post(url(Measure, "delete", measure.pk))
        return not Measure.objects.filter(pk=measure.pk).exists()
    assert action == "confirm"
    indicator = IndicatorFactory(
        road_map=measure.road_map, number=5, years={2024: (50, 52)}, draft=draft
    )
    client.post(url(Indicator, "confirm", indicator.pk), {"year": "2024"})
    return indicator.years.get().confirmed


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("action", "state"), MAY)
def test_role_state_action(
    site_tree: SimpleNamespace,
    client: Client,
    person: Callable[[str], User],
    role: str,
    action: str,
    state: str,
) -> None:
    if role != "anonymous":
        client.force_login(person(role))
    assert act(client, action, state) is (role in MAY[action, state])


# --- Lists --------------------------------------------------------------------------------------


@pytest.fixture
def desk(site_tree: SimpleNamespace, client: Client, person: Callable[[str], User]) -> Client:
    """A coordinator at the admin."""
    client.force_login(person(Role.COORDINATOR))
    return client


def numbers(client: Client, model: type, **query: Any) -> list[str]:
    response = client.get(url(model, "list"), query)
    assert response.status_code == 200
    return [str(record.number) for record in response.context["object_list"]]


@pytest.fixture
def records(site_tree: SimpleNamespace) -> SimpleNamespace:
    plan, other = RoadMapFactory(), RoadMapFactory(start_year=2025, end_year=2030)
    MeasureFactory(road_map=plan, order=1, status="done")
    MeasureFactory(road_map=plan, order=2, status="in_progress")
    MeasureFactory(road_map=plan, order=3, status="planned", draft=True)
    MeasureFactory(road_map=other, order=4, status="planned", start="2025-01-01", end="2099-12-31")
    IndicatorFactory(road_map=plan, number=1, years={2023: (None, None), 2024: (50, 52)})
    IndicatorFactory(road_map=plan, number=2, years={2024: (50, None)})
    return SimpleNamespace(plan=plan, other=other)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["4.1", "4.2", "4.3", "4.4"]),
        ({"status": "done"}, ["4.1"]),
        ({"status": ["done", "planned"]}, ["4.1", "4.3", "4.4"]),
        ({"overdue": "yes"}, ["4.2", "4.3"]),
        ({"overdue": "yes", "publication": "live"}, ["4.2"]),
        ({"publication": "draft"}, ["4.3"]),
        ({"status": "robot"}, None),
    ],
)
def test_measures_are_filtered(
    records: SimpleNamespace, desk: Client, query: dict, expected: list[str] | None
) -> None:
    if expected is None:
        assert desk.get(url(Measure, "list"), query).status_code == 200
    else:
        assert sorted(numbers(desk, Measure, **query)) == expected


def test_measures_are_filtered_by_road_map(records: SimpleNamespace, desk: Client) -> None:
    assert numbers(desk, Measure, road_map=records.other.pk) == ["4.4"]


@pytest.mark.parametrize(("facts", "expected"), [("missing", ["2"]), ("unconfirmed", ["1"])])
def test_indicators_are_filtered_by_what_is_left_to_do(
    records: SimpleNamespace, desk: Client, facts: str, expected: list[str]
) -> None:
    assert numbers(desk, Indicator, facts=facts) == expected


@pytest.mark.parametrize("model", [Measure, Indicator])
def test_a_list_takes_the_same_queries_whatever_its_size(desk: Client, model: type) -> None:
    def measured() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(url(model, "list")).status_code == 200
        return len(queries)

    plan = RoadMapFactory()
    counts = []
    made = 0
    for size in (1, 3, 30):
        while made < size:
            made += 1
            if model is Measure:
                MeasureFactory(road_map=plan, order=made, responsible=["А"])
            else:
                IndicatorFactory(road_map=plan, number=made, years={2024: (1, 1)})
        measured()
        counts.append(measured())
    assert counts[0] == counts[1] == counts[2]


def test_the_list_goes_out_as_a_spreadsheet(records: SimpleNamespace, desk: Client) -> None:
    response = desk.get(url(Measure, "list"), {"export": "xlsx", "status": "in_progress"})
    content = b"".join(response.streaming_content) if response.streaming else response.content
    head, row = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    assert head[:2] == ("Номер", "Формулировка")
    assert row[:2] == ("4.2", "Проведение семинаров 4.2")
    assert "В работе" in row


# --- Drafts, schedule, previews -----------------------------------------------------------------


def test_a_draft_waits_and_a_schedule_publishes(records: SimpleNamespace, desk: Client) -> None:
    measure = Measure.objects.get(number="4.2")
    measure.save_revision().publish()
    measure.refresh_from_db()
    address = url(Measure, "edit", measure.pk)
    desk.post(address, measure_form(measure, status="done"))
    measure.refresh_from_db()
    assert (measure.status, measure.has_unpublished_changes) == ("in_progress", True)
    moment = timezone.localtime() + timedelta(days=1)
    data = measure_form(measure, status="done", go_live_at=moment.strftime("%d.%m.%Y %H:%M"))
    desk.post(address, data | {"action-publish": "1"})
    measure.refresh_from_db()
    assert measure.status == "in_progress"
    revision = measure.scheduled_revision
    assert revision is not None
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    content = revision.content
    content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.content = content
    revision.save()
    call_command("publish_scheduled")
    measure.refresh_from_db()
    assert measure.status == "done"


@pytest.mark.parametrize("name", ["measure", "indicator", "roadmap"])
def test_a_record_is_shown_before_it_is_published(records: SimpleNamespace, name: str) -> None:
    record = {
        "measure": Measure.objects.get(number="4.2"),
        "indicator": Indicator.objects.get(number=1),
        "roadmap": records.plan,
    }[name]
    response = record.make_preview_request(preview_mode="")
    assert response.status_code == 200
    words = {"measure": "Проведение семинаров", "indicator": "не планируется", "roadmap": "План"}
    assert words[name] in response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_the_history_names_a_confirmation(records: SimpleNamespace, desk: Client) -> None:
    indicator = Indicator.objects.get(number=1)
    page = desk.get(url(Indicator, "confirm", indicator.pk)).content.decode()
    assert "Подтвердить факт за 2024 год" in page
    assert "не планируется" in page
    desk.post(url(Indicator, "confirm", indicator.pk), {"year": "2024"})
    history = desk.get(url(Indicator, "history", indicator.pk)).content.decode()
    assert "Подтверждён факт за 2024 год" in history
    answer = desk.post(url(Indicator, "confirm", indicator.pk), {"year": "чушь"}, follow=True)
    assert "подтверждать нечего" in answer.content.decode()


def test_a_wrong_fact_is_refused_in_the_form(records: SimpleNamespace, desk: Client) -> None:
    indicator = Indicator.objects.get(number=2)
    row = indicator.years.get()
    data = {
        "road_map": records.plan.pk,
        "number": 2,
        "unit": "процент",
        "name": "Доля",
        "short_name": "",
        "unit_note": "",
        "method": "",
        "note": "",
        "years-TOTAL_FORMS": 1,
        "years-INITIAL_FORMS": 1,
        "years-MIN_NUM_FORMS": 0,
        "years-MAX_NUM_FORMS": 1000,
        "years-0-id": row.pk,
        "years-0-year": 2024,
        "years-0-target": 50,
        "years-0-numerator": 1,
        "years-0-denominator": 3,
        "years-0-fact": "40",
        "years-0-evidence_page": "",
        "years-0-comment": "",
        "years-0-ORDER": 1,
        "action-publish": "1",
    }
    address = url(Indicator, "edit", indicator.pk)
    assert "не совпадает с расчётом" in desk.post(address, data).content.decode()
    row.refresh_from_db()
    assert row.fact is None
    answer = desk.post(address, data | {"years-0-fact": ""})
    assert answer.status_code == 302
    assert str(indicator.years.get().fact) == "33.33"
