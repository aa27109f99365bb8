"""The form of a training record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.private_file_field import PrivateFileField
from people.models import TrainingRecord, User

# A scan of some pages; a film is no scan.
SCAN_MAX_SIZE = 20 * 1024 * 1024
SCAN_ENDINGS = ("pdf", "jpg", "jpeg", "png")


class TrainingForm(forms.ModelForm):
    """What the document says, and its scan."""

    scan = PrivateFileField(
        label=_("Scan of the document"),
        required=False,
        endings=SCAN_ENDINGS,
        max_size=SCAN_MAX_SIZE,
        help_text=_("A scan or a photograph of the certificate or diploma. Your school sees it."),
    )

    class Meta:
        model = TrainingRecord
        fields = [
            *("kind", "programme", "provider", "form", "hours"),
            *("starts_on", "ends_on", "document_number", "scan"),
        ]
        labels = {"starts_on": _("Training began on"), "ends_on": _("Training ended on")}
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("starts_on", "ends_on")
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scan"].user = user  # type: ignore[attr-defined]
        hours = self.fields["hours"]
        # What the column could hold is no hours: only the bounds of the model are told.
        hours.validators = [
            check for check in hours.validators if getattr(check, "limit_value", None) != 0
        ]
        hours.widget.attrs["min"] = 1
