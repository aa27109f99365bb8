"""Finds the page of an address with few queries, and serves it as Wagtail does.

Wagtail walks down the tree: two queries for each step. The whole address is known, though, and the
table of pages holds it, so one query finds the page. What this module does not find (no site, no
page at all) is left to Wagtail.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.views import serve as serve_by_wagtail

from core.chrome import keep_frame
from core.page_cache import depends_on, hold, one_epoch, remember, silenced, tags, uncacheable

# What breadcrumbs and privacy need of a page.
_SHOWN = ("title", "slug", "path", "depth", "url_path", "alias_of", "live")


class SiteMiddleware:
    """Puts the site and the roots of all sites on the request, from the cache: they hardly change.

    Wagtail would ask the cache for the roots at each address that is written without a request.
    """

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
            roots = remember("site-roots", _site_roots)
            request._wagtail_cached_site_root_paths = roots  # type: ignore[attr-defined]
            response = self.get_response(request)
            if response.status_code == HTTPStatus.OK and hasattr(request, "_chrome"):
                keep_frame(request._chrome)
            return response


def _find_site(request: HttpRequest) -> Site | None:
    depends_on(*tags.FRAME)
    with silenced():
        return Site._find_for_request(request)


def _site_roots() -> list[Any]:
    depends_on(*tags.FRAME, tags.MENU)
    with silenced():
        return Site.get_site_root_paths()


def _roots_on(request: HttpRequest) -> list[Any]:
    found: list[Any] | None = getattr(request, "_wagtail_cached_site_root_paths", None)
    return Site.get_site_root_paths() if found is None else found


def root_path(request: HttpRequest) -> str | None:
    """Where the pages of this site stand in the language of the request."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    language = get_language()
    for root in _roots_on(request):
        if root.site_id == site.pk and root.language_code == language:
            return root.root_path  # type: ignore[no-any-return]
    return None


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with the published page at ``path``.

    A language that nothing has been translated into has no pages: the visitor is sent to the
    source. Wagtail would show it under the address and in the frame of that language.
    """
    if _has_no_pages(request):
        # The pattern of page addresses lets neither «//» nor a dot through.
        return redirect(f"/{path}")
    above: list[Page] = []
    if not hasattr(request, "_wagtail_route_for_request"):
        with silenced():
            above = _find_route(request, path)
    result = Page.route_for_request(request, path)
    if result is not None:
        page = result[0]
        depends_on(page)
        # The schedule is kept to the second, however late the task that unpublishes runs.
        if page.expire_at is not None and page.expire_at <= timezone.now():
            raise Http404
        _show_ancestors(page, above)
        # Addresses that the page itself writes without a request.
        page._wagtail_cached_site_root_paths = _roots_on(request)  # type: ignore[attr-defined]
        request.portal_page = page  # type: ignore[attr-defined]
        _refuse_outsiders(request, page)
    return serve_by_wagtail(request, path)


def _refuse_outsiders(request: HttpRequest, page: Page) -> None:
    """Say no to who has logged in and is of no group the page is open to.

    Wagtail would send them to the log-in, which they have behind them.
    """
    if not request.user.is_authenticated:
        return
    for restriction in page.get_view_restrictions():
        of_groups = restriction.restriction_type == PageViewRestriction.GROUPS
        if of_groups and not restriction.accept_request(request):
            raise PermissionDenied


def _show_ancestors(page: Page, above: list[Page]) -> None:
    """Give ``page`` its ancestors; one query, none where ``above`` are all of them."""
    ancestors = [other for other in above if page.path.startswith(other.path)]
    if len(ancestors) != page.depth - 1:
        ancestors = ancestors_of(page)
    depends_on(*(tags.address(ancestor.pk) for ancestor in ancestors))
    page.shown_ancestors = ancestors
    if ancestors:
        page._cached_parent_obj = ancestors[-1]


def _has_no_pages(request: HttpRequest) -> bool:
    """Whether the site stands, but not in the language of the request."""
    return (
        get_language() != settings.LANGUAGE_CODE
        and Site.find_for_request(request) is not None
        and root_path(request) is None
    )


def ancestors_of(page: Page) -> list[Page]:
    """The pages above ``page`` with what breadcrumbs and privacy need of them, in one query."""
    paths = [page.path[:end] for end in range(page.steplen, len(page.path), page.steplen)]
    with silenced():
        return list(Page.objects.filter(path__in=paths).only(*_SHOWN).order_by("path"))


def _find_route(request: HttpRequest, path: str) -> list[Page]:
    """Leave on the request which page answers, when two queries can tell; give those above it."""
    root = root_path(request)
    if root is None:
        return []
    parts = [part for part in path.split("/") if part]
    on_the_way = _pages_at(root, parts)
    found = next((page for page in reversed(on_the_way) if page.live and page.depth > 1), None)
    if found is None:
        return []
    model = ContentType.objects.get_for_id(found.content_type_id).model_class()
    if model is None:
        return []
    page = next(iter(model._default_manager.filter(pk=found.pk, live=True).order_by()), None)
    if page is None:
        return []
    page.locale = remember("locales", _locales)[page.locale_id]
    # The address of the root ends with «/», as do all.
    rest = parts[found.url_path.count("/") - root.count("/") :]
    try:
        route = page.route(request, rest)
    except Http404:
        route = None
    request._wagtail_route_for_request = route  # type: ignore[attr-defined]
    return [other for other in on_the_way if other.depth < page.depth]


def _locales() -> dict[int, Locale]:
    depends_on(*tags.FRAME)
    return {locale.pk: locale for locale in Locale.objects.all()}


def _pages_at(root: str, parts: list[str]) -> list[Page]:
    """The pages that stand at an address or on the way to it, from the top of the tree down."""
    addresses = [root]
    for part in parts:
        addresses.append(f"{addresses[-1]}{part}/")

    def read() -> list[Page]:
        # The slug is what the index of the table finds; the address decides. The last is the
        # tree's.
        slugs = {root.rstrip("/").rsplit("/", 1)[-1], *parts, "root"}
        found = list(
            Page.objects.filter(slug__in=slugs, url_path__in=[*addresses, "/"])
            .only(*_SHOWN, "content_type")
            .order_by("path")
        )
        if len(found) <= len(addresses):
            # Addresses that lead nowhere are not held: anybody can think up as many as he likes.
            uncacheable()
        return found

    return hold(f"route:{addresses[-1]}", read)
