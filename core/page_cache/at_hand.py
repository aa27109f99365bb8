"""Whole pages that this process holds ready, so that a hit asks the cache server nothing."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")
# Of each process; a page of the portal takes some 40 KB with its packed form.
MAX_BYTES = 32 * 1024 * 1024


class AtHand(Generic[T]):
    """The things asked for last, up to a number of bytes; safe between threads."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes = max_bytes
        self._held: OrderedDict[str, tuple[T, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: str) -> T | None:
        """What is held under ``key``; it is the last to go now."""
        with self._lock:
            found = self._held.get(key)
            if found is None:
                return None
            self._held.move_to_end(key)
            return found[0]

    def hold(self, key: str, thing: T, size: int) -> None:
        """Hold ``thing`` of ``size`` bytes; the longest unasked ones make room for it."""
        with self._lock:
            self._drop(key)
            if size > self.max_bytes:
                return
            self._held[key] = (thing, size)
            self._bytes += size
            while self._bytes > self.max_bytes:
                self._drop(next(iter(self._held)))

    def drop(self, key: str) -> None:
        """Hold nothing under ``key`` any longer."""
        with self._lock:
            self._drop(key)

    def clear(self) -> None:
        """Hold nothing."""
        with self._lock:
            self._held.clear()
            self._bytes = 0

    def _drop(self, key: str) -> None:
        if left := self._held.pop(key, None):
            self._bytes -= left[1]
