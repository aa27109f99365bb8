"""Which requests share one stored page."""

from __future__ import annotations

from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest

# Marks that advertisers and search engines add; no page looks at them.
_TRACKING = {"yclid", "ysclid", "gclid", "fbclid", "_openstat", "from", "roistat"}
_TRACKING_PREFIX = "utm_"
_allowed: set[str] = set()

# More than this is somebody trying addresses, not somebody reading.
MAX_PARAMETERS = 3
MAX_VALUE = 40
MAX_PATH = 400
# Stored combinations of parameters of one address at a time.
MAX_VARIANTS = 200


def allow_query(*names: str) -> None:
    """Let pages with these parameters in the address be stored, for example ``page``."""
    _allowed.update(names)


def canonical_query(query: str) -> str | None:
    """The parameters that matter, in one order; None when the page must not be stored."""
    if not query:
        return ""
    if len(query) > 1000:
        return None
    pairs = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if name not in _TRACKING and not name.startswith(_TRACKING_PREFIX)
    ]
    if len(pairs) > MAX_PARAMETERS:
        return None
    if any(name not in _allowed or len(value) > MAX_VALUE for name, value in pairs):
        return None
    return urlencode(sorted(pairs))


def key_of(request: HttpRequest) -> str | None:
    """The name under which the answer is stored; None for requests that are not looked up.

    Language follows from the path. A visitor with a session, with messages that wait or with a
    password sees pages of their own.
    """
    meta = request.META
    path = request.path_info
    if len(path) > MAX_PATH or path.startswith(settings.PAGE_CACHE_EXEMPT_PREFIXES):
        return None
    if "HTTP_AUTHORIZATION" in meta or getattr(request, "is_dummy", False):
        return None
    if meta.get("HTTP_X_REQUESTED_WITH") or meta.get("HTTP_RANGE"):
        return None
    vision = ""
    if meta.get("HTTP_COOKIE"):
        cookies = request.COOKIES
        if settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies:
            return None
        if given := cookies.get("vis"):
            from core.vision import VisionSettings

            vision = VisionSettings.from_cookie(given).cache_key
    query = canonical_query(meta.get("QUERY_STRING", ""))
    if query is None:
        return None
    host = meta.get("HTTP_HOST") or meta.get("SERVER_NAME", "")
    name = "\n".join((request.scheme or "", host.lower(), path, query, vision))
    return "page:" + blake2b(name.encode(), digest_size=20).hexdigest()
