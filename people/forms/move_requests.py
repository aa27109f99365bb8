"""Forms of the request for a move."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.days import day_before
from people.forms.staff_moves import DayInput, LeaveForm
from people.models import StaffMove


class AskMoveForm(forms.Form):
    """Who comes, where and since when; the name as the documents write it."""

    last_name = forms.CharField(label=_("Surname"), max_length=150)
    first_name = forms.CharField(label=_("First name"), max_length=150)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=150, required=False)
    birth_date = forms.DateField(label=_("Date of birth"), widget=DayInput())
    organisation = forms.ModelChoiceField(
        label=_("New organisation"), queryset=None, empty_label=_("not chosen")
    )
    title = forms.CharField(label=_("Position there"), max_length=120)
    starts_on = forms.DateField(label=_("Works there since"), widget=DayInput())

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        self.fields["starts_on"].initial = timezone.localdate()
        offered = list(organisations[:2])
        if len(offered) == 1:
            field.initial = offered[0]


class ConfirmMoveForm(LeaveForm):
    """Which positions end, and when, or that none does.

    Nothing is asked about a person who holds none.
    """

    stays = forms.BooleanField(
        label=_("Works at both: no position ends, the new one is an external part-time job"),
        required=False,
    )

    def __init__(self, *args: Any, move: StaffMove, positions: Any, **kwargs: Any) -> None:
        super().__init__(*args, positions=positions, **kwargs)
        self.fields["last_day"].initial = day_before(move.starts_on)
        if not self.fields["positions"].initial:
            for name in list(self.fields):
                del self.fields[name]
        elif self.data.get("stays"):
            self.fields["positions"].required = self.fields["last_day"].required = False
