"""Tags of fields and cells."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def table_cells(columns: list[Any], row: list[Any]) -> list[tuple[Any, Any]]:
    """The cells of a row, each with its column."""
    return list(zip(columns, row, strict=False))


# Together with its caption as much as a phone shows in one line.
SHORT_CELL = 12


@register.filter
def cell_size(value: Any) -> str:
    """``empty``, ``short`` (stands beside its caption on a phone) or ``long`` (stands below it)."""
    length = len(strip_tags(str(value or "")).strip())
    if not length:
        return "empty"
    return "short" if length <= SHORT_CELL else "long"


@register.simple_tag
def field_kind(field: BoundField) -> str:
    """How a form field is laid out: ``group`` of choices, single ``checkbox`` or ``plain``."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "plain"


@register.simple_tag
def styled_field(field: BoundField) -> SafeString:
    """The control of a field in the look of the site."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"in {own}".strip()})
