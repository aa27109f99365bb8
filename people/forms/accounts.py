"""Forms of accounts in the admin."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from people.models import User
from people.services.addresses import set_address
from people.services.second_factor import REASON_LENGTH


class _AccountForm(forms.ModelForm):
    """What both forms say otherwise than Wagtail: «Администратор» is a group of ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].label = _("First name")
        self.fields["last_name"].label = _("Surname")
        if field := self.fields.get("is_superuser"):
            field.label = _("Superuser")
            field.help_text = _(
                "May do everything, bypassing groups. For the person who maintains the portal."
            )


class PortalUserCreationForm(_AccountForm, UserCreationForm):
    """A new account."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"patronymic"}


class PortalUserEditForm(_AccountForm, UserEditForm):
    """An account that exists."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"patronymic"}

    def save(self, commit: bool = True) -> User:
        """An address that an administrator has typed is confirmed by its owner at the log-in."""
        user: User = super().save(commit)
        if commit and "email" in self.changed_data:
            set_address(user=user, confirmed=False)
        return user


class LostFactorForm(forms.Form):
    """Why a second factor goes; the person and the journal read it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        help_text=_(
            "How you know that it is this person, for example: came in person with a passport, the "
            "telephone is lost. The person and the journal get these words."
        ),
    )
