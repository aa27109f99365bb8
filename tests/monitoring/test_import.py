"""The import: all of a file or nothing, the second time nothing, officials' work untouched."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from wagtail.models import ModelLogEntry, Revision

from monitoring.enums import MeasureStatus
from monitoring.models import ImportRecord, Indicator, IndicatorYear, Measure, RoadMap, WorkItem
from monitoring.services import RoadMapFileError, import_road_map
from tests.factories.home import StandardPageFactory

pytestmark = pytest.mark.django_db


def state() -> dict[str, Any]:
    """Everything that an import could change."""
    return {
        "revisions": Revision.objects.count(),
        "log": ModelLogEntry.objects.count(),
        **{
            model.__name__: list(model.objects.order_by("pk").values())
            for model in (RoadMap, WorkItem, Indicator, IndicatorYear, Measure, ImportRecord)
        },
    }


def publish(record: Any, **values: Any) -> None:
    """An official edits a record in the admin."""
    for name, value in values.items():
        setattr(record, name, value)
    record.save_revision().publish()
    record.refresh_from_db()


def test_everything_is_published_with_revision_and_log(order_64: RoadMap) -> None:
    for model, count in ((RoadMap, 1), (Indicator, 6), (Measure, 32)):
        records = model.objects.all()
        assert len(records) == count
        assert all(r.live and not r.has_unpublished_changes for r in records)
        assert all(r.live_revision_id == r.latest_revision_id for r in records)
        actions = [
            list(ModelLogEntry.objects.for_instance(r).values_list("action", flat=True))
            for r in records
        ]
        assert all(sorted(a) == ["wagtail.create", "wagtail.publish"] for a in actions)


def test_a_second_import_changes_nothing(order_64: RoadMap, data: dict) -> None:
    before = state()
    result = import_road_map(data=data)
    assert (len(result.created), len(result.updated), len(result.unchanged)) == (0, 0, 39)
    assert state() == before


def test_what_officials_changed_or_deleted_stays(order_64: RoadMap, data: dict) -> None:
    measure = Measure.objects.get(number="4.3")
    publish(measure, status=MeasureStatus.DONE, status_comment="Соглашение", title="Своими словами")
    indicator = Indicator.objects.get(number=3)
    year = indicator.years.get(year=2021)
    year.fact, year.target = Decimal("11.5"), Decimal(12)
    indicator.years = [y if y.year != 2021 else year for y in indicator.years.all()]
    publish(indicator)
    Measure.objects.get(number="4.32").delete()
    before = state()
    import_road_map(data=data)
    assert state() == before


def test_a_corrected_file_changes_only_its_row(order_64: RoadMap, data: dict) -> None:
    measure = Measure.objects.get(number="4.3")
    publish(measure, status=MeasureStatus.DONE_LATE, status_comment="Позже срока")
    publish(Measure.objects.get(number="4.5"), title="Правка чиновника")
    row = next(m for m in data["measures"] if m["number"] == "4.3")
    row |= {"planned_result": "Соглашение подписано", "responsible": []}
    revisions = Revision.objects.count()
    result = import_road_map(data=data)
    assert result.updated == ["measure 4.3"]
    assert Revision.objects.count() == revisions + 1
    measure.refresh_from_db()
    assert (measure.planned_result, measure.responsible.count()) == ("Соглашение подписано", 0)
    assert (measure.status, measure.status_comment) == (MeasureStatus.DONE_LATE, "Позже срока")
    assert Measure.objects.get(number="4.5").title == "Правка чиновника"


def test_a_corrected_target_keeps_the_fact(order_64: RoadMap, data: dict) -> None:
    indicator = Indicator.objects.get(number=1)
    for year in indicator.years.get_object_list():
        if year.year == 2023:
            year.fact = Decimal(41)
    publish(indicator)
    data["indicators"][0]["targets"]["2023"] = 45
    import_road_map(data=data)
    row = IndicatorYear.objects.get(indicator=indicator, year=2023)
    assert (row.target, row.fact) == (45, 41)


def test_a_draft_over_a_row_survives_an_import(order_64: RoadMap, data: dict) -> None:
    measure = Measure.objects.get(number="4.7")
    measure.status_comment = "Ещё черновик"
    measure.save_revision()
    data["measures"][6]["planned_result"] = "Новый результат"
    import_road_map(data=data)
    measure = Measure.objects.get(number="4.7")
    assert (measure.planned_result, measure.status_comment) == ("Новый результат", "")
    assert measure.has_unpublished_changes
    draft = measure.get_latest_revision_as_object()
    assert (draft.planned_result, draft.status_comment) == ("Новый результат", "Ещё черновик")


def test_a_withdrawn_row_is_not_published_by_an_import(order_64: RoadMap, data: dict) -> None:
    measure = Measure.objects.get(number="4.7")
    measure.unpublish()
    data["measures"][6]["planned_result"] = "Новый результат"
    import_road_map(data=data)
    measure.refresh_from_db()
    assert not measure.live
    assert measure.get_latest_revision_as_object().planned_result == "Новый результат"


def test_a_bad_row_of_a_later_file_changes_nothing(order_64: RoadMap, data: dict) -> None:
    data["measures"][0]["title"] = "Новое"
    data["measures"][31]["end"] = "x"
    before = state()
    with pytest.raises(RoadMapFileError):
        import_road_map(data=data)
    assert state() == before


def test_the_next_period_stands_beside(order_64: RoadMap, data: dict) -> None:
    data["roadmap"] |= {"start_year": 2025, "end_year": 2026}
    for line in data["indicators"]:
        line["targets"] = {"2025": None, "2026": 60}
    data["measures"] = [
        data["measures"][0] | {"start": "2025-01-01", "end": "2026-12-31", "see_also": []}
    ]
    result = import_road_map(data=data)
    assert result.road_map is not None
    assert result.road_map.slug == "2025-2026"
    assert RoadMap.objects.count() == 2
    assert Measure.objects.filter(number="4.1").count() == 2
    assert order_64.measures.count() == 32
    assert result.road_map.measures.get().end == datetime.date(2026, 12, 31)


# --- The demonstration --------------------------------------------------------------------------


def test_demo_progress_fills_only_what_nobody_touched(order_64: RoadMap, site_tree: object) -> None:
    from monitoring.services.demo import load_demo_progress

    page = StandardPageFactory(title="Положение")
    publish(Measure.objects.get(number="4.1"), status=MeasureStatus.CANCELLED)
    statuses = [
        {"measure": "4.1", "status": "done", "evidence": [], "comment": ""},
        {"measure": "4.2", "status": "done", "evidence": ["document:a", "x:b"], "comment": "Да"},
        {"measure": "4.16", "status": "planned", "evidence": [], "comment": ""},
        {"measure": "9.9", "status": "done", "evidence": [], "comment": ""},
    ]
    facts = [
        {"indicator": 5, "year": 2020, "value": 0},
        {"indicator": 1, "year": 2023, "value": 41.5},
    ]

    def load() -> int:
        return load_demo_progress(
            statuses=statuses,
            facts=facts,
            find_page=lambda key: page if key == "document:a" else None,
        )

    assert load() == 3
    assert Measure.objects.get(number="4.1").status == MeasureStatus.CANCELLED
    second = Measure.objects.get(number="4.2")
    assert (second.status, second.status_comment, second.live) == ("done", "Да", True)
    assert [item.page_id for item in second.evidence.all()] == [page.pk]
    assert IndicatorYear.objects.get(indicator__number=5, year=2020).fact == 0
    assert IndicatorYear.objects.get(indicator__number=1, year=2023).fact == Decimal("41.5")
    assert load() == 0
