"""Starts everything the benchmark measures, on the loopback, and ends it again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
HELLO, BARE, PORTAL, NGINX = 8151, 8152, 8153, 8154
WORKERS, THREADS = 2, 4
STATIC_BYTES = 30 * 1024


def missing() -> list[str]:
    """What has to be installed first."""
    found = [name for name in ("nginx", "wrk") if not _program(name)]
    if not os.environ.get("BENCH_DATABASE_SERVER", "").startswith("postgres"):
        found.append("BENCH_DATABASE_SERVER=postgres://user:word@localhost")
    return found


def _program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


def database(name: str) -> str:
    """The address of a database of the benchmark; it is made when it is not there."""
    import psycopg2

    server = os.environ["BENCH_DATABASE_SERVER"].rstrip("/")
    connection = psycopg2.connect(f"{server}/postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    return f"{server}/{name}"


def portal_environment(size: int, folder: Path) -> dict[str, str]:
    """Production as far as it goes without TLS."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": "bench-only-" + "k7QmPzX41aBcDeFgHiJkLmNoPqRs" * 2,
        "ALLOWED_HOSTS": HOST,
        "BASE_URL": f"http://{HOST}:{PORTAL}",
        "DATABASE_URL": database(f"bench_{size}"),
        "REDIS_URL": os.environ.get("BENCH_REDIS_URL", "redis://127.0.0.1:6379/9"),
        "SECURE_SSL_REDIRECT": "0",
        # The editor who is measured has none.
        "SECOND_FACTOR": "offered",
        "VAR_DIR": str(folder / f"portal-{size}"),
    }


def run(module: str, *arguments: str, environment: dict[str, str]) -> None:
    """Run a module to its end."""
    subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, env=environment, check=True
    )


@contextmanager
def everything(size: int, folder: Path) -> Iterator[dict[str, int]]:
    """All servers; gives the process numbers of their masters."""
    folder.mkdir(parents=True, exist_ok=True)
    portal = portal_environment(size, folder)
    bare = {**os.environ, "DATABASE_URL": database("bench_bare")}
    run("bench.generate", str(size), environment=portal)
    run("bench.bare.fill", environment=bare)
    if not (Path(portal["VAR_DIR"]) / "static" / "staticfiles.json").exists():
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"],
            cwd=ROOT,
            env=portal,
            check=True,
        )
    with ExitStack() as stack:
        pids = {
            "hello": stack.enter_context(_gunicorn("bench.hello", HELLO, dict(os.environ))),
            "bare": stack.enter_context(_gunicorn("bench.bare.wsgi", BARE, bare)),
            "portal": stack.enter_context(_gunicorn("portal.wsgi", PORTAL, portal)),
            "nginx": stack.enter_context(_nginx(folder)),
        }
        for path in (
            f"{HELLO}/",
            f"{BARE}/page/",
            f"{PORTAL}/health/ready/",
            f"{NGINX}/static-30k",
        ):
            with urlopen(f"http://{HOST}:{path}", timeout=30) as answer:
                assert answer.status == 200, path
        yield pids


@contextmanager
def _gunicorn(module: str, port: int, environment: dict[str, str]) -> Iterator[int]:
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        f"{module}:application",
        "--bind",
        f"{HOST}:{port}",
        "--workers",
        str(WORKERS),
        "--threads",
        str(THREADS),
        "--worker-class",
        "portal.workers.FairThreadWorker",
        "--log-level",
        "warning",
        "--timeout",
        "120",
    ]
    with _process(command, port, environment) as pid:
        yield pid


@contextmanager
def _nginx(folder: Path) -> Iterator[int]:
    (folder / "static-30k").write_bytes(b"x" * STATIC_BYTES)
    deploy = ROOT / "deploy"
    settings = folder / "nginx.conf"
    settings.write_text(
        f"""worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 512; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  proxy_cache_path {folder}/cache levels=1:2 keys_zone=portal:10m inactive=10s max_size=100m;
  upstream portal {{ server {HOST}:{PORTAL}; keepalive 16; }}
  include {deploy}/micro-cache-maps.conf;
  server {{
    listen {HOST}:{NGINX};
    root {folder};
    location = /static-30k {{ }}
    location / {{
      include {deploy}/micro-cache-location.conf;
    }}
  }}
}}
""",
        encoding="utf-8",
    )
    with _process(
        [_program("nginx") or "nginx", "-c", str(settings)], NGINX, dict(os.environ)
    ) as pid:
        yield pid


@contextmanager
def _process(command: list[str], port: int, environment: dict[str, str]) -> Iterator[int]:
    with open(ROOT / "var" / "bench" / f"{port}.log", "w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _wait_for(port, process)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(port: int, process: subprocess.Popen) -> None:
    for _attempt in range(300):
        if process.poll() is not None:
            raise SystemExit(f"A server ended before it listened on {port}: {process.args}")
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit(f"Nothing listens on {port}.")


def memory_of(pid: int) -> int:
    """Peak resident bytes of the workers of a master, added up."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    peak = 0
    for child in children:
        status = Path(f"/proc/{child}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        peak += int(line.split()[1]) * 1024
    return peak
