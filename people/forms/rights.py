"""What a person writes with a request about the own data."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.forms.staff_moves import DayInput


class AskErasureForm(forms.Form):
    """«Erase my data»: nobody has to say why, but nobody does it by mistake."""

    text = forms.CharField(
        label=_("What should the administrator know?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    sure = forms.BooleanField(
        label=_("I understand that it cannot be undone"),
        error_messages={"required": _("Tick it, if you are sure.")},
    )


class EraseByLetterForm(forms.Form):
    """The letter of somebody who asks on paper, and the word that it is meant."""

    ground = forms.CharField(label=_("Letter: its number"), max_length=80)
    ground_date = forms.DateField(label=_("Letter: its date"), widget=DayInput())
    reason = forms.CharField(
        label=_("What the person asks for, without names"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )
    sure = forms.BooleanField(
        label=_("I understand that it cannot be undone"),
        error_messages={"required": _("Tick it, if you are sure.")},
    )

    def clean_ground_date(self) -> date:
        day: date = self.cleaned_data["ground_date"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still ahead."))
        return day


class OpeningsForm(forms.Form):
    """Narrows the log of openings."""

    person = forms.CharField(label=_("Whose card"), max_length=100, required=False)
    viewer = forms.CharField(label=_("Who opened"), max_length=100, required=False)
    since = forms.DateField(label=_("Not before"), required=False, widget=DayInput())
    until = forms.DateField(label=_("Not after"), required=False, widget=DayInput())
