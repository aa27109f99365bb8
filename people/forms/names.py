"""Names of people as they are typed, wherever they are asked for."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from people.models import User

_NAME = re.compile(r"[^\W\d_]+(?:[ .’'\-]+[^\W\d_]+)*\.?")
NAMES = ("last_name", "first_name", "patronymic")


def clean_name(value: str) -> str:
    """A name of a person: letters, hyphens, single spaces; no line breaks, no addresses."""
    name = " ".join(value.split(" ")).strip()
    if name and not _NAME.fullmatch(name):
        raise ValidationError(
            gettext("Only letters, spaces, hyphens and apostrophes can stand here."), code="name"
        )
    return name


class NameChecks:
    """What a form does that asks for names."""

    initial: Any
    cleaned_data: dict[str, Any]

    def clean_last_name(self) -> str:
        return self._clean_name("last_name")

    def clean_first_name(self) -> str:
        return self._clean_name("first_name")

    def clean_patronymic(self) -> str:
        return self._clean_name("patronymic")

    def _clean_name(self, field: str) -> str:
        """What an administrator has written stays as it is until the person changes it."""
        typed: str = self.cleaned_data[field]
        return typed if typed == self.initial.get(field) else clean_name(typed)


class NamesForm(NameChecks, forms.ModelForm):
    """Surname, first name and patronymic of an account."""

    class Meta:
        model = User
        fields = NAMES

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
