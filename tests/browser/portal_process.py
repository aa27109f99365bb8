"""The real embedded portal, as `make run` starts it, for one test process."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.browser.scripts import ScriptRunner
from tests.database import BASE_DIR, migrated_file

# Printed by the portal itself: one published page of each type, the archive of news, and the
# accounts of the demo.
_INVENTORY = """
import json
from wagtail.models import Page
from home.services.demo_people import DEMO_PASSWORD, load_demo_people
kinds = {}
for page in Page.objects.live().public().filter(depth__gt=1, alias_of=None).order_by("path"):
    kinds.setdefault(page.specific_class.__name__, page.get_url())
from home.models import NewsPage
from wagtail.models import get_page_models
day = NewsPage.objects.live().order_by("-date").values_list("date", flat=True).first()
archive = {"year": f"/novosti/{day.year}/", "month": f"/novosti/{day.year}/{day.month}/"}
models = [model.__name__ for model in get_page_models() if model is not Page]
people = {login.role: login.email for login in load_demo_people()}
print("INVENTORY" + json.dumps({"kinds": kinds, "models": models,
    "archive": archive, "people": people, "password": DEMO_PASSWORD}))
"""


class PortalProcess:
    """A server with a folder of its own; ``script`` runs on the same data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.inventory = json.loads((folder / "inventory.json").read_text(encoding="utf-8"))
        self._process: subprocess.Popen[bytes] | None = None
        self._scripts: ScriptRunner | None = None

    def start(self) -> None:
        """Serve, and wait until the portal answers."""
        log = (self.folder / "server.log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--prepare", "--port", str(self.port)],
            cwd=BASE_DIR,
            env=_environment(self.folder, self.url),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        for _attempt in range(300):
            if self._process.poll() is not None or _answers(self.url):
                break
            time.sleep(0.1)
        if self._process.poll() is not None or not _answers(self.url):
            raise RuntimeError((self.folder / "server.log").read_text(encoding="utf-8"))

    def stop(self) -> None:
        """End the server as Ctrl-C does."""
        if self._scripts is not None:
            self._scripts.stop()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(15)

    def script(self, words: str) -> str:
        """Run a script on the same data; returns what it printed."""
        if self._scripts is None:
            self._scripts = ScriptRunner(_environment(self.folder, self.url))
        return self._scripts.run(words)


def make_template(folder: Path) -> Path:
    """A folder with the demonstration portal, made once for all test processes.

    ``PORTAL_TEMPLATE`` names one that `make run` has made, and that nobody serves any more: it is
    copied. `.ci/run` has started such a portal anyway.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        template = folder / "template"
        if not (template / "inventory.json").exists():
            if made := os.environ.get("PORTAL_TEMPLATE"):
                shutil.copytree(made, template, dirs_exist_ok=True)
            else:
                template.mkdir(exist_ok=True)
                shutil.copy(migrated_file(), template / "portal.sqlite3")
                _manage(template, "prepare")
            output = _manage(template, "shell", "-v0", script=_INVENTORY)
            inventory = output[output.index("INVENTORY") + len("INVENTORY") :]
            (template / "inventory.json").write_text(inventory, encoding="utf-8")
    return template


def _manage(folder: Path, *arguments: str, script: str | None = None) -> str:
    result = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env=_environment(folder, "http://127.0.0.1"),
        input=script,
        capture_output=True,
        text=True,
    )
    if result.returncode:
        raise RuntimeError(f"{arguments}: {result.stdout}\n{result.stderr}")
    return result.stdout


def _environment(folder: Path, url: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "REDIS_URL"}
    }
    return kept | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "VAR_DIR": str(folder),
        "BASE_URL": url,
        "PYTHONUNBUFFERED": "1",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10):  # noqa: S310 - our own address
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
