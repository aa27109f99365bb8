"""What browsers may do with the pages of the portal."""

from wsgiref.headers import Headers

from csp.constants import NONE, SELF, UNSAFE_INLINE

# Editors see previews in a frame of our own pages, so «DENY» is not possible.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# Two weeks, renewed by use, as people of a school year expect.
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": [],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "object-src": [NONE],
    },
}
# Wagtail's date choosers and its editor bring inline code; nobody but editors comes here.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [UNSAFE_INLINE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["blob:"],
}
ADMIN_PREFIX = "/admin/"
# A file that is opened by itself, such as a drawing with a script in it, is shown and runs nothing.
FILE_CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

# No page of the portal asks for any of these.
PERMISSIONS_POLICY = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


def _static_file_headers(headers: Headers, path: str, url: str) -> None:
    """What WhiteNoise adds: its answers leave before the policy of the pages is put on them."""
    headers["Content-Security-Policy"] = FILE_CONTENT_SECURITY_POLICY
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


WHITENOISE_ADD_HEADERS_FUNCTION = _static_file_headers
# Letters and scripts of the portal are for its own pages.
WHITENOISE_ALLOW_ALL_ORIGINS = False
