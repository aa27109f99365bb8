"""What the road-map page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from core.page_cache import allow_query, valid_until
from core.page_cache.schedule import next_midnight
from monitoring.models import RoadMapPage
from monitoring.queries.execution import execution_report, plans
from monitoring.queries.records import Plan
from monitoring.queries.selection import select_measures
from monitoring.queries.timeline import timeline

allow_query("plan")


def road_map_context(page: RoadMapPage, query: Mapping[str, Any]) -> dict[str, Any]:
    """The plan that ``query`` asks for (``plan``: address part) or that the page shows first.

    ``report`` is None where nothing is published.
    """
    found = plans()
    plan = choose_plan(found, query.get("plan"), page.road_map_id)
    # A measure becomes overdue at midnight, without anybody changing anything.
    valid_until(next_midnight(timezone.now()))
    if plan is None:
        return {"plans": found, "report": None}
    report = execution_report(plan)
    selection = select_measures(report, query)
    by_default = choose_plan(found, None, page.road_map_id)
    address = "" if plan is by_default else f"?plan={plan.slug}"
    return {
        "plans": found,
        "report": report,
        "selection": selection,
        "plan_address": address,
        "plan_asked": "" if plan is by_default else plan.slug,
        "groups": timeline(report, shown=selection.measures, url=address or "?"),
    }


def choose_plan(found: list[Plan], slug: Any, road_map_pk: int) -> Plan | None:
    """The plan with this address part, else the one shown first, else the newest."""
    by_slug = next((plan for plan in found if plan.slug == slug), None)
    first = next((plan for plan in found if road_map_pk in plan.pks), None)
    return by_slug or first or (found[0] if found else None)


def searchable_text() -> str:
    """All published wording of all road maps in the current language."""
    parts: list[str] = []
    for plan in plans():
        report = execution_report(plan)
        parts += [plan.title, plan.basis, plan.goal]
        parts += [text for direction in report.directions for _code, text in direction.tasks]
        parts += [indicator.name for indicator in report.indicators]
        for measure in report.measures:
            parts += [measure.number, measure.title, measure.planned_result]
            parts += measure.responsible
    return "\n".join(part for part in parts if part)
