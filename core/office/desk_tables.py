"""The tables that Wagtail itself gives to save: as careful as those of the portal."""

from __future__ import annotations

from functools import wraps
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from core.office.csv import FORMULA_START


def guard_desk_tables() -> None:
    """Words that a spreadsheet would run as a formula get an apostrophe in its CSV, too.

    Its own XLSX is careful already.
    """
    given = SpreadsheetExportMixin.preprocess_field_value

    @wraps(given)
    def careful(self: Any, field: str, value: Any, export_format: str) -> Any:
        found = given(self, field, value, export_format)
        runs = isinstance(found, str) and found.startswith(FORMULA_START)
        return f"'{found}" if runs and export_format == self.FORMAT_CSV else found

    SpreadsheetExportMixin.preprocess_field_value = careful
