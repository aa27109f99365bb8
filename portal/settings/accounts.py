"""Accounts: django-allauth registers, signs in and keeps the second factor (docs/adr/0012)."""

ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "people.forms.entrance.LogInForm",
    "signup": "people.forms.entrance.RegistrationForm",
    "reset_password": "people.forms.entrance.ForgottenPasswordForm",
    "reset_password_from_key": "people.forms.entrance.NewPasswordForm",
    "change_password": "people.forms.entrance.ChangePasswordForm",
    "set_password": "people.forms.entrance.SetPasswordForm",
    "reauthenticate": "people.forms.entrance.ConfirmPasswordForm",
    "add_email": "people.forms.entrance.NewEmailForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Whoever confirms in the browser in which the registration began need not type the password again.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_UNIQUE_EMAIL = True
# One address for each account: a new one takes its place when it has been confirmed.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_REDIRECT_URL = "cabinet"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Wrong passwords of one account are counted by people.services.sign_in; those of one address here,
# together with wrong codes. A school has one address for fifty teachers, so the limits are wide.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "60/15m/ip,10/15m/key",
    "login_address": "60/15m/ip",
    "signup": "60/h/ip",
    "reset_password": "30/h/ip,3/15m/key",
    "reset_password_from_key": "30/h/ip",
    "invitation": "60/h/ip",
}

MFA_ADAPTER = "people.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "people.forms.second_factor.CodeForm",
    "reauthenticate": "people.forms.second_factor.ConfirmCodeForm",
    "activate_totp": "people.forms.second_factor.ActivateForm",
    "add_webauthn": "people.forms.second_factor.AddKeyForm",
    "edit_webauthn": "people.forms.second_factor.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Clocks of telephones differ by half a minute.
MFA_TOTP_TOLERANCE = 1
