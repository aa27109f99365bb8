"""Settings of the test suite: everything in memory or in a folder that goes away."""

import hashlib
import os
import tempfile
from pathlib import Path

from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATABASES
from portal.settings.environment import BASE_DIR, seal

SECRET_KEY = "test"
ALLOWED_HOSTS = ["*"]
# Two copies of the project on one machine do not share their test databases.
CHECKOUT = hashlib.sha256(str(BASE_DIR).encode()).hexdigest()[:8]
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # tests/database.py copies a migrated database into memory instead.
    DATABASES["default"]["TEST"] = {"MIGRATE": False}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_{CHECKOUT}"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
_FOLDER = Path(tempfile.mkdtemp(prefix="portal-test-"))
MEDIA_ROOT = _FOLDER / "media"
PRIVATE_ROOT = _FOLDER / "private"
STATIC_ROOT = _FOLDER / "static"
STATIC_ROOT.mkdir()
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
WAGTAILADMIN_BASE_URL = "http://testserver"
# A test changes things in a transaction that never commits, so nothing would be purged.
if REDIS_URL:
    # A process that empties its cache must not empty that of its neighbour, and nobody may read
    # what another copy of the project keeps: its pages have other numbers and addresses.
    _worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    _server, _, _number = REDIS_URL.rpartition("/")
    for _cache in CACHES.values():
        _cache["LOCATION"] = f"{_server}/{(int(_number) - _worker) % 16}"
        _cache["KEY_PREFIX"] = f"{CHECKOUT}-{_cache['KEY_PREFIX']}"
PAGE_CACHE_SECONDS = 0

# A passkey works at http://localhost too.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

seal()
