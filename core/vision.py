"""The version for visually impaired (GOST R 52872-2019): one cookie, understood by the server.

The server alone decides how a page looks, so the version works without JavaScript. The cookie is
``size.scheme.img.space.font``, for example ``2.bw.off.1.plain``; anything else means "off".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

COOKIE = "vis"
YEAR = 60 * 60 * 24 * 365

# What each part may be; the first value is what a visitor gets when the version is switched on.
CHOICES: dict[str, tuple[str, ...]] = {
    "size": ("2", "1", "3", "4"),
    "scheme": ("bw", "wb", "blue", "beige"),
    "img": ("on", "off"),
    "space": ("1", "2", "3"),
    "font": ("golos", "plain"),
}


@dataclass(frozen=True)
class VisionSettings:
    """How the page is shown to one visitor. Every value is one of ``CHOICES``."""

    on: bool = False
    size: str = "2"
    scheme: str = "bw"
    img: str = "on"
    space: str = "1"
    font: str = "golos"

    @classmethod
    def from_cookie(cls, value: str | None) -> VisionSettings:
        """Read a cookie strictly: a malformed one counts as none."""
        parts = (value or "").split(".")
        if len(parts) != len(CHOICES):
            return OFF
        if any(part not in CHOICES[name] for name, part in zip(CHOICES, parts, strict=True)):
            return OFF
        return cls(True, *parts)

    @classmethod
    def from_request(cls, request: HttpRequest) -> VisionSettings:
        """Settings of this visitor; a preview may have put its own on the request."""
        given = getattr(request, "vis", None)
        return given if isinstance(given, cls) else cls.from_cookie(request.COOKIES.get(COOKIE))

    def updated(self, values: Mapping[str, str]) -> VisionSettings:
        """The same settings switched on, with the valid ones among ``values`` taken over."""
        taken = {name: values[name] for name in CHOICES if values.get(name) in CHOICES[name]}
        return replace(self, on=True, **taken)

    @property
    def cookie(self) -> str:
        """The canonical value; empty when the version is off."""
        if not self.on:
            return ""
        return ".".join((self.size, self.scheme, self.img, self.space, self.font))

    @property
    def cache_key(self) -> str:
        """What a page cache must vary on. Only listed values occur: at most 192 and "off"."""
        return self.cookie

    @property
    def html_attrs(self) -> SafeString:
        """Attributes of <html>, with a leading space; empty when the version is off."""
        if not self.on:
            return mark_safe("")
        values = {name: getattr(self, name) for name in CHOICES}
        text = "".join(f' data-{name}="{value}"' for name, value in values.items())
        return mark_safe(f' data-vis="on"{text}')  # noqa: S308 (only values of CHOICES)


OFF = VisionSettings()


class VisionMiddleware:
    """Puts ``request.vis`` on every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.vis = VisionSettings.from_request(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def _return_address(request: HttpRequest) -> str:
    """Where the visitor came from, when that is a page of this site; else the first page."""
    own = reverse("vision")
    for address in (request.GET.get("next"), request.headers.get("referer")):
        if address and url_has_allowed_host_and_scheme(
            address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            parts = urlsplit(address)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            # A path may begin with two strokes, and is another host then.
            if parts.path not in ("", own) and url_has_allowed_host_and_scheme(path, None):
                return path
    return "/"


@never_cache
@require_safe
def vision(request: HttpRequest) -> HttpResponse:
    """Take the choices of the panel (or ``vis=off``), keep them for a year, go back to the page."""
    response = HttpResponseRedirect(_return_address(request))
    if request.GET.get("vis") == "off":
        response.delete_cookie(COOKIE, samesite="Lax")
        return response
    chosen = VisionSettings.from_request(request).updated(request.GET.dict())
    response.set_cookie(
        COOKIE,
        chosen.cookie,
        max_age=YEAR,
        samesite="Lax",
        secure=request.is_secure(),
        # The panel's script changes the same cookie, to spare the reload.
        httponly=False,
    )
    return response
