"""The form in which the operator writes a new version of a consent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.enums import ConsentItem, ConsentKind
from people.models import ConsentText
from people.services.consent_texts import check_words

LONGEST = 20_000


class ConsentTextForm(forms.ModelForm):
    """The words of a version; number and day are given by the portal."""

    # The version that the writer saw beside the form.
    seen = forms.IntegerField(min_value=0, max_value=32_767, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "The portal fills in what stands in braces: {fio} name, {operator} and {address} the "
            "operator, {data_list} data, {purposes} purposes, {portal_url} address of the portal, "
            "{checked_list} what the person has ticked, {term} until when."
        ),
    )
    data_list = forms.CharField(
        label=_("Data"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Everything that is processed, separated by semicolons."),
    )
    purposes = forms.CharField(
        label=_("Purposes"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    items = forms.MultipleChoiceField(
        label=_("May be published"),
        choices=ConsentItem.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "What the consent asks about, each item apart. The person ticks; nothing is ticked "
            "beforehand."
        ),
    )

    class Meta:
        model = ConsentText
        fields = ("title", "law", "text", "data_list", "purposes", "items")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unused = "items" if self.instance.kind == ConsentKind.PROCESSING else "data_list"
        del self.fields[unused]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        # Browsers send the line ends of another system: they are no change of the text.
        for name, value in said.items():
            if isinstance(value, str):
                said[name] = value.replace("\r\n", "\n").strip()
        if "items" in said:
            said["items"] = [item for item in ConsentItem.values if item in said["items"]]
        return said

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        try:
            check_words(self.instance)
        except forms.ValidationError as error:
            self.add_error(None, error)
