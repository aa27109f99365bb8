"""Databases with content, made once in a test process and taken out again for every file.

To make the demonstration takes many seconds, to take it out again next to none: SQLite copies a
database in memory, PostgreSQL makes one from another as its template and changes over to it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

Made = TypeVar("Made")

# What stands now, one thing upon another.
_standing: tuple[str, ...] = ()
# What was made: the copy in memory or the name of the database, and what the making returned.
_kept: dict[tuple[str, ...], tuple[Any, Any]] = {}


@contextmanager
def standing_on(name: str, make: Callable[[], Made]) -> Iterator[Made]:
    """Within, the database holds what ``make`` adds to what stands now; the first call makes it.

    As in a test, nothing that waits for a commit is run. Afterwards the database is as before.
    """
    global _standing
    assert not connection.in_atomic_block, "A database in the middle of a change is not kept."
    before, _standing = _standing, (*_standing, name)
    take_out = _in_memory if connection.vendor == "sqlite" else _on_the_server
    try:
        with take_out(make) as made:
            know_content_types()
            yield made
    finally:
        know_content_types()
        _standing = before


def forget_kept() -> None:
    """Drop what was made; called once at the end."""
    for kept, _made in _kept.values():
        if isinstance(kept, sqlite3.Connection):
            kept.close()
        else:
            _ask_the_server(f'drop database if exists "{kept}"')
    _kept.clear()


def know_content_types() -> None:
    """Read the numbers of all content types, as a process that has served for a while knows them.

    Those of another database are forgotten. A page that is the first of its process to ask for one
    costs a query more: no test is to count it, whichever comes first.
    """
    ContentType.objects.clear_cache()
    ContentType.objects.get_for_models(*apps.get_models())


def _run(make: Callable[[], Made]) -> Made:
    with transaction.atomic():
        made = make()
        connection.run_on_commit = []
    return made


@contextmanager
def _in_memory(make: Callable[[], Any]) -> Iterator[Any]:
    now: sqlite3.Connection = connection.connection
    before = _copy(now)
    try:
        if _standing in _kept:
            _kept[_standing][0].backup(now)
        else:
            made = _run(make)
            _kept[_standing] = (_copy(now), made)
        yield _kept[_standing][1]
    finally:
        before.backup(now)
        before.close()


def _copy(source: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:")
    source.backup(copy)
    return copy


@contextmanager
def _on_the_server(make: Callable[[], Any]) -> Iterator[Any]:
    before = connection.settings_dict["NAME"]
    name = f"{before}_{_standing[-1]}"
    # A database that somebody is connected to is no template.
    connection.close()
    try:
        if _standing not in _kept:
            _ask_the_server(f'drop database if exists "{name}"')
            _ask_the_server(f'create database "{name}" template "{before}"')
        connection.settings_dict["NAME"] = name
        if _standing not in _kept:
            _kept[_standing] = (name, _run(make))
        yield _kept[_standing][1]
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _ask_the_server(words: str) -> None:
    import psycopg2

    place = connection.settings_dict
    server = psycopg2.connect(
        dbname="postgres",
        host=place["HOST"],
        port=place["PORT"] or 5432,
        user=place["USER"],
        password=place["PASSWORD"],
    )
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(words)
    server.close()
