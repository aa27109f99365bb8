"""Production: PostgreSQL, Redis, a task queue, a proxy. It does not start without addresses."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import MIDDLEWARE, STORAGES  # noqa: F401
from portal.settings.environment import (
    answered_by,
    database_address,
    env,
    host_names,
    internal_location,
    latin,
    mail_address,
    not_negative,
    random_key,
    redis_address,
    seal,
    second_factor,
    site_address,
)
from portal.settings.journal import logging_settings

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", validate=random_key)
ALLOWED_HOSTS = [latin(name) for name in env.list("ALLOWED_HOSTS", validate=host_names) or []]
env.str("DATABASE_URL", validate=database_address)
DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)}
REDIS_URL = env.str("REDIS_URL", validate=redis_address)
WAGTAILADMIN_BASE_URL = latin(
    env.str("BASE_URL", validate=[site_address, answered_by(ALLOWED_HOSTS)]) or ""
)
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

env.str("EMAIL_URL", default="smtp://localhost:25", validate=mail_address)
_email = env.dj_email_url("EMAIL_URL", default="smtp://localhost:25") or {}
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = _email.get("EMAIL_HOST")
EMAIL_PORT = _email.get("EMAIL_PORT")
EMAIL_HOST_USER = _email.get("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = _email.get("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)

# TLS ends at the proxy, which says so in this header (it overwrites what a client sends).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000, validate=not_negative)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

SECOND_FACTOR = env.str("SECOND_FACTOR", default="required", validate=second_factor)
# The proxy names the visitor and overwrites what a client says of itself.
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = "X-Real-IP"

# Where nginx keeps the private files as an internal location; empty: the portal sends them itself.
FILES_INTERNAL_LOCATION = env.str("FILES_INTERNAL_LOCATION", default="", validate=internal_location)
DEMO_DATA_ALLOWED = env.bool("DEMO_DATA_ALLOWED", default=False)

LOGGING = logging_settings(structured=True)

seal()
