"""Forms of the link between an account and the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from people.ages import full_years
from people.models import Organisation, StaffLink
from people.models.staff import MAX_AGE


class AskLinkForm(forms.ModelForm):
    """What the school compares with its records."""

    class Meta:
        model = StaffLink
        fields = ["organisation", "last_name", "first_name", "patronymic", "birth_date"]
        widgets = {"birth_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.in_directory()  # type: ignore[attr-defined]
        for name, hint in (
            ("last_name", "family-name"),
            ("first_name", "given-name"),
            ("patronymic", "additional-name"),
            ("birth_date", "bday"),
        ):
            self.fields[name].widget.attrs["autocomplete"] = hint

    def clean_birth_date(self) -> Any:
        day = self.cleaned_data["birth_date"]
        if day >= timezone.localdate():
            raise ValidationError(_("The date of birth lies in the past."))
        if full_years(day, timezone.localdate()) > MAX_AGE:
            raise ValidationError(_("Check the year: such an age is not possible at work."))
        return day
