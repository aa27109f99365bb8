"""Answers anonymous visitors from the cache, before anything else of Django wakes up."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from hashlib import blake2b

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers

from core.page_cache import tags as names
from core.page_cache.at_hand import AtHand
from core.page_cache.keys import MAX_VARIANTS, canonical_query, key_of
from core.page_cache.recorder import Recorder, recording
from core.page_cache.schedule import kept_until
from core.page_cache.versions import (
    current_epoch,
    recent_epoch,
    settle_debts,
    store,
    unchanged,
    versions_of,
)

# What a browser may keep: nothing without asking. The answer to the question is mostly «304».
CACHE_CONTROL = "no-cache"
# The proxy in front may repeat the answer for this many seconds (nginx takes this header out).
PROXY_SECONDS = "1"
_TYPES = ("text/html", "application/rss+xml", "application/atom+xml", "application/xml", "text/xml")
_NOT_TO_BE_KEPT = ("private", "no-store", "no-cache")
_OWN = {"x-cache", "etag", "cache-control", "vary", "content-length", "x-accel-expires"}

# until, epoch, versions of tags, etag, headers, body, the same body packed
Entry = tuple[float, int, dict[str, int | None], str, list[tuple[str, str]], bytes, bytes]

# Of each process; a page of the portal takes some 40 KB with its packed form.
MAX_BYTES = 32 * 1024 * 1024

_pages: AtHand[Entry] = AtHand(MAX_BYTES)


class PageCacheMiddleware:
    """The first middleware: a hit touches nothing but the cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.PAGE_CACHE_SECONDS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_of(request) if request.method in ("GET", "HEAD") else None
        if key is None:
            return _marked_private(request, self.get_response(request))
        settle_debts()
        if (entry := _find(key)) is not None:
            return _answer(request, entry)
        return self._make(request, key, current_epoch())

    def _make(self, request: HttpRequest, key: str, epoch: int | None) -> HttpResponseBase:
        # Pages never see the marks of advertisers, so the stored page is the same for everybody.
        query = canonical_query(request.META.get("QUERY_STRING", "")) or ""
        request.META["QUERY_STRING"] = query
        with recording() as recorder:
            response = self.get_response(request)
        if not _may_be_kept(request, response, recorder):
            return _marked_private(request, response)
        entry = _entry_of(response, recorder, epoch) if epoch is not None else None
        if entry is not None and (not query or _variant_allowed(request)):
            versions = entry[2]
            left = int(entry[0] - time.time())
            # Read last: an equal epoch proves that the versions are not newer than the data.
            if left > 0 and None not in versions.values() and current_epoch() == epoch:
                store().set(key, entry, left)
        answer = _answer(request, entry) if entry is not None else response
        answer.headers["X-Cache"] = "miss"
        return answer


def _find(key: str) -> Entry | None:
    """The page stored under ``key`` if it still shows what is true."""
    epoch = recent_epoch()
    if epoch is None:
        return None
    held = _pages.get(key)
    if held is not None and held[1] == epoch:
        return held if held[0] > time.time() else None
    # Another process may have made it anew, or compared it already.
    entry: Entry | None = store().get(key)
    if entry is None or entry[0] < time.time():
        _pages.drop(key)
        return None
    if entry[1] != epoch:
        if not unchanged(entry[2]):
            _pages.drop(key)
            return None
        # Kept with the epoch that was read before the tags were compared.
        entry = (entry[0], epoch, *entry[2:])
        store().set(key, entry, max(1, int(entry[0] - time.time())))
    _pages.hold(key, entry, len(entry[5]) + len(entry[6]))
    return entry


def _may_be_kept(request: HttpRequest, response: HttpResponseBase, recorder: Recorder) -> bool:
    """Whether the answer is a whole public page that says what it is made of."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and recorder.cacheable
        and bool(recorder.tags)
        and response.get("Content-Type", "").split(";")[0] in _TYPES
        and not response.has_header("Content-Disposition")
        and not response.has_header("Content-Encoding")
        and not any(word in response.get("Cache-Control", "") for word in _NOT_TO_BE_KEPT)
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
        and not getattr(request, "is_preview", False)
    )


def _entry_of(response: HttpResponseBase, recorder: Recorder, epoch: int) -> Entry | None:
    now = timezone.now()
    until = kept_until(now, settings.PAGE_CACHE_SECONDS)
    if recorder.until is not None:
        until = min(until, recorder.until)
    body: bytes = response.content  # type: ignore[attr-defined]
    packed = gzip.compress(body, 5, mtime=0) if len(body) > 500 else b""
    headers = [(name, value) for name, value in response.items() if name.lower() not in _OWN]
    return (
        until.timestamp(),
        epoch,
        versions_of({*recorder.tags, names.EVERYTHING, *names.FRAME}),
        f'W/"{blake2b(body, digest_size=12).hexdigest()}"',
        headers,
        body,
        packed,
    )


def _answer(request: HttpRequest, entry: Entry) -> HttpResponse:
    _until, _epoch, _versions, etag, headers, body, packed = entry
    meta = request.META
    asked = meta.get("HTTP_IF_NONE_MATCH")
    response: HttpResponse
    if asked and etag in asked:
        response = HttpResponseNotModified()
    elif packed and "gzip" in meta.get("HTTP_ACCEPT_ENCODING", ""):
        response = HttpResponse(packed)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(packed))
    else:
        response = HttpResponse(body)
        response.headers["Content-Length"] = str(len(body))
    if request.method == "HEAD":
        response.content = b""
    given = response.headers
    for name, value in headers:
        given[name] = value
    given["ETag"] = etag
    given["Cache-Control"] = CACHE_CONTROL
    given["Vary"] = "Accept-Encoding, Cookie"
    given["X-Accel-Expires"] = PROXY_SECONDS
    given["X-Cache"] = "hit"
    return response


def _variant_allowed(request: HttpRequest) -> bool:
    """Bounds what one address can fill the cache with by its parameters."""
    counter = "variants:" + blake2b(request.path_info.encode(), digest_size=12).hexdigest()
    cache = store()
    cache.add(counter, 0, settings.PAGE_CACHE_SECONDS)
    try:
        return cache.incr(counter) <= MAX_VARIANTS
    except ValueError:
        return False


def _marked_private(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A page for one visitor says so to every cache on the way."""
    response.headers["X-Cache"] = "bypass"
    if response.get("Content-Type", "").startswith("text/html"):
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
    return response
