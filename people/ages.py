"""Full years between two days."""

from __future__ import annotations

from datetime import date


def full_years(since: date, day: date) -> int:
    """Full years from ``since`` to ``day``; who was born on 29 February is a year older on 1 March.

    Negative when ``day`` is earlier.
    """
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def years_before(day: date, years: int) -> date:
    """The latest day from which ``years`` full years have passed on ``day``."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
