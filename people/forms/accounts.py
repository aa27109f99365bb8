"""Forms of accounts in the admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from people.services.sign_in import forget_attempts, take_attempt


class PortalLoginForm(LoginForm):
    """The entrance; Wagtail leaves the label of the password without a translation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        for name in ("username", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    def clean(self) -> dict[str, Any]:
        """The same answer whether the account exists or not, and not more often than allowed."""
        email = self.cleaned_data.get("username", "")
        if not take_attempt(email=email):
            raise ValidationError(
                _("Too many attempts for this account. Wait a quarter of an hour and try again."),
                code="too_many_attempts",
            )
        cleaned = super().clean()
        forget_attempts(email=email)
        return cleaned


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
