"""Addresses of accounts: only what the portal offers, under the names that allauth knows."""

from allauth.account import views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes.views import download_recovery_codes
from allauth.mfa.webauthn import views as key_views
from django.urls import include, path, re_path

from people.views import entrance, security

security_urls = [
    path("", security.SecurityView.as_view(), name="mfa_index"),
    path("e-mail/", security.EmailView.as_view(), name="account_email"),
    path("password/", security.PasswordView.as_view(), name="account_change_password"),
    path("password/first/", security.FirstPasswordView.as_view(), name="account_set_password"),
    path("app/", security.ActivateAppView.as_view(), name="mfa_activate_totp"),
    path("app/off/", security.DeactivateAppView.as_view(), name="mfa_deactivate_totp"),
    path("keys/", security.KeysView.as_view(), name="mfa_list_webauthn"),
    path("keys/add/", security.AddKeyView.as_view(), name="mfa_add_webauthn"),
    path("keys/<int:pk>/", security.RenameKeyView.as_view(), name="mfa_edit_webauthn"),
    path("keys/<int:pk>/remove/", security.RemoveKeyView.as_view(), name="mfa_remove_webauthn"),
    path("codes/", security.CodesView.as_view(), name="mfa_view_recovery_codes"),
    path("codes/new/", security.NewCodesView.as_view(), name="mfa_generate_recovery_codes"),
    path("codes/file/", download_recovery_codes, name="mfa_download_recovery_codes"),
    path("sessions/", security.SessionsView.as_view(), name="usersessions_list"),
]
urlpatterns = [
    path("log-in/", entrance.LogInView.as_view(), name="account_login"),
    path("log-in/code/", mfa_views.authenticate, name="mfa_authenticate"),
    path("log-in/key/", key_views.login_webauthn, name="mfa_login_webauthn"),
    path("log-out/", entrance.LogOutView.as_view(), name="account_logout"),
    path("register/", entrance.RegistrationView.as_view(), name="account_signup"),
    path("closed/", views.account_inactive, name="account_inactive"),
    path("confirm/", views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^confirm/(?P<key>[-:\w]+)/$", views.confirm_email, name="account_confirm_email"),
    path("sure/", views.reauthenticate, name="account_reauthenticate"),
    path("sure/code/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("sure/key/", key_views.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("password/forgotten/", views.password_reset, name="account_reset_password"),
    path("password/sent/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("security/", include(security_urls)),
]
