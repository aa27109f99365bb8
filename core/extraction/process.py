"""Runs the reader of a file in a process of its own (see ``core.extraction.__main__``)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings

from core.extraction import MAX_MEMORY, MAX_SECONDS
from core.extraction.readers import UnreadableFile

# A busy machine needs so many seconds to begin.
_START = 30


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
    with TemporaryFile() as copy:
        # The store may be elsewhere; the process needs a file it can go back and forth in.
        shutil.copyfileobj(file, copy)
        copy.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 (the ending is a key of READERS)
                [sys.executable, "-m", "core.extraction", ending, str(seconds), str(memory)],
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
            raise UnreadableFile("too slow") from error
    if done.returncode:
        raise UnreadableFile("beyond bounds")
    answer = json.loads(done.stdout)
    if answer["error"]:
        raise UnreadableFile(answer["error"])
    return FileText(answer["text"], answer["pages"])
