"""What a person says is right instead of what stands in the own data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from core.private_file_field import PrivateFileField
from people.forms.staff_moves import DayInput
from people.forms.training import SCAN_ENDINGS, SCAN_MAX_SIZE

if TYPE_CHECKING:
    from people.models import User
    from people.queries.corrections import Target


class CorrectionForm(forms.Form):
    """The fields of the target as they should be, or words; and what proves it."""

    text = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    proof = PrivateFileField(
        label=_("What proves it"),
        required=False,
        endings=SCAN_ENDINGS,
        max_size=SCAN_MAX_SIZE,
        help_text=_("A scan or a photograph of the document. Those who decide see it."),
    )

    def __init__(self, *args: Any, target: Target, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target = target
        self.fields["proof"].user = user  # type: ignore[attr-defined]
        if not target.fields:
            self.fields["text"].label = _("What is wrong and what is right")
            self.fields["text"].required = True
            return
        made = fields_for_model(
            type(target.thing), fields=target.fields, formfield_callback=_form_field
        )
        for name in target.fields:
            field: Any = target.thing._meta.get_field(name)
            self.initial.setdefault(name, field.value_from_object(target.thing))
        self.fields = {**made, **self.fields}
        if len(target.fields) == 1:
            self.fields[target.fields[0]].label = _("What is right")

    @property
    def values(self) -> dict[str, Any]:
        """What is right, by the names of fields."""
        return {name: self.cleaned_data[name] for name in self.target.fields}


def _form_field(field: models.Field, **kwargs: Any) -> forms.Field | None:
    if isinstance(field, models.DateField):
        kwargs["widget"] = DayInput()
    return field.formfield(**kwargs)
