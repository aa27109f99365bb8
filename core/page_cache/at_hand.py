"""What this process holds ready, pages and parts, so that nothing has to be asked for it."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class AtHand(Generic[T]):
    """The things asked for last, as many as there is room for; safe between threads.

    ``room`` has the measure of the sizes that are given: bytes, or just 1 for each thing.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self._held: OrderedDict[str, tuple[T, int]] = OrderedDict()
        self._filled = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: str) -> T | None:
        """What is held under ``key``; it is the last to go now."""
        with self._lock:
            found = self._held.get(key)
            if found is None:
                return None
            self._held.move_to_end(key)
            return found[0]

    def hold(self, key: str, thing: T, size: int) -> None:
        """Hold ``thing`` of ``size``; the longest unasked ones make room for it."""
        with self._lock:
            self._drop(key)
            if size > self.room:
                return
            self._held[key] = (thing, size)
            self._filled += size
            while self._filled > self.room:
                self._drop(next(iter(self._held)))

    def drop(self, key: str) -> None:
        """Hold nothing under ``key`` any longer."""
        with self._lock:
            self._drop(key)

    def clear(self) -> None:
        """Hold nothing."""
        with self._lock:
            self._held.clear()
            self._filled = 0

    def _drop(self, key: str) -> None:
        if left := self._held.pop(key, None):
            self._filled -= left[1]
