"""Tags of what is drawn: icons, the picture of the steppe, states, charts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import charts

register = template.Library()

# Icon and colour of every state (see the table of states on the pattern page). The word is given
# by the caller: a state is always an icon, a word and a colour together.
STATES: dict[str, tuple[str, str]] = {
    # anything
    "draft": ("pencil", ""),
    "waiting": ("clock", "st-wait"),
    "review": ("people", "st-wait"),
    "returned": ("back", "st-back"),
    "published": ("check", "st-ok"),
    "late": ("alert", "st-late"),
    "overdue": ("alert", "st-late"),
    "rejected": ("x", "st-late"),
    "closed": ("lock", ""),
    # measures of a road map
    "planned": ("dot", ""),
    "in_progress": ("half", "st-wait"),
    "done": ("check", "st-ok"),
    "done_late": ("late", "st-back"),
    "not_done": ("x", "st-late"),
    "cancelled": ("x", ""),
    # documents
    "project": ("pencil", "st-back"),
    "in_force": ("check", "st-ok"),
    "replaced": ("history", ""),
    "repealed": ("x", ""),
    "signed_in": ("lock", ""),
}


@register.simple_tag
@lru_cache(maxsize=200)
def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite. Decoration only: the words stand beside it."""
    return format_html(
        '<svg class="ic{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" {css}" if css else "",
        static("icons.svg"),
        name,
    )


@register.simple_tag
@lru_cache(maxsize=20)
def motif(name: str, css: str = "art") -> SafeString:
    """A picture of the steppe: ``mark``, ``strip`` or ``hero``. Follows the colour scheme."""
    box = {"mark": "0 0 48 48", "strip": "0 0 420 144", "hero": "0 0 1440 360"}[name]
    fit = {"mark": "", "strip": "xMaxYMax meet", "hero": "xMaxYMax slice"}[name]
    return format_html(
        '<svg class="{}" viewBox="{}"{} aria-hidden="true"><use href="{}#{}"/></svg>',
        css,
        box,
        format_html(' preserveAspectRatio="{}"', fit) if fit else "",
        static("motif.svg"),
        name,
    )


@register.simple_tag
def state(code: str, words: Any, css: str = "") -> SafeString:
    """The badge of a state: icon, word and colour."""
    name, colour = STATES.get(str(code), ("dot", ""))
    classes = " ".join(part for part in ("st", colour, css) if part)
    return format_html('<span class="{}">{}{}</span>', classes, icon(name), words)


@register.simple_tag
def state_icon(code: str) -> SafeString:
    """Only the icon of a state, where its word stands nearby or in hidden text."""
    return icon(STATES.get(str(code), ("dot", ""))[0])


@register.inclusion_tag("components/sun.html")
def sun(percent: int, label: str) -> dict[str, Any]:
    """The sun on the line: ``percent`` of the way has passed; ``label`` says the same in words."""
    return {"percent": max(0, min(100, int(percent))), "label": label}


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(
    series: Iterable[Mapping[str, Any]],
    unit: str = "%",
    title: str = "",
    table: bool = True,
    caption: str = "",
) -> dict[str, Any]:
    """Target against fact by year; under it the table with the differences in words.

    ``series`` is a list of dicts ``year, target, fact``; None as target is "not planned", zero is
    zero. ``title`` begins the description that is read aloud; ``table=False`` leaves out the table
    where another page has it.
    """
    return {
        "chart": charts.bar_chart(series, unit=unit, title=title),
        "table": table,
        "caption": caption or title,
        "unit": unit,
    }
