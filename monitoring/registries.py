"""Calculators of indicators: an app that knows whom an indicator counts says so here."""

from __future__ import annotations

from typing import Any, Protocol

from people.models import StaffQuerySet

ORDER_64 = "2020-2024"


class Calculator(Protocol):
    """Whom an indicator counts in a year, as people that can be opened."""

    @property
    def title(self) -> Any:
        """Short name of the calculation."""

    @property
    def explanation(self) -> Any:
        """In words: who is counted in the numerator and in the denominator."""

    def numerator(self, year: int) -> StaffQuerySet:
        """Part of the denominator that has what the indicator asks for."""

    def denominator(self, year: int) -> StaffQuerySet:
        """Everybody whom the indicator is about."""


_calculators: dict[tuple[str, int], Calculator] = {}


def register_calculator(
    *, number: int, calculator: Calculator, road_map: str = ORDER_64
) -> Calculator:
    """Let ``calculator`` count indicator ``number`` of the road map with this slug.

    Raises ValueError when somebody counts it already: two figures for one indicator are none.
    """
    if _calculators.setdefault((road_map, number), calculator) is not calculator:
        raise ValueError(f"Indicator {number} of {road_map} has a calculator already.")
    return calculator


def calculators_of(road_map: str) -> dict[int, Calculator]:
    """The calculators of a road map by the number of the indicator."""
    return {
        number: calculator
        for (slug, number), calculator in sorted(_calculators.items(), key=lambda item: item[0])
        if slug == road_map
    }


def calculated_road_maps() -> set[str]:
    """Slugs of the road maps for which anything is calculated."""
    return {slug for slug, _number in _calculators}
