"""What a person says of oneself."""

from __future__ import annotations

from typing import Any

from django import forms

from people.models import User


class ProfileForm(forms.ModelForm):
    """The names; the e-mail has a screen of its own, where the new one is confirmed."""

    class Meta:
        model = User
        fields = ["last_name", "first_name", "patronymic"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("last_name", "first_name"):
            self.fields[name].required = True
        for name, hint in (
            ("last_name", "family-name"),
            ("first_name", "given-name"),
            ("patronymic", "additional-name"),
        ):
            self.fields[name].widget.attrs["autocomplete"] = hint
