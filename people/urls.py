"""Addresses of accounts. They stand before those of the admin, whose entrance they take over."""

from django.urls import path

from people.views.entrance import PortalLoginView, PortalLogoutView

urlpatterns = [
    path("admin/login/", PortalLoginView.as_view()),
    path("account/log-out/", PortalLogoutView.as_view(), name="account_logout"),
]
