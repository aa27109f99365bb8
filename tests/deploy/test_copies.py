"""A copy holds the database and the files, comes back whole, and says when it is damaged."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.conf import settings

SCRIPTS = Path(settings.BASE_DIR) / "deploy"


def run(script: str, argument: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script of ``deploy/`` with these settings alone."""
    return subprocess.run(
        ["bash", str(SCRIPTS / script), str(argument)],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@contextmanager
def opened(var: Path) -> Iterator[sqlite3.Connection]:
    """The database, committed and closed at the end."""
    with closing(sqlite3.connect(var / "portal.sqlite3")) as database, database:
        yield database


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """A folder of data with one row, one public and one private file."""
    var = tmp_path / "var"
    for name in ("media", "private"):
        (var / name).mkdir(parents=True)
        (var / name / "файл.txt").write_text(name, encoding="utf-8")
    with opened(var) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE page (title TEXT)")
        database.execute("INSERT INTO page VALUES ('Приказ')")
    return var


def copy_of(var: Path, **environment: str) -> Path:
    """Make a copy; returns its folder."""
    done = run("backup.sh", var.parent / "copies", VAR_DIR=str(var), **environment)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def titles(var: Path) -> list[str]:
    with opened(var) as database:
        return [title for (title,) in database.execute("SELECT title FROM page")]


def test_a_copy_comes_back_whole(installation: Path) -> None:
    copy = copy_of(installation)
    with opened(installation) as database:
        database.execute("DELETE FROM page")
    (installation / "private" / "файл.txt").write_text("испорчен", encoding="utf-8")
    (installation / "media" / "файл.txt").unlink()

    done = run("restore.sh", copy, VAR_DIR=str(installation))

    assert done.returncode == 0, done.stderr
    assert titles(installation) == ["Приказ"]
    for name in ("media", "private"):
        assert (installation / name / "файл.txt").read_text(encoding="utf-8") == name
    kept = next(installation.glob("private.before-*"))
    assert (kept / "файл.txt").read_text(encoding="utf-8") == "испорчен"


def test_a_copy_is_for_its_owner_alone(installation: Path) -> None:
    copy = copy_of(installation)
    assert copy.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in copy.iterdir())


def test_a_damaged_copy_is_refused_and_replaces_nothing(installation: Path) -> None:
    copy = copy_of(installation)
    with (copy / "files.tar.gz").open("ab") as archive:
        archive.write(b"x")
    done = run("restore.sh", copy, VAR_DIR=str(installation))
    assert done.returncode != 0
    assert "files.tar.gz" in done.stdout + done.stderr
    assert list(installation.glob("*.before-*")) == []
    assert titles(installation) == ["Приказ"]


def test_a_copy_that_fails_is_not_taken_for_one(installation: Path) -> None:
    (installation / "portal.sqlite3").write_bytes(b"this is no database")
    done = run("backup.sh", installation.parent / "copies", VAR_DIR=str(installation))
    assert done.returncode != 0
    assert [path.suffix for path in (installation.parent / "copies").iterdir()] == [".part"]


def test_only_the_newest_stay(installation: Path) -> None:
    copies = installation.parent / "copies"
    for day in (1, 2, 3):
        (copies / f"2026-01-0{day}T000000Z").mkdir(parents=True)
    newest = copy_of(installation, KEEP="2")
    assert sorted(path.name for path in copies.iterdir()) == ["2026-01-03T000000Z", newest.name]


@pytest.fixture
def database_url() -> Iterator[str]:
    """A PostgreSQL database of its own."""
    import psycopg2

    parts = settings.DATABASES["default"]
    address = f"{parts['USER']}:{parts['PASSWORD']}@{parts['HOST']}:{parts['PORT'] or 5432}"
    server = psycopg2.connect(f"postgres://{address}/postgres")
    server.autocommit = True
    name = f"copies_{os.getpid()}"
    with server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield f"postgres://{address}/{name}"
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()


@pytest.mark.postgresql
def test_a_copy_of_postgresql_comes_back(installation: Path, database_url: str) -> None:
    import psycopg2

    def execute(sql: str) -> list[tuple]:
        with psycopg2.connect(database_url) as database, database.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    execute("CREATE TABLE page (title text)")
    execute("INSERT INTO page VALUES ('Приказ')")
    copy = copy_of(installation, DATABASE_URL=database_url)
    execute("DELETE FROM page")

    done = run("restore.sh", copy, VAR_DIR=str(installation), DATABASE_URL=database_url)

    assert done.returncode == 0, done.stderr
    assert execute("SELECT title FROM page") == [("Приказ",)]
