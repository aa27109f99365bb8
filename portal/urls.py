"""Addresses. Pages answer last; languages other than the first carry their code."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.urls import serve_pattern
from wagtail.views import authenticate_with_password

from core.health import live, ready
from core.patterns import patterns
from core.serving import serve
from core.views.errors import nowhere
from core.views.media import media
from core.vision import vision
from home import urls as home_urls

handler500 = "core.views.errors.server_error"

urlpatterns = [
    path("", include("people.urls")),
    # Pages by which Wagtail tries its own errors.
    re_path(r"^admin/(?:failwhale|test404)/$", nowhere),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("core.cabinet_urls")),
    path("cabinet/indicators/", include("monitoring.cabinet_urls")),
    path("cabinet/practices/", include("practices.urls")),
    path("cabinet/review/", include("practices.review_urls")),
    path("files/", include("core.file_urls")),
    path("media/<path:path>", media, name="media"),
    path("vision/", vision, name="vision"),
    path("patterns/", patterns, name="patterns"),
    path("health/live/", live, name="health_live"),
    path("health/ready/", ready, name="health_ready"),
    *home_urls.service_urls,
]

urlpatterns += i18n_patterns(
    *home_urls.localized_urls,
    path("", include("monitoring.urls")),
    # Before the pages: the pattern of their addresses takes this one, too.
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    re_path(serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
