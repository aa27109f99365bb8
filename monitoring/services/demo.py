"""States and facts of a demonstration, laid over an imported road map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.models import Page

from monitoring.enums import MeasureStatus
from monitoring.models import Indicator, Measure, MeasureEvidence, RoadMap
from monitoring.services.revising import amend

if TYPE_CHECKING:
    from people.models import User


@transaction.atomic
def load_demo_progress(
    *,
    statuses: Iterable[Mapping[str, Any]],
    facts: Iterable[Mapping[str, Any]],
    find_page: Callable[[str], Page | None],
    road_map: RoadMap | None = None,
    user: User | None = None,
) -> int:
    """Give measures their states and indicators their facts; returns how many records changed.

    Only what nobody has worked on is filled: a measure that is still planned without evidence,
    a fact that is still empty. ``find_page`` turns words like ``document:prikaz-64`` into a page;
    evidence that it does not know (None) is left out.
    """
    plan = road_map or RoadMap.objects.in_source_language().order_by("start_year").first()
    if plan is None:
        return 0
    return _load_statuses(plan, statuses, find_page, user) + _load_facts(plan, facts, user)


def _load_statuses(
    plan: RoadMap,
    statuses: Iterable[Mapping[str, Any]],
    find_page: Callable[[str], Page | None],
    user: User | None,
) -> int:
    changed = 0
    measures = {item.number: item for item in plan.measures.prefetch_related("evidence")}
    for entry in statuses:
        measure = measures.get(entry["measure"])
        if measure is None or not _untouched(measure):
            continue
        pages = [page for key in entry["evidence"] if (page := find_page(key)) is not None]
        if entry["status"] == MeasureStatus.PLANNED and not pages and not entry["comment"]:
            continue

        def change(
            record: Measure, entry: Mapping[str, Any] = entry, pages: list[Page] = pages
        ) -> None:
            record.status = entry["status"]
            record.status_comment = entry["comment"]
            record.evidence = [
                MeasureEvidence(page_id=page.pk, sort_order=order)
                for order, page in enumerate(pages)
            ]

        amend(measure, change=change, user=user)
        changed += 1
    return changed


def _untouched(measure: Measure) -> bool:
    """No official has said anything about this measure yet."""
    return (
        measure.status == MeasureStatus.PLANNED
        and not measure.status_comment
        and not measure.evidence.all()
    )


def _load_facts(plan: RoadMap, facts: Iterable[Mapping[str, Any]], user: User | None) -> int:
    values: dict[int, dict[int, Mapping[str, Any]]] = {}
    for entry in facts:
        values.setdefault(entry["indicator"], {})[entry["year"]] = entry
    changed = 0
    for indicator in plan.indicators.prefetch_related("years"):
        wanted = {
            item.year: values[indicator.number][item.year]
            for item in indicator.years.all()
            if item.fact is None and item.year in values.get(indicator.number, {})
        }
        if not wanted:
            continue

        def change(record: Indicator, wanted: dict[int, Any] = wanted) -> None:
            for item in record.years.get_object_list():
                if item.fact is None and item.year in wanted:
                    entry = wanted[item.year]
                    item.fact = Decimal(str(entry["value"]))
                    item.numerator = entry.get("numerator")
                    item.denominator = entry.get("denominator")

        amend(indicator, change=change, user=user)
        changed += 1
    return changed
