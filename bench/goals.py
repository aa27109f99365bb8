"""What the measurements must show, and whether they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Result = dict[str, Any]
PAGES = ("home", "news", "document")
LISTS = ("news_list", "library", "library_facet", "library_deep")
SEARCHES = ("search_absent", "search_rare", "search_common", "search_everywhere")


@dataclass(frozen=True)
class Verdict:
    """One goal: what was wanted, what came out, and whether it is reached."""

    name: str
    wanted: str
    measured: float
    reached: bool


def verdicts(result: Result, smallest: Result) -> list[Verdict]:
    """The goals of one size; growth is against ``smallest``, the smallest site of the same day."""
    found = [
        *(_at_most(f"запросов: {name}", result["queries"][name], 12) for name in PAGES),
        *(_at_most(f"запросов: {name}", result["queries"][name], 10) for name in LISTS),
        *(_at_most(f"запросов: {name}", result["queries"][name], 6) for name in SEARCHES),
    ]
    rate = _rates(result)
    for yardstick, wanted, names in (
        ("yardstick_wagtail", 0.7, (*PAGES, *LISTS)),
        ("yardstick_hello", 0.6, ("cached_home", "cached_document")),
        ("yardstick_static", 0.6, ("nginx_home",)),
    ):
        words = yardstick.removeprefix("yardstick_")
        found += [_at_least(f"{n} ÷ {words}", rate[n] / rate[yardstick], wanted) for n in names]
    view = result["targets"]["document"]["1"]["median_ms"]
    for name in SEARCHES:
        taken = result["targets"][name]["1"]["median_ms"]
        found.append(_at_most(f"{name} ÷ document", taken / view, 3))
    if result["size"] > smallest["size"]:
        found += [
            _at_most(f"рост: {name}", _time(result, name) / _time(smallest, name), limit)
            for name, limit in (("document", 1.3), ("news", 1.3), ("library", 1.5))
        ]
        growth = result["publish_ms"] / smallest["publish_ms"]
        found.append(_at_most("рост: публикация", growth, 1.3))
    deep = _time(result, "library_deep") / _time(result, "library")
    found.append(_at_most("глубокая страница ÷ первая", deep, 1.5))
    return found


def _rates(result: Result) -> dict[str, float]:
    """Requests per second at 16 connections."""
    return {name: taken["16"]["rps"] for name, taken in result["targets"].items()}


def _time(result: Result, name: str) -> float:
    """Time of a page in those of the bare page of the same run: machines differ, ratios hold."""
    targets = result["targets"]
    return targets[name]["1"]["median_ms"] / targets["yardstick_wagtail"]["1"]["median_ms"]


def _at_least(name: str, measured: float, wanted: float) -> Verdict:
    return Verdict(name, f"≥ {wanted}", round(measured, 2), measured >= wanted)


def _at_most(name: str, measured: float, wanted: float) -> Verdict:
    return Verdict(name, f"≤ {wanted}", round(measured, 2), measured <= wanted)
