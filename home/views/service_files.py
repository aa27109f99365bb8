"""Small files that programs ask for: robots.txt, security.txt, the manifest, the icon."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control

from core.chrome import Chrome
from core.models import SiteSettings

THEME_COLOUR = "#0f5ea8"


@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but the admin and the endless results of the search."""
    closed = [reverse("wagtailadmin_home")]
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            try:
                closed.append(reverse("search"))
            except NoReverseMatch:
                break
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "Allow: /", ""]
    lines.append(f"Sitemap: {Chrome.of(request).root}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap_index(request: HttpRequest, **options: Any) -> TemplateResponse:
    """Django's list of the site maps, under the site's own name whatever name was asked."""
    response: TemplateResponse = sitemap_views.index(request, **options)
    asked = f"{request.scheme}://{request.get_host()}"
    for item in (response.context_data or {})["sitemaps"]:
        item.location = Chrome.of(request).root + item.location.removeprefix(asked)
    return response


@cache_control(public=True, max_age=3600)
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116). Half a year ahead, so that it never looks stale."""
    owner = SiteSettings.for_request(request)
    address = owner.security_email or owner.email
    if not address:
        raise Http404("Set the e-mail for reports of weaknesses in the portal settings.")
    today = timezone.now()
    month = today.month + 6
    expires = datetime(today.year + (month - 1) // 12, (month - 1) % 12 + 1, 1, tzinfo=UTC)
    lines = [
        f"Contact: mailto:{address}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {Chrome.of(request).root}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """Name and icon for those who put the portal on the first screen of a phone."""
    owner = SiteSettings.for_request(request)
    return JsonResponse(
        {
            "name": owner.portal_name,
            "short_name": owner.short_place or owner.portal_name,
            "lang": settings.LANGUAGE_CODE,
            "start_url": "/",
            "display": "browser",
            "theme_color": THEME_COLOUR,
            "icons": [
                {"src": static("favicon.svg"), "type": "image/svg+xml", "sizes": "any"},
                {"src": static("icon-512.png"), "type": "image/png", "sizes": "512x512"},
            ],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers that ask for the old address get the one icon there is."""
    return HttpResponseRedirect(static("favicon.svg"))
