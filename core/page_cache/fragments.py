"""Parts of pages that are dear to make and stand on many pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings

from core.page_cache import tags as names
from core.page_cache.recorder import current, recording
from core.page_cache.versions import current_epoch, store, unchanged, versions_of

T = TypeVar("T")
_MISSING = object()
SECONDS = 600


def remember(key: str, build: Callable[[], T], *, seconds: int = SECONDS) -> T:
    """The value of ``build``, kept until something it was made of changes.

    The page that shows it depends on the same things. The value must not depend on the visitor.
    """
    if not settings.PAGE_CACHE_SECONDS:
        return build()
    name = f"part:{key}"
    cache = store()
    found = cache.get_many([name, "epoch"])
    epoch = found.get("epoch")
    if name in found and epoch is not None:
        value, notes, versions, kept_epoch, until = found[name]
        left = until - time.time()
        if left > 0 and (epoch == kept_epoch or unchanged(versions)):
            if epoch != kept_epoch:
                cache.set(name, (value, notes, versions, epoch, until), max(1, int(left)))
            _replay(notes)
            return value
    if epoch is None:
        epoch = current_epoch()
    with recording() as recorder:
        value = build()
    notes = recorder.notes
    _replay(notes)
    if epoch is None or not recorder.cacheable:
        return value
    versions = versions_of({*recorder.tags, names.EVERYTHING})
    if current_epoch() == epoch:
        until = time.time() + seconds
        if recorder.until:
            until = min(until, recorder.until.timestamp())
        left = int(until - time.time())
        if left > 0:
            cache.set(name, (value, notes, versions, epoch, until), left)
    return value


def _replay(notes: tuple) -> None:
    if recorder := current():
        recorder.include(notes)
