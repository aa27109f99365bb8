"""A production start with mistakes stops and names all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.settings.environment import BASE_DIR

RIGHT = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "k7Qm-" * 8 + "PzX_41-aBcDeFgHiJkLmNoPqRs",
    "ALLOWED_HOSTS": "portal.example.org",
    "BASE_URL": "https://portal.example.org",
    "DATABASE_URL": "postgres://portal:portal@localhost/portal",
    "REDIS_URL": "redis://localhost:6379/0",
}


CHECK = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]


def _start(
    tmp_path: Path, *, command: list[str] = CHECK, **changes: str | None
) -> subprocess.CompletedProcess[str]:
    given = {**RIGHT, "VAR_DIR": str(tmp_path), **changes}
    environment = {name: value for name, value in given.items() if value is not None}
    return subprocess.run(
        [sys.executable, *command],
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_right_settings_pass_the_check_for_production(tmp_path: Path) -> None:
    done = _start(tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "changes",
    [
        {name: None for name in RIGHT if name != "DJANGO_SETTINGS_MODULE"},
        {
            "SECRET_KEY": "short",
            "ALLOWED_HOSTS": "https://portal.example.org/",
            "BASE_URL": "portal.example.org",
            "DATABASE_URL": "somewhere",
            "REDIS_URL": "http://localhost",
            "LANGUAGES": "ru,klingon",
            "PAGE_CACHE_SECONDS": "long",
            "HSTS_SECONDS": "-1",
            "SECURE_SSL_REDIRECT": "perhaps",
            "EMAIL_FROM": "nobody",
            "FILES_INTERNAL_LOCATION": "internal",
            "VAR_DIR": "/dev/null/var",
        },
        {"BASE_URL": "https://portal.example.org/path"},
        {"BASE_URL": "https://portal.example.org:port"},
        {"BASE_URL": "https://another.example.org"},
        {"LANGUAGES": "ru,ru"},
        {"EMAIL_URL": "carrier-pigeon"},
        {"ALLOWED_HOSTS": "ж" * 70 + ".рф", "BASE_URL": "https://" + "ж" * 70 + ".рф"},
        {
            "EMAIL_URL": "smtp://",
            "DATABASE_URL": "postgres://portal@host/",
            "REDIS_URL": "redis://host/abc",
        },
    ],
)
def test_every_mistake_is_named_at_once(tmp_path: Path, changes: dict[str, str | None]) -> None:
    done = _start(tmp_path, **changes)
    assert done.returncode != 0
    # The message alone, without the way through the code.
    assert done.stderr.startswith("The portal cannot start")
    lines = done.stderr.splitlines()
    named = {line.split(":")[0].strip() for line in lines if line.startswith("  ")}
    assert named == set(changes)
    assert "README.md" in lines[-1]


def test_a_cyrillic_name_is_taken_as_browsers_send_it(tmp_path: Path) -> None:
    question = (
        "from django.conf import settings as s; "
        "print(s.ALLOWED_HOSTS, s.WAGTAILADMIN_BASE_URL, *s.CSRF_TRUSTED_ORIGINS)"
    )
    done = _start(
        tmp_path,
        ALLOWED_HOSTS="центр-1.рф,.образование.рф,portal.example.org",
        BASE_URL="https://центр-1.рф:8443",
        PYTHONUTF8="1",
        command=["-c", f"import django; django.setup(); {question}"],
    )
    assert done.stdout.split() == [
        "['xn---1-mlc6aplz.xn--p1ai',",
        "'.xn--80aabfqjj3bddt.xn--p1ai',",
        "'portal.example.org']",
        "https://xn---1-mlc6aplz.xn--p1ai:8443",
        "https://xn---1-mlc6aplz.xn--p1ai:8443",
    ], done.stderr


def test_settings_that_are_not_there_are_named(tmp_path: Path) -> None:
    done = _start(tmp_path, DJANGO_SETTINGS_MODULE="portal.settings.prod")
    assert done.stderr.startswith("The portal cannot start: there are no settings portal.settings.")
    assert "Traceback" not in done.stderr


def test_the_embedded_portal_lives_in_a_folder_of_any_name(tmp_path: Path) -> None:
    """No address is made of the path: a number sign in it begins no fragment."""
    folder = tmp_path / "Портал № 1 #2 100%?"
    question = "from django.conf import settings; print(settings.DATABASES['default']['NAME'])"
    done = _start(
        folder,
        DJANGO_SETTINGS_MODULE="portal.settings.dev",
        DATABASE_URL="",
        PYTHONUTF8="1",
        command=["-c", f"import django; django.setup(); {question}"],
    )
    assert done.stdout.strip() == str(folder / "portal.sqlite3"), done.stderr


def test_secrets_are_not_repeated(tmp_path: Path) -> None:
    done = _start(tmp_path, DATABASE_URL="strange://user:secret-word@host/name", SECRET_KEY="short")
    assert "secret-word" not in done.stderr
