"""No hidden number can be reckoned from what is shown: every possible table is tried."""

from __future__ import annotations

import random
from itertools import product

from people.queries.disclosure import LEAST, hide_small, hide_small_cells


def possible(total: int, places: int, least: int = 1) -> list[tuple[int, ...]]:
    """Every way to share ``total`` people among hidden groups that are not empty."""
    if places == 0:
        return [()] if total == 0 else []
    return [
        (first, *rest)
        for first in range(least, total - least * (places - 1) + 1)
        for rest in possible(total - first, places - 1, least)
    ]


def test_groups_of_one_total() -> None:
    """All rows of four groups of up to eight people."""
    hidden_somewhere = 0
    for counts in product(range(9), repeat=4):
        shown = hide_small(dict(enumerate(counts)))
        assert all(
            seen in (None, count) for seen, count in zip(shown.values(), counts, strict=True)
        )
        assert all(seen is None or seen == 0 or seen >= LEAST for seen in shown.values())
        hidden = [counts[key] for key, seen in shown.items() if seen is None]
        if not hidden or len(hidden) == len(counts):
            # All is hidden: the total is not shown either when it is small.
            continue
        hidden_somewhere += 1
        assert sum(hidden) >= LEAST
        ways = possible(sum(hidden), len(hidden))
        for place in range(len(hidden)):
            assert len({way[place] for way in ways}) > 1, counts
    assert hidden_somewhere > 1000


def tables_like(shown: list[list[int | None]], rows: list[int], columns: list[int]):
    """Every table with these totals that looks the same where it is shown."""
    choices = []
    for seen, total in zip(shown, rows, strict=True):
        left = total - sum(count or 0 for count in seen)
        places = [n for n, count in enumerate(seen) if count is None]
        lines = []
        for way in possible(left, len(places)):
            line = [count or 0 for count in seen]
            for place, count in zip(places, way, strict=True):
                line[place] = count
            lines.append(line)
        choices.append(lines)
    for table in product(*choices):
        if [sum(line) for line in zip(*table, strict=True)] == columns:
            yield table


def test_cells_of_a_table_with_totals_both_ways() -> None:
    """Organisations by categories: hidden cells of random tables, all their possible values."""
    numbers = random.Random(64)  # noqa: S311 the same tables at every run
    published = 0
    for _turn in range(150):
        table = [[numbers.choice((0, 1, 2, 3, 5, 6, 8)) for _c in range(3)] for _r in range(3)]
        shown = hide_small_cells(table)
        if shown is None:
            continue
        cells = {(r, c) for r in range(3) for c in range(3) if shown[r][c] is None}
        if not cells:
            continue
        published += 1
        assert all(seen is None or seen == 0 or seen >= LEAST for line in shown for seen in line)
        sums = [sum(line) for line in table], [sum(line) for line in zip(*table, strict=True)]
        values: dict[tuple[int, int], set[int]] = {cell: set() for cell in cells}
        for other in tables_like(shown, *sums):
            for r, c in cells:
                values[r, c].add(other[r][c])
            if all(len(found) > 1 for found in values.values()):
                break
        assert all(len(found) > 1 for found in values.values()), (table, shown)
    assert published > 20
