"""What an official paper is made of, whatever program opens it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Value = str | int | Decimal | date | None


@dataclass(frozen=True)
class Cell:
    """A value with more to it: a link, or words for people where the value is a number."""

    value: Value
    links: tuple[tuple[str, str], ...] = ()  # (words, address)


@dataclass(frozen=True)
class Column:
    """A column: its share of the width (millimetres on a landscape A4), how its cells stand."""

    title: str
    width: float
    align: Literal["left", "center", "right"] = "left"
    # Equal values below each other are one cell on paper; a spreadsheet repeats them.
    merge: bool = False


@dataclass(frozen=True)
class Table:
    """A numbered table. ``sheet`` is its name in a spreadsheet (at most 31 characters)."""

    title: str
    sheet: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value | Cell]]
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Paper:
    """Title block, paragraphs, tables, lines for signatures.

    ``lists`` stand in a spreadsheet alone, after the tables: one link to a cell is all it allows.
    """

    title: str
    subtitle: Sequence[str]
    tables: Sequence[Table]
    lists: Sequence[Table] = ()
    organisation: str = ""
    warning: str = ""
    paragraphs: Sequence[str] = ()
    signatures: Sequence[str] = ()
    language: str = "ru"
    created: datetime | None = None
    keywords: Sequence[str] = field(default_factory=tuple)


def plain(value: Value | Cell) -> Value:
    """The value of a cell without what hangs on it."""
    return value.value if isinstance(value, Cell) else value
