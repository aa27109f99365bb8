"""`make test`: every leg of the suite, one after another, and what became of each.

SQLite with the in-process cache, a real browser against the embedded portal, PostgreSQL with
Redis. A leg whose servers or programs are absent is named as not run; with CI=true that is a
failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

DATABASE_URL = os.environ.get("TEST_DATABASE_URL", "postgres://portal:portal@127.0.0.1:5432/portal")
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
# Of the 25 minutes of `.ci/run`, what is left beside its other steps and the last test.
SECONDS_OF_A_CHECK = 22 * 60
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Leg:
    """One run of pytest in one environment."""

    name: str
    selection: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    absent: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0
    code: int = 0

    def run(self, arguments: list[str]) -> None:
        """Run pytest; its output goes straight to the screen."""
        print(f"\n=== {self.name} ===", flush=True)  # noqa: T201
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            self.code = subprocess.run(
                [
                    *[sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal"],
                    *[*self.selection, f"--junitxml={report}", *arguments],
                ],
                env={
                    **{
                        name: value
                        for name, value in os.environ.items()
                        if name not in {"DATABASE_URL", "REDIS_URL"}
                    },
                    **self.environment,
                    "DJANGO_SETTINGS_MODULE": "portal.settings.test",
                },
            ).returncode
            # 5: nothing collected. A path of the command line may have nothing for this leg.
            if self.code == 5 and arguments:
                self.code = 0
            if report.exists():
                self.counts = _counts(report)
        self.seconds = time.monotonic() - began

    @property
    def left_out_whole(self) -> bool:
        """Whether the time was over before anything of it ran."""
        return bool(self.counts.get("skipped")) and not self.counts.get("passed")

    @property
    def result(self) -> str:
        """One line for the end of the run."""
        if self.absent:
            return f"NOT RUN: {self.absent}"
        words = [f"{count} {word}" for word, count in self.counts.items() if count]
        ended = float(self.environment.get("TESTS_UNTIL", "inf")) < time.time()
        over = " (the time of the check was over)" if ended and self.counts.get("skipped") else ""
        return f"{', '.join(words) or 'no result'} in {self.seconds:.0f} s{over}"


def _counts(report: Path) -> dict[str, int]:
    suite = ElementTree.parse(report).getroot().find("testsuite")  # noqa: S314
    if suite is None:
        return {}
    number = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
    passed = number["tests"] - number["failures"] - number["errors"] - number["skipped"]
    return {
        "failed": number["failures"],
        "passed": passed,
        "skipped": number["skipped"],
        "errors": number["errors"],
    }


def _servers_absent() -> str:
    """Why the leg on PostgreSQL and Redis cannot run; empty when it can."""
    import psycopg2
    import redis

    try:
        psycopg2.connect(DATABASE_URL, connect_timeout=3).close()
    except psycopg2.Error as error:
        return f"PostgreSQL: {str(error).strip().splitlines()[0]} (TEST_DATABASE_URL names another)"
    try:
        redis.Redis.from_url(REDIS_URL, socket_connect_timeout=3).ping()
    except redis.RedisError as error:
        return f"Redis: {error} (TEST_REDIS_URL names another)"
    return ""


def _migrate_meanwhile() -> None:
    """Make the migrated database of PostgreSQL while the first leg makes its own.

    Migrations take half a minute of one processor. A leg that comes first waits for the end.
    """
    words = (
        "import django; django.setup(); from django.conf import settings;"
        "from tests.database import migrated_template;"
        "migrated_template(settings.DATABASES['default'])"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATABASE_URL": DATABASE_URL}
    subprocess.Popen([sys.executable, "-c", words], env={**os.environ, **settings})


def main(arguments: list[str]) -> int:
    """Run the legs and report; returns the exit code."""
    found = any(shutil.which(name) for name in CHROMIUM)
    servers_absent = _servers_absent()
    # The check of a clone has 25 minutes: a machine on which not everything fits ends in time.
    bounded = os.environ.get("CI") == "true"
    until = {"TESTS_UNTIL": str(time.time() + SECONDS_OF_A_CHECK)} if bounded else {}
    legs = [
        Leg("SQLite", ["-m", "not browser and not races and not nginx and not postgresql"]),
        Leg(
            "browser",
            ["-m", "browser"],
            absent="" if found else "no chromium here; on Debian: apt-get install chromium",
        ),
        # Apart: a race commits, and the flush after it takes away what the other tests stand on.
        Leg(
            "PostgreSQL races",
            ["-m", "races"],
            environment={"DATABASE_URL": DATABASE_URL, "REDIS_URL": REDIS_URL},
            absent=servers_absent,
        ),
        Leg(
            "nginx",
            ["-m", "nginx"],
            absent="" if NGINX else "no nginx here; on Debian: apt-get install nginx-light",
        ),
        # Last: on a slow machine its rest is left out, and the closing lines say how much.
        Leg(
            "PostgreSQL + Redis",
            ["-m", "not browser and not races and not nginx"],
            environment={"DATABASE_URL": DATABASE_URL, "REDIS_URL": REDIS_URL, **until},
            absent=servers_absent,
        ),
    ]
    began = time.monotonic()
    if not servers_absent:
        _migrate_meanwhile()
    for leg in legs:
        if not leg.absent:
            leg.run(arguments)
    strict = os.environ.get("CI", "").lower() in {"1", "true"}
    failed = any(leg.code or (leg.absent and strict) or leg.left_out_whole for leg in legs)

    total: dict[str, int] = {}
    for leg in legs:
        for word, count in leg.counts.items():
            total[word] = total.get(word, 0) + count
    words = ", ".join(f"{count} {word}" for word, count in total.items() if count)
    closing = f" {words or 'no tests ran'} in {time.monotonic() - began:.2f}s "
    print(f"\n{closing:=^80}")  # noqa: T201
    print("Legs of this run:")  # noqa: T201
    for leg in legs:
        print(f"  {leg.name:<20} {leg.result}")  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
