"""The form of an invitation: only what its author may hand out can be chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.enums import OrganisationRoleKind, Role
from people.models import Organisation, User
from people.permissions import has_district_role

NO_ROLE = ""


class InvitationForm(forms.Form):
    """Who is invited, as what, and for which organisation."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The link goes to this address and works for 14 days, once."),
    )
    role = forms.ChoiceField(label=_("Role"), required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
        help_text=_("Needed for a role in an organisation."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, organisation = self.fields["role"], self.fields["organisation"]
        if has_district_role(user, Role.ADMINISTRATOR):
            organisation.queryset = Organisation.objects.in_directory()  # type: ignore[attr-defined]
            kinds = list(OrganisationRoleKind)
            district = [(one.value, one.value) for one in Role]
        else:
            own = Organisation.objects.in_charge_of(user, OrganisationRoleKind.HEAD)
            organisation.queryset = own  # type: ignore[attr-defined]
            organisation.required = True
            organisation.help_text = ""
            kinds, district = [OrganisationRoleKind.METHODICAL_SERVICE], []
        role.choices = [  # type: ignore[attr-defined]
            (NO_ROLE, _("Teacher, without a role")),
            *((kind.value, kind.label) for kind in kinds),
            *district,
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        acts = cleaned.get("role") in OrganisationRoleKind.values
        if acts and not cleaned.get("organisation") and "organisation" not in self.errors:
            self.add_error("organisation", _("Choose the organisation of the role."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """What the service takes."""
        role = self.cleaned_data["role"]
        district = None if role in (NO_ROLE, *OrganisationRoleKind.values) else Role(role)
        return {
            "email": self.cleaned_data["email"],
            "district_role": district,
            "organisation": None if district else self.cleaned_data["organisation"],
            "organisation_role": role if role in OrganisationRoleKind.values else "",
        }
