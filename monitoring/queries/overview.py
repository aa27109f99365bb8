"""The road map at a glance: for the home page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.charts import points, show_number
from monitoring.queries.execution import indicator_lines, plans
from monitoring.queries.records import IndicatorLine, Plan


@dataclass(frozen=True)
class Glance:
    """One indicator: its last fact, how it stands to the plan, and the years for its chart."""

    indicator: IndicatorLine
    value: str
    words: str


def indicator_overview(road_map_pk: int | None = None) -> tuple[Plan, list[Glance]] | None:
    """The indicators of this road map, or of the newest where it is not published; two queries.

    None where no road map is published.
    """
    found = plans()
    if not found:
        return None
    plan = next((plan for plan in found if road_map_pk in plan.pks), found[0])
    return plan, [_glance(line) for line in indicator_lines(plan)]


def _glance(line: IndicatorLine) -> Glance:
    latest = line.latest
    if latest is None or latest.fact is None:
        return Glance(line, "", _("no data"))
    value = f"{show_number(latest.fact)} {line.unit_sign}"
    difference = latest.difference
    if difference is None:
        words = _("in %(year)s, not planned") % {"year": latest.year}
    elif difference == 0:
        words = _("as planned for %(year)s") % {"year": latest.year}
    else:
        words = _("%(difference)s than planned for %(year)s") % {
            "difference": points(difference),
            "year": latest.year,
        }
    return Glance(line, value, words)
