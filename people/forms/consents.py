"""Forms of consents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.private_file_field import PrivateFileField
from people.enums import ConsentItem, ConsentKind
from people.forms.training import SCAN_ENDINGS
from people.models import User


class ProcessingForm(forms.Form):
    """Nothing to choose: the button is the consent."""


class DistributionForm(forms.Form):
    """What may be published, each item apart, and until when."""

    items = forms.MultipleChoiceField(
        label=_("May be published on the portal"),
        choices=ConsentItem.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose what may be published, or leave the consent out altogether.")
        },
    )
    valid_until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: until you withdraw it."),
    )

    def clean_valid_until(self) -> Any:
        """A day that has passed would be no consent."""
        day = self.cleaned_data.get("valid_until")
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return day


FORMS = {ConsentKind.PROCESSING: ProcessingForm, ConsentKind.DISTRIBUTION: DistributionForm}


class PaperConsentForm(DistributionForm):
    """What a signed paper says, and its scan; ``items`` count for distribution alone."""

    kind = forms.ChoiceField(label=_("Consent"), choices=ConsentKind.choices)
    given_on = forms.DateField(
        label=_("Date of the signature"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    scan = PrivateFileField(
        label=_("Scan of the signed paper"),
        error_messages={"required": _("Attach the scan of the signed paper.")},
        endings=SCAN_ENDINGS,
        help_text=_("The person, the school and the operator can open it, and nobody else."),
    )

    field_order = ["kind", "items", "given_on", "scan"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["valid_until"]
        self.fields["items"].required = False
        self.fields["items"].help_text = _("For the consent to distribution: as ticked on paper.")
        self.fields["scan"].user = user  # type: ignore[attr-defined]


class RegisterFilterForm(forms.Form):
    """What the operator narrows the register of consents to."""

    q = forms.CharField(label=_("Name of the person"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("Consent"), required=False, choices=[("", _("any")), *ConsentKind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("any")), ("in_force", _("in force")), ("ended", _("ended"))],
    )
