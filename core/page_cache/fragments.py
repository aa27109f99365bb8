"""Parts of pages that are dear to make and stand on many pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.conf import settings

from core.page_cache import tags as names
from core.page_cache.at_hand import AtHand
from core.page_cache.recorder import current, recording
from core.page_cache.versions import (
    EPOCH,
    current_epoch,
    recent_epoch,
    store,
    unchanged,
    versions_of,
)

T = TypeVar("T")
SECONDS = 600
# value, what it is made of, versions of that, epoch, until when
Part = tuple[Any, tuple, dict[str, int | None], int, float]
# What this process holds ready, so that a page needs one question for all its parts; and, so that
# they push nothing out that many pages share, what is shown by one page alone.
shared_parts: AtHand[Part] = AtHand(300)
own_parts: AtHand[Part] = AtHand(1000)
_epoch: ContextVar[int | None] = ContextVar("page_cache_epoch", default=None)


@contextmanager
def one_epoch() -> Iterator[None]:
    """Ask for the epoch once: all parts of one page show the same moment."""
    if not settings.PAGE_CACHE_SECONDS:
        yield
        return
    # A page that will be kept needs the epoch of now; what is only shown may go by the last one.
    token = _epoch.set(recent_epoch() if current() is None else current_epoch())
    try:
        yield
    finally:
        _epoch.reset(token)


def remember(key: str, build: Callable[[], T], *, seconds: int = SECONDS) -> T:
    """The value of ``build``, kept until something it was made of changes.

    The page that shows it depends on the same things. The value must not depend on the visitor,
    and nobody may change it: pages share it.
    """
    if not settings.PAGE_CACHE_SECONDS:
        return build()
    epoch = _epoch.get()
    part = shared_parts.get(key) if epoch is not None else None
    if part is not None and part[3] == epoch and part[4] > time.time():
        _replay(part[1])
        return part[0]
    name = f"part:{key}"
    found = store().get_many([name] if epoch is not None else [name, EPOCH])
    epoch = epoch if epoch is not None else found.get(EPOCH)
    part = found.get(name)
    if part is not None and epoch is not None:
        value, notes, versions, kept_epoch, until = part
        left = until - time.time()
        if left > 0 and (epoch == kept_epoch or unchanged(versions)):
            part = (value, notes, versions, epoch, until)
            if epoch != kept_epoch:
                store().set(name, part, max(1, int(left)))
            shared_parts.hold(key, part, 1)
            _replay(notes)
            return value
    return _build(key, build, epoch if epoch is not None else current_epoch(), seconds)


def hold(key: str, build: Callable[[], T], *, seconds: int = SECONDS) -> T:
    """The value of ``build``, held by this process until anything on the site changes.

    For what one page alone shows: as nothing is told to the cache server, a page that nobody asks
    for again loses nothing by it. The value must not depend on the visitor, and nobody may change
    it.
    """
    epoch = _epoch.get()
    if epoch is None:
        return build()
    part = own_parts.get(key)
    if part is None or part[3] != epoch or part[4] <= time.time():
        with recording() as recorder:
            value = build()
        until = time.time() + seconds
        if recorder.until:
            until = min(until, recorder.until.timestamp())
        # The epoch was read before the value: no change that came between is overlooked.
        part = (value, recorder.notes, {}, epoch, until)
        if recorder.cacheable:
            own_parts.hold(key, part, 1)
    _replay(part[1])
    value = part[0]
    return value


def _build(key: str, build: Callable[[], T], epoch: int | None, seconds: int) -> T:
    with recording() as recorder:
        value = build()
    notes = recorder.notes
    _replay(notes)
    if epoch is None or not recorder.cacheable:
        return value
    versions = versions_of({*recorder.tags, names.EVERYTHING})
    until = time.time() + seconds
    if recorder.until:
        until = min(until, recorder.until.timestamp())
    left = int(until - time.time())
    # Read last, as for whole pages: see versions.
    if left > 0 and None not in versions.values() and current_epoch() == epoch:
        part = (value, notes, versions, epoch, until)
        store().set(f"part:{key}", part, left)
        shared_parts.hold(key, part, 1)
    return value


def _replay(notes: tuple) -> None:
    if recorder := current():
        recorder.include(notes)
