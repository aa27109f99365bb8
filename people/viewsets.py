"""Accounts in the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from people.forms.accounts import PortalUserCreationForm, PortalUserEditForm
from people.permissions import user_can_manage_account


class _SuperuserByHandOnly:
    """Nobody but a superuser makes a superuser."""

    request: HttpRequest

    def get_form(self, form_class: Any = None) -> Form:
        form = super().get_form(form_class)  # type: ignore[misc]
        field = form.fields.get("is_superuser")
        if field is not None and not self.request.user.is_superuser:  # type: ignore[union-attr]
            field.disabled = True
        return form


class PortalUserCreateView(_SuperuserByHandOnly, CreateView):
    """A new account."""


class PortalUserEditView(_SuperuserByHandOnly, EditView):
    """An account that exists; that of a superuser is closed to others."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated and not user_can_manage_account(request.user, self.object):
            raise PermissionDenied


class PortalUserViewSet(UserViewSet):
    """Accounts with patronymic, named by e-mail."""

    add_view_class = PortalUserCreateView
    edit_view_class = PortalUserEditView

    def get_form_class(self, for_update: bool = False) -> type[Form]:
        return PortalUserEditForm if for_update else PortalUserCreationForm
