"""Forms of consents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.private_file_field import PrivateFileField
from people.enums import ConsentItem, ConsentKind
from people.forms.names import NAMES, NameChecks, NamesForm
from people.forms.training import SCAN_ENDINGS
from people.models import Consent, ConsentText, User


class _SignedForm(NameChecks, forms.Form):
    """A consent to ``text``, with the names of ``signer`` where the document still needs them."""

    def __init__(
        self,
        *args: Any,
        text: ConsentText | None = None,
        signer: User | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.text = text
        if signer is not None:
            asked = NamesForm(instance=signer, initial=self.initial)
            self.fields = {**asked.fields, **self.fields}
            self.initial = {**asked.initial, **self.initial}

    def names(self) -> dict[str, str] | None:
        """What was typed as the name; None where it was not asked."""
        said = {name: self.cleaned_data[name] for name in NAMES if name in self.fields}
        return said or None


class ProcessingForm(_SignedForm):
    """Nothing to choose: the button is the consent."""


class DistributionForm(_SignedForm):
    """What may be published, each item apart, and until when."""

    items = forms.MultipleChoiceField(
        label=_("May be published on the portal"),
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.text.items if self.text else ConsentItem.values
        chosen = [choice for choice in ConsentItem.choices if choice[0] in asked]
        self.fields["items"].choices = chosen  # type: ignore[attr-defined]


FORMS = {ConsentKind.PROCESSING: ProcessingForm, ConsentKind.DISTRIBUTION: DistributionForm}


class _VersionField(forms.ModelChoiceField):
    """Versions by their document, number and day, as they stand on the paper."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_kind_display()}, {obj.edition}"


class PaperConsentForm(DistributionForm):
    """What a signed paper says, and its scan; ``items`` count for distribution alone."""

    text = _VersionField(
        label=_("Consent"),
        queryset=ConsentText.objects.none(),
        empty_label=None,
        help_text=_("The version that was signed: its number stands on the paper."),
    )
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

    field_order = ["text", "items", "given_on", "scan"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["valid_until"]
        self.fields["text"].queryset = ConsentText.objects.filter(  # type: ignore[attr-defined]
            published_at__isnull=False
        )
        self.fields["items"].required = False
        self.fields["items"].help_text = _("For the consent to distribution: as ticked on paper.")
        self.fields["scan"].user = user  # type: ignore[attr-defined]


class LetterForm(forms.Form):
    """Which consent a person takes back by a letter; ``consents`` are those that may be."""

    kind = forms.ChoiceField(label=_("Consent"), widget=forms.RadioSelect)
    letter = forms.CharField(
        label=_("Number and date of the letter"),
        max_length=200,
        help_text=_("The letter itself stays with you: it proves the withdrawal."),
    )

    def __init__(self, *args: Any, consents: Iterable[Consent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = {consent.kind for consent in consents}
        field: Any = self.fields["kind"]
        field.choices = [choice for choice in ConsentKind.choices if choice[0] in kinds]
        if len(kinds) == 1:
            field.initial = field.choices[0][0]


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
