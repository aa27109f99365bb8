"""Numbers about people that give nobody away: no group under five, and none that can be reckoned.

A hidden number is safe when the numbers around it allow at least two values for it. So:

* in one row of groups with a known total, at least two are hidden and together they are at least
  ``LEAST`` people (a single hidden one is the total less the rest, and the hidden ones together
  would be a group under five);
* in a table with known totals of rows and of columns every hidden cell stands in the corner of a
  rectangle of hidden cells around which one person can be moved: plus one, minus one, plus one,
  minus one. All totals stay, so both tables are possible. Where there is no such rectangle, the
  table is not published at all.

A group with nobody in it is shown as such: there is no person in it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import product
from typing import TypeVar

LEAST = 5
Key = TypeVar("Key", bound=Hashable)
# None stands for a number that is not shown.
Shown = int | None


def is_small(count: int) -> bool:
    """A group that would show single people."""
    return 0 < count < LEAST


def hide_small(counts: Mapping[Key, int]) -> dict[Key, Shown]:
    """Groups of one total, the small ones hidden and as many others as that takes.

    All is hidden when the whole is smaller than a group may be.
    """
    hidden = {key for key, count in counts.items() if is_small(count)}
    if hidden:
        # The smallest go first: least is lost.
        rest = sorted(
            (key for key, count in counts.items() if key not in hidden and count),
            key=lambda key: counts[key],
        )
        while rest and not _cannot_be_reckoned([counts[key] for key in hidden]):
            hidden.add(rest.pop(0))
        if not _cannot_be_reckoned([counts[key] for key in hidden]):
            hidden = set(counts)
    return {key: None if key in hidden else count for key, count in counts.items()}


def _cannot_be_reckoned(hidden: Sequence[int]) -> bool:
    """Whether hidden numbers with a known sum stay unknown: somebody may be moved between them."""
    return len(hidden) > 1 and sum(hidden) >= LEAST and sum(hidden) > len(hidden)


def hide_small_cells(table: Sequence[Sequence[int]]) -> list[list[Shown]] | None:
    """The cells of a table whose totals of rows and columns are known; None: do not publish it."""
    hidden: set[tuple[int, int]] = set()
    small = [
        (row, column)
        for row, cells in enumerate(table)
        for column, count in enumerate(cells)
        if is_small(count)
    ]
    for cell in small:
        if not any(corners <= hidden | {cell} for corners in _rectangles(table, cell)):
            choices = [
                (_loss(table, corners - hidden), sorted(corners))
                for corners in _rectangles(table, cell)
            ]
            if not choices:
                return None
            hidden |= set(min(choices)[1])
        hidden.add(cell)
    shown: list[list[Shown]] = [
        [None if (row, column) in hidden else count for column, count in enumerate(cells)]
        for row, cells in enumerate(table)
    ]
    return shown if _lines_are_large(table, shown) else None


def _rectangles(
    table: Sequence[Sequence[int]], cell: tuple[int, int]
) -> list[frozenset[tuple[int, int]]]:
    """Rectangles with ``cell`` in a corner around which one person can be moved."""
    row, column = cell
    found = []
    for other_row, other_column in product(range(len(table)), range(len(table[0]))):
        if other_row == row or other_column == column:
            continue
        one = (table[row][column], table[other_row][other_column])
        two = (table[row][other_column], table[other_row][column])
        # An empty cell is shown as empty, so no hidden one may become so.
        if min(*one, *two) >= 1 and (min(one) >= 2 or min(two) >= 2):
            found.append(
                frozenset(
                    {cell, (other_row, other_column), (row, other_column), (other_row, column)}
                )
            )
    return found


def _loss(table: Sequence[Sequence[int]], cells: frozenset[tuple[int, int]]) -> int:
    return sum(table[row][column] for row, column in cells)


def _lines_are_large(table: Sequence[Sequence[int]], shown: Sequence[Sequence[Shown]]) -> bool:
    """The hidden cells of a row or a column, whose sum is known, are no group under five."""
    pairs = [list(zip(cells, seen, strict=True)) for cells, seen in zip(table, shown, strict=True)]
    lines = [*pairs, *(list(line) for line in zip(*pairs, strict=True))]
    sums = (sum(count for count, seen in line if seen is None) for line in lines)
    return not any(is_small(total) for total in sums)
