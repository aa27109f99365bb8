"""The form that takes a file of the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.private_file_field import PrivateFileField
from people.models import User

MOST_BYTES = 10 * 1024 * 1024


class StaffImportForm(forms.Form):
    """One XLSX file."""

    file = PrivateFileField(
        label=_("File of the register"),
        endings=("xlsx",),
        max_size=MOST_BYTES,
        help_text=_("The template, filled in. At most 5000 rows."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].user = user  # type: ignore[attr-defined]
