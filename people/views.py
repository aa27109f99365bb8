"""The entrance and the way out, for those who work in the admin and for those who only read."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from wagtail.admin.views.account import LoginView

HOME = "/"


class PortalLoginView(LoginView):
    """Wagtail's entrance; whoever may not work in the admin is never sent to it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Sent here by the admin, a reader sees why and may enter with another account.
        refused = _is_in_admin(self.get_redirect_url())
        if request.user.is_authenticated and not refused and not self._works_in_admin():
            return HttpResponseRedirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def get_success_url(self) -> str:
        """The page the person came from; without one, the desk or the home page."""
        if self._works_in_admin():
            return super().get_success_url()
        target = self.get_redirect_url()
        return HOME if not target or _is_in_admin(target) else target

    def _works_in_admin(self) -> bool:
        return self.request.user.has_perm("wagtailadmin.access_admin")


class PortalLogoutView(LogoutView):
    """Ends the session; unlike Wagtail's it needs no access to the admin."""

    next_page = HOME
    http_method_names = ("get", "head", "post", "options")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever comes by the address alone is led on and stays signed in."""
        return HttpResponseRedirect(HOME)


def _is_in_admin(address: str) -> bool:
    return urlsplit(address).path.startswith(reverse("wagtailadmin_home"))
