"""Accounts in the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.widgets import Button
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from people.forms.accounts import PortalUserCreationForm, PortalUserEditForm
from people.permissions import user_can_manage_account, user_can_remove_second_factor
from people.views.lost_factor import LostFactorView


class _SuperuserByHandOnly:
    """Nobody but a superuser makes a superuser."""

    request: HttpRequest

    def get_form(self, form_class: Any = None) -> Form:
        form = super().get_form(form_class)  # type: ignore[misc]
        field = form.fields.get("is_superuser")
        if field is not None and not self.request.user.is_superuser:  # type: ignore[union-attr]
            field.disabled = True
        return form


class PortalUserIndexView(IndexView):
    """The list of accounts, where a name is a person's."""

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Wagtail's; to it the name of a person and of a thing is one word."""
        columns: list[BaseColumn] = super().columns
        for column in columns:
            if column.name == "name":
                column.label = pgettext_lazy("person", "Name")
        return columns


class PortalUserCreateView(_SuperuserByHandOnly, CreateView):
    """A new account."""


class PortalUserEditView(_SuperuserByHandOnly, EditView):
    """An account that exists; that of a superuser is closed to others."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated and not user_can_manage_account(request.user, self.object):
            raise PermissionDenied

    @property
    def header_more_buttons(self) -> list[Button]:
        """Also the way out for somebody who has lost the telephone."""
        buttons: list[Button] = super().header_more_buttons
        if user_can_remove_second_factor(self.request.user, self.object):
            buttons.append(
                Button(
                    _("Remove the second factor"),
                    url=reverse("wagtailusers_users:lost_factor", args=[self.object.pk]),
                    icon_name="key",
                    priority=30,
                )
            )
        return buttons


class PortalUserViewSet(UserViewSet):
    """Accounts with patronymic, named by e-mail."""

    index_view_class = PortalUserIndexView
    add_view_class = PortalUserCreateView
    edit_view_class = PortalUserEditView

    def get_urlpatterns(self) -> list[Any]:
        address = path("<int:pk>/second-factor/", LostFactorView.as_view(), name="lost_factor")
        return [*super().get_urlpatterns(), address]

    def get_form_class(self, for_update: bool = False) -> type[Form]:
        return PortalUserEditForm if for_update else PortalUserCreationForm
