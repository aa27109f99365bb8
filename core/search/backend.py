"""Wagtail's own search (the admin) in Russian, on both databases.

Takes modelsearch's database backends and changes three things: dictionary forms go into the index,
the words of a query become all their readings, and a slip that finds nothing is forgiven. The
average over the whole table, which modelsearch computes on every save, is left to a timed job.
modelsearch is pinned exactly, since names of its modules are bound anew here.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:
    """The backend of the default database."""
    if connection.vendor == "postgresql":
        from core.search.backend_postgresql import RussianPostgresBackend

        return RussianPostgresBackend({"SEARCH_CONFIG": "simple"} | params)
    if connection.vendor == "sqlite":
        from core.search.backend_sqlite import RussianSQLiteBackend

        return RussianSQLiteBackend(params)
    raise ImproperlyConfigured("The search knows PostgreSQL and SQLite; check DATABASE_URL.")
