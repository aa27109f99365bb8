"""Date fields of the admin that never change what a person typed.

The calendar turns a day that does not exist into another one when the field is left: 31.02 becomes
03.03. Here it leaves the text alone, and the form refuses it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput


def _literal(get_config: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    return lambda widget: {**get_config(widget), "validateOnBlur": False}


def take_dates_literally() -> None:
    """Say so to the calendar wherever the admin shows one.

    The widgets themselves are told: Wagtail names them in panels and filters of its own, which no
    other class of ours would reach.
    """
    for widget in (AdminDateInput, AdminDateTimeInput):
        widget.get_config = _literal(widget.get_config)
