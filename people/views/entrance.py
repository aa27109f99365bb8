"""The entrance of the portal."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account import views as account_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import send_verification_email_at_login
from allauth.account.models import Login
from allauth.account.utils import has_verified_email
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.generic import RedirectView
from wagtail.models import Page

from people.adapters import is_in_admin, works_in_admin

# The page that the first start makes from home/data/structure.json.
POLICY_SLUG = "politika-pdn"


class LogInView(account_views.LoginView):
    """The entrance for everybody, also for those who work in the admin."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        target = self.get_next_url() or ""
        reader = request.user.is_authenticated and not works_in_admin(request.user)
        if reader and is_in_admin(target):
            return self._refuse(request, target)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """An address that is not confirmed is answered as a wrong password is; its link is sent.

        Anybody may register any address: the answer would tell whether it was free.
        """
        login = Login(user=form.user, email=form.cleaned_data["login"])
        if has_verified_email(login.user, login.email):
            answer: HttpResponse = super().form_valid(form)
            return answer
        send_verification_email_at_login(self.request, login)
        form.add_error(None, get_adapter().validation_error("email_password_mismatch"))
        refused: HttpResponse = self.form_invalid(form)
        return refused

    def _refuse(self, request: HttpRequest, target: str) -> HttpResponse:
        """Sent here by the admin, a reader sees why and may enter with another account."""
        again = f"{reverse('account_login')}?{urlencode({'next': target})}"
        answer = render(request, "account/other_account.html", {"again": again}, status=403)
        add_never_cache_headers(answer)
        return answer


class RegistrationView(account_views.SignupView):
    """A new account; the policy of personal data stands beside the form."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        policy = Page.objects.live().filter(slug=POLICY_SLUG, alias_of=None).first()
        address = policy.get_url(self.request) if policy else ""
        return {**super().get_context_data(**kwargs), "policy_url": address}


class LogOutView(account_views.LogoutView):
    """The way out; a link only asks, the button ends the session."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(answer)
        return answer


class EntranceOfAdminView(RedirectView):
    """Wagtail's own entrance leads to ours, with the way back kept."""

    pattern_name = "account_login"
    query_string = True


class PasswordsOfAdminView(RedirectView):
    """Wagtail's own pages of a forgotten password lead to ours."""

    pattern_name = "account_reset_password"

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str | None:
        return super().get_redirect_url()
