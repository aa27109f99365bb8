"""What the components ``facets.html`` and ``chosen.html`` show of a selection."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One value of a facet, with how many things choosing it alone would leave."""

    value: str
    label: str
    count: int | None
    checked: bool = False


@dataclass(frozen=True)
class FacetGroup:
    """A facet as the component ``facets.html`` shows it."""

    name: str
    title: str
    options: list[Option]
    kind: str = "checkbox"


@dataclass(frozen=True)
class Chosen:
    """One chosen value and the address without it."""

    label: str
    url: str
