"""Settings of the test suite: everything in memory or in a folder that goes away."""

import tempfile
from pathlib import Path

from portal.settings.base import *  # noqa: F403
from portal.settings.environment import env

SECRET_KEY = "test"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
_FOLDER = Path(tempfile.mkdtemp(prefix="portal-test-"))
MEDIA_ROOT = _FOLDER / "media"
PRIVATE_ROOT = _FOLDER / "private"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
WAGTAILADMIN_BASE_URL = "http://testserver"

env.seal()
