"""A remark with which something goes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class RemarkForm(forms.Form):
    """One line of words that the other person reads; what is empty the service refuses."""

    remark = forms.CharField(label=_("Remark"), required=False)

    def __init__(self, *args: Any, max_length: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"] = forms.CharField(
            label=_("Remark"), required=False, max_length=max_length
        )
