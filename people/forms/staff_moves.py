"""Forms of dismissal and of the move to another organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import ChoicesField


class DayInput(forms.DateInput):
    """A day with the calendar of the browser."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class LeaveForm(forms.Form):
    """Which positions end, and when."""

    positions = ChoicesField(
        label=_("Positions that end"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    last_day = forms.DateField(label=_("Last day of work"), widget=DayInput())

    def __init__(self, *args: Any, positions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["positions"].queryset = positions  # type: ignore[attr-defined]
        self.fields["positions"].initial = [item.pk for item in positions]
        self.fields["last_day"].initial = timezone.localdate()


class MoveForm(LeaveForm):
    """And where the person works from the next day on."""

    organisation = forms.ModelChoiceField(
        label=_("New organisation"), queryset=None, empty_label=_("not chosen")
    )
    title = forms.CharField(label=_("Position there"), max_length=120)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        first = self.fields["positions"].queryset.first()  # type: ignore[attr-defined]
        self.fields["title"].initial = first.title if first else ""
