"""Runs the reader of a file in a process of its own (see ``core.extraction.__main__``)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings

from core.extraction import MAX_CHECK_SECONDS, MAX_MEMORY, MAX_SECONDS
from core.extraction.readers import UnreadableFile

# A busy machine needs so many seconds to begin.
_START = 30
TOO_SLOW = "too slow"
BEYOND_BOUNDS = "beyond bounds"


@dataclass(frozen=True)
class FileText:
    """What was read in a file; ``pages`` of a PDF only."""

    text: str
    pages: int | None


def read_apart(
    file: IO[bytes], ending: str, *, seconds: int = MAX_SECONDS, memory: int = MAX_MEMORY
) -> FileText:
    """The text of a file, in bounded time (of the processor) and memory (in bytes).

    Raises UnreadableFile with one word for the reason; never anything the file brought about.
    """
    answer = _ask(file, "text", ending, seconds, memory)
    return FileText(answer["text"], answer["pages"])


def count_pages_apart(
    file: IO[bytes], *, seconds: int = MAX_CHECK_SECONDS, memory: int = MAX_MEMORY
) -> int:
    """How many pages a PDF has, in the same bounds. Raises UnreadableFile."""
    pages: int = _ask(file, "pages", "pdf", seconds, memory)["pages"]
    return pages


def _ask(file: IO[bytes], asked: str, ending: str, seconds: int, memory: int) -> dict[str, Any]:
    with TemporaryFile() as copy:
        # The store may be elsewhere; the process needs a file it can go back and forth in.
        shutil.copyfileobj(file, copy)
        copy.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 (the ending is a key of READERS)
                [sys.executable, "-m", "core.extraction", asked, ending, str(seconds), str(memory)],
                stdin=copy,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=settings.BASE_DIR,
                # Neither keys nor addresses: a hostile file finds nothing here.
                env={"PATH": os.environ.get("PATH", ""), "PYTHONUTF8": "1"},
                timeout=seconds + _START,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableFile(TOO_SLOW) from error
    if done.returncode:
        raise UnreadableFile(BEYOND_BOUNDS)
    answer: dict[str, Any] = json.loads(done.stdout)
    if answer["error"]:
        raise UnreadableFile(answer["error"])
    return answer
