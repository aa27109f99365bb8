"""Visitors who come at once are shared out between the processes of production."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKERS = THREADS = 2
# Answers with the number of its process, after a while in which others have to wait.
SLOW = """
import os, time
def application(environ, start_response):
    time.sleep(float(environ["QUERY_STRING"] or 0))
    body = str(os.getpid()).encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]
"""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Where gunicorn with the worker of production listens."""
    (tmp_path / "slow.py").write_text(SLOW)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = int(free.getsockname()[1])
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "slow:application", "--log-level", "error"),
            *("--bind", f"127.0.0.1:{number}", "--pythonpath", str(ROOT)),
            *("--workers", str(WORKERS), "--threads", str(THREADS)),
            *("--worker-class", "portal.workers.FairThreadWorker"),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    try:
        _wait_for_both(number)
        yield number
    finally:
        process.terminate()
        process.wait(20)


def _wait_for_both(port: int) -> None:
    """Until each process has answered."""
    seen: set[str] = set()
    for _attempt in range(300):
        try:
            seen.update(_answers(port, WORKERS * THREADS, 0.1))
        except OSError:
            time.sleep(0.1)
        if len(seen) == WORKERS:
            return
    raise AssertionError(f"Only {len(seen)} processes answer.")


def _answers(port: int, amount: int, seconds: float) -> list[str]:
    """Which process answers each of ``amount`` visitors who come at once."""
    visitors = [http.client.HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(amount)]
    try:
        for visitor in visitors:
            visitor.request("GET", f"/?{seconds}")
        return [visitor.getresponse().read().decode() for visitor in visitors]
    finally:
        for visitor in visitors:
            visitor.close()


def test_no_visitor_waits_for_a_busy_process_while_another_is_idle(port: int) -> None:
    for _time in range(3):
        shares = Counter(_answers(port, WORKERS * THREADS, 0.5))
        assert sorted(shares.values()) == [THREADS] * WORKERS


def test_who_waits_gets_an_answer(port: int) -> None:
    assert len(_answers(port, 5 * WORKERS * THREADS, 0.05)) == 5 * WORKERS * THREADS
