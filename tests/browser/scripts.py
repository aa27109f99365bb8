"""Runs scripts on the data of a portal as `manage.py shell` does, and starts Django once for all.

Started as a program, it reads scripts, one line of JSON each, and answers each with what it printed
and how it ended. Every script has a process of its own that knows nothing of those before it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback

from tests.database import BASE_DIR


class ScriptRunner:
    """The other side: one program for one folder of data."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.scripts"],
            cwd=BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, script: str) -> str:
        """What the script printed; one that fails is a RuntimeError with its traceback."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps(script) + "\n")
        stdin.flush()
        answer = json.loads(stdout.readline())
        if answer["code"]:
            raise RuntimeError(answer["printed"])
        return str(answer["printed"])

    def stop(self) -> None:
        """Nothing more to run."""
        self._process.communicate()


def _in_a_child(script: str) -> dict[str, object]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _run(script, writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as printed:
        words = printed.read()
    _child, status = os.waitpid(child, 0)
    return {"printed": words, "code": os.waitstatus_to_exitcode(status)}


def _run(script: str, writing: int) -> None:
    from django.core.management.commands.shell import Command

    code = 0
    for stream in (1, 2):
        os.dup2(writing, stream)
    try:
        exec(script, Command().get_namespace())  # noqa: S102 - our own tests wrote it
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    os._exit(code)


def _serve() -> None:
    import django
    from django.core.checks.urls import check_url_config
    from django.db import connections

    django.setup()
    # Views and templates are read once for all.
    check_url_config(None)
    connections.close_all()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    for line in sys.stdin:
        answers.write(json.dumps(_in_a_child(json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    _serve()
