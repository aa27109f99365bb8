"""What a road-map file says, row by row, and the mistakes that were found in it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Problem:
    """One mistake of the file: the row that has it, and the reason in words."""

    row: str
    reason: str

    def __str__(self) -> str:
        return f"{self.row}: {self.reason}"


class RoadMapFileError(ValueError):
    """The file cannot be imported; ``problems`` names every row with its reason."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True)
class WorkItemRow:
    """One task of a direction of work."""

    code: str
    direction: str
    text: str


@dataclass(frozen=True)
class RoadMapRow:
    """The plan itself with its directions of work."""

    title: str
    slug: str
    start_year: int
    end_year: int
    goal: str
    purpose: str
    basis: str
    work_items: tuple[WorkItemRow, ...] = ()

    key = "road map"


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator with its target for each year; None where the order plans nothing."""

    number: int
    name: str
    short_name: str
    unit: str
    unit_note: str
    method: str
    note: str
    targets: tuple[tuple[int, Decimal | None], ...]

    @property
    def key(self) -> str:
        return f"indicator {self.number}"


@dataclass(frozen=True)
class ResponsibleRow:
    """A person or an office that answers for a measure."""

    name: str
    position: str
    kind: str


@dataclass(frozen=True)
class MeasureRow:
    """A measure with its period and with who answers for it."""

    number: str
    order: int
    title: str
    start: date
    end: date
    planned_result: str
    note: str
    see_also: str
    responsible: tuple[ResponsibleRow, ...]

    @property
    def key(self) -> str:
        return f"measure {self.number}"


@dataclass(frozen=True)
class RoadMapFile:
    """A file without mistakes."""

    road_map: RoadMapRow
    indicators: tuple[IndicatorRow, ...]
    measures: tuple[MeasureRow, ...]


def digest(row: RoadMapRow | IndicatorRow | MeasureRow) -> str:
    """A fingerprint of what the file says in this row."""
    text = json.dumps(asdict(row), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
