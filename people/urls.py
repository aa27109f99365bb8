"""Addresses of people and organisations; the entrance of the admin is taken over here."""

from django.urls import path

from people.views.entrance import PortalLoginView, PortalLogoutView
from people.views.organisations import organisation, organisations

urlpatterns = [
    path("admin/login/", PortalLoginView.as_view()),
    path("organisations/", organisations, name="organisations"),
    path("organisations/<slug:slug>/", organisation, name="organisation"),
    path("account/log-out/", PortalLogoutView.as_view(), name="account_logout"),
]
