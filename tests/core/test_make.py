"""The first command in shells that are not clean."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.database import BASE_DIR


def make(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make in the project with nothing of this process but the path."""
    return subprocess.run(
        ["make", *arguments],
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("port", ["0", "65536", "http", "80 80", "", "-1", "999999"])
def test_a_port_that_is_none_is_named(port: str) -> None:
    done = make("port", f"PORT={port}")
    assert done.returncode != 0
    assert f"make run PORT=8080; here is: {port}" in done.stderr


@pytest.mark.parametrize("port", ["1", "8000", "65535"])
def test_a_right_port_passes(port: str) -> None:
    assert make("port", f"PORT={port}").returncode == 0


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("", "portal.settings.dev"),
        ("shop.settings", "portal.settings.dev"),
        ("portal.settings.production", "portal.settings.production"),
    ],
)
def test_settings_of_another_project_in_the_shell_are_not_taken(given: str, used: str) -> None:
    done = make(
        "--eval=show:; @echo $$DJANGO_SETTINGS_MODULE", "show", DJANGO_SETTINGS_MODULE=given
    )
    assert done.stdout.strip() == used


def test_help_lists_every_target() -> None:
    makefile = (BASE_DIR / "Makefile").read_text(encoding="utf-8")
    targets = {
        line.split(":")[0] for line in makefile.splitlines() if line[:1].isalpha() and ": " in line
    }
    shown = {line.split()[1] for line in make("help").stdout.splitlines()}
    assert {"run", "test", "lint", "help"} <= shown <= targets
