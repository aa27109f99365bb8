"""Working days of Russia: the calendar is data (``CalendarDay``), its year begins from the law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core.models.working_day import CalendarDay

# Labour Code, article 112: 1-8 January and six more days.
HOLIDAYS = frozenset(
    {*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
)
DAY = timedelta(days=1)
# Farther than any run of days off.
_SPARE = timedelta(days=40)


@dataclass(frozen=True)
class WorkingCalendar:
    """What is known of the days: those that differ from their weekday, and which years are kept."""

    marked: dict[date, bool]
    years: frozenset[int]

    def works(self, day: date) -> bool:
        """Whether ``day`` is a working day."""
        if day in self.marked:
            return self.marked[day]
        weekday = day.isoweekday() < 6
        if day.year in self.years:
            return weekday
        return weekday and (day.month, day.day) not in HOLIDAYS

    def due_after(self, day: date, working_days: int) -> date:
        """The last day of a term of ``working_days`` that begins on the day after ``day``."""
        left, found = working_days, day
        while left > 0:
            found += DAY
            left -= self.works(found)
        return found

    def between(self, first: date, last: date) -> int:
        """How many working days have begun after ``first`` up to ``last``; 0 when none have."""
        days = (last - first).days
        return sum(self.works(first + timedelta(days=n)) for n in range(1, days + 1))


def calendar_of(*days: date) -> WorkingCalendar:
    """The calendar of the years of ``days``, of one before and one after; one query."""
    years = {day.year for day in days}
    first, last = date(min(years) - 1, 1, 1), date(max(years) + 1, 12, 31)
    rows = CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "is_working")
    marked = dict(rows)
    return WorkingCalendar(marked, frozenset(day.year for day in marked))


def due_after(day: date, working_days: int) -> date:
    """The last day of a term of ``working_days`` that begins on the day after ``day``."""
    ahead = day + timedelta(days=2 * working_days) + _SPARE
    return calendar_of(day, ahead).due_after(day, working_days)


def working_days_between(first: date, last: date) -> int:
    """How many working days have begun after ``first`` up to ``last``; 0 when none have."""
    return calendar_of(first, last).between(first, last)


# Decree of the Government of 24.09.2025 No. 1466 moves two days off in 2026. The one for 2027 is
# not entered: its days are those of article 112 with holidays that fall on a weekend moved to the
# next working day, as the law itself says; January moves only by decree.
_JANUARY = "Новогодние каникулы и Рождество"
KNOWN = (
    *((date(2026, 1, day), _JANUARY) for day in range(1, 9)),
    (date(2026, 1, 9), "Выходной, перенесён с 3 января"),
    (date(2026, 2, 23), "День защитника Отечества"),
    (date(2026, 3, 9), "Выходной, перенесён с 8 марта"),
    (date(2026, 5, 1), "Праздник Весны и Труда"),
    (date(2026, 5, 11), "Выходной, перенесён с 9 мая"),
    (date(2026, 6, 12), "День России"),
    (date(2026, 11, 4), "День народного единства"),
    (date(2026, 12, 31), "Выходной, перенесён с 4 января"),
)
ASSUMED = (
    *((date(2027, 1, day), _JANUARY) for day in range(1, 9)),
    (date(2027, 2, 23), "День защитника Отечества"),
    (date(2027, 3, 8), "Международный женский день"),
    (date(2027, 5, 3), "Выходной, перенесён с 1 мая"),
    (date(2027, 5, 10), "Выходной, перенесён с 9 мая"),
    (date(2027, 6, 14), "Выходной, перенесён с 12 июня"),
    (date(2027, 11, 4), "День народного единства"),
)


def set_up_calendar() -> None:
    """Enter the days that are known; those that stand there already stay as they are."""
    _enter(KNOWN, is_assumed=False)
    _enter(ASSUMED, is_assumed=True)


def _enter(days: Iterable[tuple[date, str]], *, is_assumed: bool) -> None:
    CalendarDay.objects.bulk_create(
        [CalendarDay(day=day, name=name, is_assumed=is_assumed) for day, name in days],
        ignore_conflicts=True,
    )
