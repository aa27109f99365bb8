"""Terms in working days: weekends, holidays, days that the Government has moved."""

from __future__ import annotations

from datetime import date

import pytest

from core.models import CalendarDay
from core.working_days import calendar_of, due_after, set_up_calendar, working_days_between

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar() -> None:
    set_up_calendar()


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [
        ("2026-11-26", 3, "2026-12-01"),
        # A Friday evening and the Saturday after it give the same day.
        ("2026-11-27", 3, "2026-12-02"),
        ("2026-11-28", 3, "2026-12-02"),
        # 31 December 2026 is off, 1-8 January are holidays, 9 and 10 a weekend.
        ("2026-12-29", 3, "2027-01-12"),
        ("2026-12-30", 10, "2027-01-22"),
        ("2026-05-08", 1, "2026-05-12"),
        ("2026-11-03", 1, "2026-11-05"),
        ("2027-04-30", 1, "2027-05-04"),
        ("2026-11-26", 0, "2026-11-26"),
    ],
)
def test_due_after(calendar: None, day: str, days: int, due: str) -> None:
    last = due_after(date.fromisoformat(day), days)
    assert last == date.fromisoformat(due)
    assert working_days_between(date.fromisoformat(day), last) == days


def test_a_working_saturday_and_a_year_without_rows(calendar: None) -> None:
    CalendarDay.objects.create(day=date(2027, 2, 20), name="Рабочая суббота", is_working=True)
    assert due_after(date(2027, 2, 19), 1) == date(2027, 2, 20)
    # Of 2028 nothing is entered: the holidays of the law count.
    assert due_after(date(2027, 12, 31), 1) == date(2028, 1, 10)
    assert working_days_between(date(2028, 3, 7), date(2028, 3, 8)) == 0
    assert working_days_between(date(2026, 12, 1), date(2026, 11, 1)) == 0


def test_the_days_of_2026_are_as_many_as_the_calendar_says(calendar: None) -> None:
    """247 working days stand in the production calendar of 2026 for a five-day week."""
    assert calendar_of(date(2026, 1, 1)).between(date(2025, 12, 31), date(2026, 12, 31)) == 247


def test_one_query(calendar: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        due_after(date(2026, 12, 29), 10)


def test_what_an_editor_has_changed_stays(calendar: None) -> None:
    CalendarDay.objects.filter(day=date(2026, 12, 31)).update(is_working=True)
    set_up_calendar()
    assert calendar_of(date(2026, 12, 31)).works(date(2026, 12, 31))
