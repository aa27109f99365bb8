"""Settings that every place of use shares.

Addresses and secrets come from the environment (see the table in README.md). All values are read
through one deferred reader, so that a start with several mistakes names all of them at once.
"""

from django.utils.translation import gettext_lazy as _

from portal.settings.accounts import *  # noqa: F403
from portal.settings.environment import (
    BASE_DIR,
    at_least_one,
    data_folder,
    env,
    known_languages,
    not_negative,
    redis_address,
    second_factor,
    sender,
    site_address,
)
from portal.settings.journal import logging_settings
from portal.settings.release import release_mark
from portal.settings.security import *  # noqa: F403

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

INSTALLED_APPS = [
    "home",
    "practices",
    "monitoring",
    "people",
    "core",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.search_promotions",
    "wagtail.embeds",
    "wagtail.sites",
    "people.apps.PortalUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # For its catalogue: the admin says «12 секунд назад» with it.
    "django.contrib.humanize",
    # For its templates of widgets: ours stand before them.
    "django.forms",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # First: a visitor who finds the page here costs nothing else.
    "core.page_cache.middleware.PageCacheMiddleware",
    # Before the checks of host and TLS: probes ask by address and without TLS.
    "core.health.HealthMiddleware",
    "core.journal.JournalMiddleware",
    "core.security.NulMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.security.BrowserPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # After the host has been checked.
    "core.serving.SiteMiddleware",
    "core.vision.VisionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.SecondFactorMiddleware",
    "people.middleware.LastSeenMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "core.publishing.RefusedPublicationMiddleware",
    "core.incomplete_requests.IncompleteRequestMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.portal",
            ],
        },
    },
]

# Widgets are drawn by the templates above: an empty choice says in words that nothing is chosen.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
FILTERS_EMPTY_CHOICE_LABEL = _("any")

# --- Data -------------------------------------------------------------------------------------

# All that the embedded portal writes stands in one folder: copy it, and you have everything.
VAR_DIR = data_folder()

# No address but a path: the folder may have any name, with spaces and number signs in it.
_OWN_DATABASE = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR_DIR / "portal.sqlite3")}
DATABASES = {
    "default": (
        env.dj_db_url("DATABASE_URL") if env.str("DATABASE_URL", default="") else _OWN_DATABASE
    )
}
# A wrong address is None here; the end of the settings names it.
if (
    DATABASES["default"] is not None
    and DATABASES["default"].get("ENGINE") == "django.db.backends.sqlite3"
):
    # Readers do not wait for the writer, and a writer waits for its turn instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
elif DATABASES["default"] is not None:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="", validate=redis_address)
if REDIS_URL:
    CACHES = {
        name: {
            "BACKEND": "core.cache_backends.ForgivingRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": prefix,
        }
        for name, prefix in (
            ("default", "portal-default"),
            ("pages", f"portal-pages-{release_mark(BASE_DIR)}"),
        )
    }
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
else:
    CACHES = {
        name: {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": name,
            "OPTIONS": {"MAX_ENTRIES": entries},
        }
        for name, entries in (("default", 10_000), ("pages", 3_000))
    }
# How long a page for anonymous visitors is kept when nothing on it changes; 0 switches it off.
# Without Redis a command in another process cannot purge, so nothing is kept for long.
PAGE_CACHE_SECONDS = env.int(
    "PAGE_CACHE_SECONDS", default=900 if REDIS_URL else 60, validate=not_negative
)
PAGE_CACHE_EXEMPT_PREFIXES = (
    *("/admin/", "/cabinet/", "/account/", "/files/"),
    *("/health/", "/static/", "/media/", "/vision/"),
)

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "frontend" / "dist"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Private files never stand under the public media address: only views that check rights open them.
PRIVATE_ROOT = VAR_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "core.storage.PrivateFileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# --- People -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "cabinet"
# Pages that are closed to visitors lead to the log-in of the portal, or ask for their password.
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "home/password_required.html"
# Whether a role that opens other people's data works without a second factor.
SECOND_FACTOR = env.str("SECOND_FACTOR", default="offered", validate=second_factor)

# --- Language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "ru"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Yekaterinburg"
# A municipality has one local time: no choice, and none of the 600 English names of zones.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_I18N_ENABLED = True
# What is sent for translation is a draft; whoever may publish shows it when it is translated.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Others by one setting: LANGUAGES=ru,en,tt. The first is the source.
_NAMES = {
    "ru": _("Russian"),
    "en": _("English"),
    "tt": _("Tatar"),
    "kk": _("Kazakh"),
    "ba": _("Bashkir"),
}
_codes = env.list("LANGUAGES", default=["ru", "en"], validate=known_languages) or ["ru"]
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [(code, _NAMES.get(code, code)) for code in _codes]
# The second folder holds only what the packages themselves leave in English.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale_upstream"]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ru", "Русский"), ("en", "English")]
FORMAT_MODULE_PATH = ["portal.formats"]

# --- Wagtail ----------------------------------------------------------------------------------

WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
WAGTAIL_SITE_NAME = "Центр непрерывного повышения квалификации"
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000", validate=site_address)
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "core.review_ending.publish_reviewed"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Every autosave of a source page writes into the history of its aliases in other languages.
WAGTAIL_AUTOSAVE_INTERVAL = 30_000
# Password and address are changed in the cabinet, where a new address is confirmed first.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
MFA_TOTP_ISSUER = WAGTAIL_SITE_NAME
WAGTAILADMIN_NOTIFICATION_USE_HTML = True
WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = env.str(
    "EMAIL_FROM", default="portal@localhost", validate=sender
)
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "core.PortalImage"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.picture_form.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "core.PortalDocument"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
# A film of a lesson comes in parts.
PRIVATE_FILM_MAX_SIZE = 500 * 1024 * 1024
# What each person may have uploaded without attaching it to anything; it is deleted after a day.
UNUSED_FILES_MEGABYTES = env.int("UNUSED_FILES_MEGABYTES", default=1024, validate=at_least_one)
UNUSED_FILES_COUNT = env.int("UNUSED_FILES_COUNT", default=20, validate=at_least_one)
WAGTAILDOCS_EXTENSIONS = [
    *[
        "pdf",
        "docx",
        "doc",
        "xlsx",
        "xls",
        "pptx",
        "ppt",
        "odt",
        "ods",
        "odp",
        "rtf",
        "txt",
        "csv",
        "zip",
    ],
    *["jpg", "jpeg", "png", "mp4", "webm", "vtt"],
]
# Files leave only through a view that asks who may see them.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.search.backend"}}
MODELSEARCH_BACKENDS = WAGTAILSEARCH_BACKENDS
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {
            "features": [
                *[
                    "h3",
                    "h4",
                    "bold",
                    "italic",
                    "ol",
                    "ul",
                    "link",
                    "document-link",
                    "superscript",
                    "subscript",
                ],
            ]
        },
    },
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Mail -------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = SERVER_EMAIL = WAGTAILADMIN_NOTIFICATION_FROM_EMAIL
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# A mail server that does not answer holds up the letters behind it for so many seconds at most.
EMAIL_TIMEOUT = 20

# --- Switches ---------------------------------------------------------------------------------

PATTERN_PAGE = False
# Demonstration content brings accounts with a password that everybody knows.
DEMO_DATA_ALLOWED = True

LOGGING = logging_settings(structured=False)
