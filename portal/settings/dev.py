"""The embedded default: one machine, SQLite, files in var/, tasks at once. `make run` uses it."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import STATIC_ROOT
from portal.settings.environment import env, seal

DEBUG = env.bool("DEBUG", default=False)
# Known to everybody who reads this file: production refuses to start without a key of its own.
SECRET_KEY = "development-only-key-that-protects-nothing"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
# Nobody said where the portal stands: `manage.py serve` knows it, for the links of letters.
BASE_URL_FOLLOWS_PORT = not env.str("BASE_URL", default="")
PATTERN_PAGE = True
# Styles and scripts are served from their sources; nothing is collected, the folder stays empty.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# A passkey works at http://localhost too.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

seal()
