"""SQLite compares Cyrillic letters without regard to case, as PostgreSQL does.

Its own LIKE, LOWER and UPPER know Latin letters alone: «Приказ» would not be like «приказ».
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django.db.backends.signals import connection_created


@lru_cache(maxsize=500)
def _pattern(like: str, escape: str | None) -> re.Pattern[str]:
    parts: list[str] = []
    letters = iter(like)
    for letter in letters:
        if letter == escape:
            parts.append(re.escape(next(letters, "")))
        elif letter == "%":
            parts.append(".*")
        elif letter == "_":
            parts.append(".")
        else:
            parts.append(re.escape(letter))
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


def _like(pattern: Any, value: Any, escape: str | None = None) -> bool | None:
    if pattern is None or value is None:
        return None
    return _pattern(str(pattern), escape).fullmatch(str(value)) is not None


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


def teach_cyrillic(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Replace SQLite's functions in each new connection."""
    if connection.vendor != "sqlite":
        return
    raw = connection.connection
    raw.create_function("like", 2, _like, deterministic=True)
    raw.create_function("like", 3, _like, deterministic=True)
    raw.create_function("lower", 1, _lower, deterministic=True)
    raw.create_function("upper", 1, _upper, deterministic=True)


def connect() -> None:
    """Called once when the app is ready."""
    connection_created.connect(teach_cyrillic, dispatch_uid="sqlite_cyrillic")
