"""A migrated database made once and copied for every test process.

The migrations of all packages take 20 seconds; a copy takes none. SQLite copies a file into
memory, PostgreSQL makes databases from a template. Both are named after the migrations, the
apps and the pinned packages, so a change of any makes a new one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings

BASE_DIR = Path(settings.BASE_DIR)
FOLDER = BASE_DIR / "var" / "test"


def migrated_file() -> Path:
    """The file with all migrations run; made under a lock when it is not there yet."""
    target = FOLDER / f"migrated-{_fingerprint()}.sqlite3"
    with _one_at_a_time("sqlite"):
        if not target.exists():
            for old in FOLDER.glob("migrated-*"):
                old.unlink()
            unfinished = target.with_suffix(".unfinished")
            _migrate(f"sqlite:///{unfinished}")
            with sqlite3.connect(unfinished) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")
            unfinished.rename(target)
    return target


def migrated_template(database: dict[str, Any]) -> str:
    """The PostgreSQL database with all migrations run; its name is for ``TEST: TEMPLATE``."""
    import psycopg2

    family = f"migrated_{settings.CHECKOUT}"
    name = f"{family}_{_fingerprint()}"
    server = {"host": database["HOST"], "port": database["PORT"] or 5432}
    person = {"user": database["USER"], "password": database["PASSWORD"]}
    connection = psycopg2.connect(dbname="postgres", **server, **person)
    connection.autocommit = True
    with _one_at_a_time("postgresql"), connection.cursor() as cursor:
        cursor.execute("select datname from pg_database where datname like %s", [f"{family}%"])
        present = [row[0] for row in cursor.fetchall()]
        if name not in present:
            for old in present:
                cursor.execute(f'drop database "{old}"')
            unfinished = f"{name}_unfinished"
            cursor.execute(f'create database "{unfinished}"')
            words = ":".join(quote(person[part], safe="") for part in ("user", "password"))
            _migrate(f"postgres://{words}@{server['host']}:{server['port']}/{unfinished}")
            cursor.execute(f'alter database "{unfinished}" rename to "{name}"')
    connection.close()
    return name


def copy_into_memory(source: Path, target: sqlite3.Connection) -> None:
    """Replace the whole content of ``target``."""
    with sqlite3.connect(source) as origin:
        origin.backup(target)


def _fingerprint() -> str:
    digest = hashlib.sha256(" ".join(settings.INSTALLED_APPS).encode())
    files = [BASE_DIR / "requirements.txt", *sorted(BASE_DIR.glob("*/migrations/*.py"))]
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _one_at_a_time(kind: str) -> Iterator[None]:
    """Let one test process build a database of the kind while the others wait."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"lock-{kind}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=BASE_DIR,
        check=True,
        env={
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        },
    )
