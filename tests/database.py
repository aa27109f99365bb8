"""A migrated SQLite database made once and copied into memory for every test process.

The migrations of all packages take 20 seconds; a copy takes none. The file is named after the
migrations and the pinned packages, so a change of either makes a new one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from django.conf import settings

BASE_DIR = Path(settings.BASE_DIR)


def migrated_file() -> Path:
    """The file with all migrations run; made under a lock when it is not there yet."""
    folder = BASE_DIR / "var" / "test"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"migrated-{_fingerprint()}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            for old in folder.glob("migrated-*"):
                old.unlink()
            _migrate(target)
    return target


def copy_into_memory(source: Path, target: sqlite3.Connection) -> None:
    """Replace the whole content of ``target``."""
    with sqlite3.connect(source) as origin:
        origin.backup(target)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    files = [BASE_DIR / "requirements.txt", *sorted(BASE_DIR.glob("*/migrations/*.py"))]
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(target: Path) -> None:
    unfinished = target.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=BASE_DIR,
        check=True,
        env=os.environ
        | {
            "DATABASE_URL": f"sqlite:///{unfinished}",
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        },
    )
    with sqlite3.connect(unfinished) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    unfinished.rename(target)
