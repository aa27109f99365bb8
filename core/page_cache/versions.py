"""Versions of tags, and the epoch that moves with every change.

A stored page holds the versions of its tags and the epoch at which they were compared. A hit costs
one question (page and epoch); only after the epoch has moved are the tags compared again.

Order is what makes it safe without locks. A purge moves the epoch, then the tags, then the epoch
again. A page is stored only when the epoch is the same before it was made and after its versions
were read: so versions newer than the data can never be stored with it.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterable
from typing import Any

from django.core.cache import BaseCache, caches
from django.db import transaction

from core.page_cache import tags as names

logger = logging.getLogger("portal.page_cache")

EPOCH = "epoch"
_WEEK = 7 * 24 * 60 * 60
# For so long a hit may go by the epoch that was read last: a change made by another process shows
# that much later. One of this process shows at once.
RECENT_SECONDS = 0.05
_recent: tuple[int | None, float] = (None, 0.0)
# Set when a purge did not reach the cache: everything is purged as soon as it can be reached.
_owed = False


def store() -> BaseCache:
    """Where pages, versions and the epoch stand."""
    return caches["pages"]


def _new_version() -> int:
    # Random, not counted: a version that was evicted can never come back with its old value.
    return secrets.randbits(62)


def current_epoch() -> int | None:
    """The epoch; None while the cache cannot be reached."""
    cache = store()
    epoch = cache.get(EPOCH)
    if epoch is None:
        cache.add(EPOCH, _new_version(), None)
        epoch = cache.get(EPOCH)
    return epoch


def recent_epoch() -> int | None:
    """The epoch, read not longer than ``RECENT_SECONDS`` ago: enough for showing what is stored.

    To store something, ask for ``current_epoch``.
    """
    global _recent
    epoch, until = _recent
    if epoch is None or time.monotonic() >= until:
        epoch = store().get(EPOCH)
        _recent = (epoch, time.monotonic() + RECENT_SECONDS)
    return epoch


def forget_recent() -> None:
    """Read the epoch anew at the next question."""
    global _recent
    _recent = (None, 0.0)


def versions_of(tags: Iterable[str]) -> dict[str, int | None]:
    """The version of each tag; a tag without one gets a new one."""
    cache = store()
    keys = {f"tag:{tag}": tag for tag in tags}
    found = cache.get_many(list(keys))
    for key in keys.keys() - found.keys():
        cache.add(key, _new_version(), _WEEK)
        found[key] = cache.get(key)
    return {tag: found[key] for key, tag in keys.items()}


def unchanged(versions: dict[str, int | None]) -> bool:
    """Whether every tag still has the version it had."""
    found = store().get_many([f"tag:{tag}" for tag in versions])
    return all(
        version is not None and found.get(f"tag:{tag}") == version
        for tag, version in versions.items()
    )


class _Purge:
    """Runs once after the commit, for all changes of a transaction."""

    def __init__(self, tags: set[str]) -> None:
        self.tags = tags

    def __call__(self) -> None:
        purge_now(self.tags)


def purge(*things: Any) -> None:
    """Have every page that shows one of ``things`` made anew, once the change is committed."""
    tags = {names.tag_of(thing) for thing in things}
    connection = transaction.get_connection()
    if connection.in_atomic_block and connection.run_on_commit:
        savepoints, waiting, _robust = connection.run_on_commit[-1]
        if isinstance(waiting, _Purge) and savepoints == set(connection.savepoint_ids):
            waiting.tags |= tags
            return
    transaction.on_commit(_Purge(tags), robust=True)


def purge_all() -> None:
    """Have every page made anew."""
    purge(names.EVERYTHING)


def purge_now(tags: Iterable[str]) -> None:
    """Give ``tags`` new versions at once; what cannot be done now is owed."""
    global _owed
    cache = store()
    failed = (
        cache.set_many({EPOCH: _new_version()}, None)
        or cache.set_many({f"tag:{tag}": _new_version() for tag in tags}, _WEEK)
        or cache.set_many({EPOCH: _new_version()}, None)
    )
    forget_recent()
    if failed:
        _owed = True
        logger.error(
            "The page cache could not be purged: Redis does not answer. Check REDIS_URL and the "
            "Redis server; visitors may see old pages until it is back."
        )


def settle_debts() -> None:
    """Purge everything when an earlier purge failed and the cache answers again."""
    global _owed
    if _owed and current_epoch() is not None:
        _owed = False
        purge_now([names.EVERYTHING])


def owe() -> None:
    """Remember that the cache was away: purges of other processes may have been lost."""
    global _owed
    _owed = True
