"""Finds the page of an address with few queries, and serves it as Wagtail does.

Wagtail walks down the tree: two queries for each step. The whole address is known, though, and the
table of pages holds it, so one query finds the page. What this module does not find (no site, no
page at all) is left to Wagtail.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.views import serve as serve_by_wagtail

from core.page_cache import depends_on, one_epoch, remember, silenced, tags


class SiteMiddleware:
    """Puts the site on the request, from the cache: it changes once in years."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(settings.PAGE_CACHE_EXEMPT_PREFIXES):
            return self.get_response(request)
        with one_epoch():
            if not hasattr(request, "_wagtail_site"):
                host = request._get_raw_host()  # type: ignore[attr-defined]
                request._wagtail_site = remember(  # type: ignore[attr-defined]
                    f"site:{host[:100]}:{request.get_port()}", lambda: _find_site(request)
                )
            return self.get_response(request)


def _find_site(request: HttpRequest) -> Site | None:
    depends_on(*tags.FRAME)
    with silenced():
        return Site._find_for_request(request)


def root_path(request: HttpRequest) -> str | None:
    """Where the pages of this site stand in the language of the request."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    language = get_language()
    own = [root for root in Site.get_site_root_paths() if root.site_id == site.pk]
    for root in own:
        if root.language_code == language:
            return root.root_path
    return None


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with the published page at ``path``."""
    if not hasattr(request, "_wagtail_route_for_request"):
        with silenced():
            _find_route(request, path)
    result = Page.route_for_request(request, path)
    if result is not None:
        page = result[0]
        depends_on(page)
        # The schedule is kept to the second, however late the task that unpublishes runs.
        if page.expire_at is not None and page.expire_at <= timezone.now():
            raise Http404
        page.shown_ancestors = ancestors_of(page)
        if page.shown_ancestors:
            page._cached_parent_obj = page.shown_ancestors[-1]
        request.portal_page = page  # type: ignore[attr-defined]
    return serve_by_wagtail(request, path)


def ancestors_of(page: Page) -> list[Page]:
    """The pages above ``page`` with what breadcrumbs and privacy need of them, in one query."""
    paths = [page.path[:end] for end in range(page.steplen, len(page.path), page.steplen)]
    with silenced():
        ancestors = list(
            Page.objects.filter(path__in=paths)
            .only("title", "slug", "path", "depth", "url_path", "alias_of", "live")
            .order_by("path")
        )
    depends_on(*(tags.address(ancestor.pk) for ancestor in ancestors))
    return ancestors


def _find_route(request: HttpRequest, path: str) -> None:
    """Leave on the request which page answers, when one query can tell."""
    root = root_path(request)
    if root is None:
        return
    parts = [part for part in path.split("/") if part]
    addresses = [root]
    for part in parts:
        addresses.append(f"{addresses[-1]}{part}/")
    # The slug is what the index of the table finds; the address decides.
    slugs = {root.rstrip("/").rsplit("/", 1)[-1], *parts}
    found: Any = (
        Page.objects.filter(slug__in=slugs, url_path__in=addresses, live=True)
        .order_by("-depth")
        .values_list("pk", "content_type_id", "url_path")
        .first()
    )
    if found is None:
        return
    model = ContentType.objects.get_for_id(found[1]).model_class()
    if model is None:
        return
    page = model._default_manager.select_related("locale").filter(pk=found[0], live=True).first()
    if page is None:
        return
    rest = parts[addresses.index(found[2]) :]
    try:
        route = page.route(request, rest)
    except Http404:
        route = None
    request._wagtail_route_for_request = route  # type: ignore[attr-defined]
