"""Many rows a part at a time: memory does not grow with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

BATCH = 500


def in_batches(rows: models.QuerySet[Any], *, size: int | None = None) -> Iterator[list[Any]]:
    """Numbers of ``rows`` in lists of at most ``size`` (BATCH), each row once.

    Rows that are deleted, or do not fit any more, between two lists disturb nothing.
    """
    last: Any = None
    rows = rows.order_by("pk")
    while True:
        rest = rows if last is None else rows.filter(pk__gt=last)
        numbers = list(rest.values_list("pk", flat=True)[: size or BATCH])
        if not numbers:
            return
        yield numbers
        last = numbers[-1]
