"""Who acts for which organisation, and the button that ends it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, View

from core.chrome import Link
from people.models import OrganisationRole
from people.permissions import user_can_end_role
from people.queries.roles import roles_ended_by
from people.services.roles import end_role
from people.views.invitations import ROOM, ForInviters
from people.views.lists import PagedMixin


class RolesView(PagedMixin, ForInviters, ListView):
    """The roles that one may take back: who hands out roles ends them."""

    title = gettext_lazy("Roles in organisations")
    template_name = "people/invitations/roles.html"
    request: HttpRequest

    def get_trail(self) -> list[Link]:
        return [Link(str(ROOM), reverse("invitations"))]

    def get_queryset(self) -> Any:
        user: Any = self.request.user
        return roles_ended_by(user)


class EndRoleView(ForInviters, View):
    """The button of the list."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        role = OrganisationRole.objects.filter(pk=pk).select_related("user", "organisation").first()
        if role is None:
            # The second click of two on a role that was given today.
            return redirect("organisation_roles")
        if not user_can_end_role(user, role):
            raise Http404
        end_role(role=role, user=user)
        messages.success(
            request,
            _("The role is ended: %(name)s, %(role)s.")
            % {"name": role.user, "role": str(role.get_kind_display()).lower()},
        )
        return redirect("organisation_roles")
