"""Days that make sense: a slip in the year is told in words, before anything reckons with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

# Nobody of the register has worked or studied before.
FIRST_YEAR = 1940


def refuse_odd_days(days: Mapping[str, date | None], *, ahead: Mapping[str, int]) -> None:
    """Raise ValidationError at each of ``days`` of a year that is a slip of the pen.

    ``ahead`` says how many years after the present one a day may lie.
    """
    errors: dict[str, Any] = {}
    this_year = timezone.localdate().year
    for name, day in days.items():
        if day is None:
            continue
        last = this_year + ahead[name]
        if not FIRST_YEAR <= day.year <= last:
            errors[name] = _("Check the year: from %(first)s to %(last)s.") % {
                "first": FIRST_YEAR,
                "last": last,
            }
    if errors:
        raise ValidationError(errors)


def day_before(day: date) -> date:
    """The day before; of the first day of the calendar, which an old row may hold, that one."""
    return max(day, date.min + timedelta(days=1)) - timedelta(days=1)


def refuse_odd_period(starts_on: date | None, ends_on: date | None) -> None:
    """Raise ValidationError for a period with an odd day, or one that ends before it begins."""
    ahead = {"starts_on": 2, "ends_on": 10}
    refuse_odd_days({"starts_on": starts_on, "ends_on": ends_on}, ahead=ahead)
    if starts_on and ends_on and ends_on < starts_on:
        raise ValidationError({"ends_on": _("The end of the period is before its beginning.")})
