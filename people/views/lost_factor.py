"""The desk of an administrator: a lost second factor is taken away."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from people.forms.accounts import LostFactorForm
from people.models import User
from people.permissions import user_can_remove_second_factor
from people.services.second_factor import remove_second_factor


class LostFactorView(WagtailAdminTemplateMixin, FormView):
    """Says what goes, asks for the reason; only for those who have just typed their password."""

    form_class = LostFactorForm
    template_name = "people/admin/remove_second_factor.html"
    page_title = gettext_lazy("Remove the second factor")
    header_icon = "key"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.account = get_object_or_404(User, pk=self.kwargs["pk"])
        # Asked before the password is: nobody types it in vain.
        if not user_can_remove_second_factor(request.user, self.account):  # type: ignore[arg-type]
            raise PermissionDenied
        return self._sure(request, *args, **kwargs)

    @method_decorator(reauthentication_required)
    def _sure(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(get_user_display_name(self.account))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        users = {"url": reverse("wagtailusers_users:index"), "label": _("Users")}
        editor = {"url": self.get_success_url(), "label": self.get_page_subtitle()}
        own = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, users, editor, own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {
            Authenticator.Type.TOTP: _("Authenticator app"),
            Authenticator.Type.WEBAUTHN: _("Passkeys"),
            Authenticator.Type.RECOVERY_CODES: _("Recovery codes"),
        }
        held = set(Authenticator.objects.filter(user=self.account).values_list("type", flat=True))
        return super().get_context_data(
            account=self.get_page_subtitle(),
            factors=[name for kind, name in words.items() if kind in held],
            cancel=self.get_success_url(),
            **kwargs,
        )

    def form_valid(self, form: LostFactorForm) -> HttpResponse:
        try:
            remove_second_factor(
                account=self.account,
                user=self.request.user,  # type: ignore[arg-type]
                reason=form.cleaned_data["reason"],
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("The second factor is removed; %(email)s gets a letter.")
            % {"email": self.account.email},
        )
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return reverse("wagtailusers_users:edit", args=[self.account.pk])
