"""Forms of the staff register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.enums import Category
from people.models import Subject, User
from people.models.staff import DISTRICT_STAFF_ROLES
from people.queries.staff import (
    NO_CATEGORY,
    StaffList,
    StaffSort,
    StaffState,
    organisations_of,
    titles_of,
)

ANY = [("", _("any"))]


class StaffFilterForm(forms.Form):
    """By what the list is narrowed; a value that makes no sense is left out."""

    q = forms.CharField(label=pgettext_lazy("person", "Name"), required=False, max_length=100)
    list = forms.ChoiceField(
        label=_("List"), required=False, choices=[("", _("all who work")), *StaffList.choices]
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), required=False, queryset=None, empty_label=_("any")
    )
    position = forms.ChoiceField(label=_("Position"), required=False)
    subject = forms.ModelChoiceField(
        label=_("Subject"), required=False, queryset=None, empty_label=_("any")
    )
    category = forms.ChoiceField(
        label=_("Category"),
        required=False,
        choices=[
            *ANY,
            (NO_CATEGORY, Category.NONE.label),
            *[choice for choice in Category.choices if choice[0]],
        ],
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=[*ANY, *StaffState.choices])
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=StaffSort.choices)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_of(user)  # type: ignore[attr-defined]
        self.fields["subject"].queryset = Subject.objects.filter(loads__isnull=False).distinct()  # type: ignore[attr-defined]
        self.fields["position"].choices = [  # type: ignore[attr-defined]
            *ANY,
            *[(title, title) for title in titles_of(user)],
        ]
        if not user.district_roles & DISTRICT_STAFF_ROLES:
            # A school no longer sees who has left, and a list that is always empty says nothing.
            lists: Any = self.fields["list"]
            lists.choices = [item for item in lists.choices if item[0] != StaffList.LEFT]

    @property
    def chosen(self) -> dict[str, Any]:
        """Clean values; fields with errors are missing."""
        self.is_valid()
        return self.cleaned_data
