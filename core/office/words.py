"""Words and numbers as an office writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.charts import show_number
from core.office.paper import Value


def shown(value: Value) -> str:
    """A value in words: 52,4; 31.12.2024; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, int | Decimal):
        return show_number(value)
    return value


def table_title(number: int, title: str) -> str:
    """«Таблица 1. Показатели»."""
    return _("Table %(number)s. %(title)s") % {"number": number, "title": title}
