"""The text of one file as JSON, in fixed bounds: `python -m core.extraction pdf 60 1073741824`.

A process of its own, since files come from strangers: what hangs or swells in a library takes this
process down and nothing else, and there is no key or password in its surroundings.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import IO
from unicodedata import normalize

from core.extraction import MAX_TEXT
from core.extraction.readers import READERS, count_pages


def _text(file: IO[bytes], ending: str) -> str:
    pieces: list[str] = []
    length = 0
    for piece in READERS[ending](file):
        # PostgreSQL holds no NUL in a text and no half of a pair in UTF-8; some programs write «й»
        # as two characters.
        clean = piece[:MAX_TEXT].replace("\x00", " ").encode(errors="ignore").decode()
        pieces.append(normalize("NFC", clean).strip())
        length += len(piece)
        if length >= MAX_TEXT:
            break
    return "\n".join(piece for piece in pieces if piece)[:MAX_TEXT]


def _answer(file: IO[bytes], ending: str) -> dict[str, object]:
    found: dict[str, object] = {"text": "", "pages": None, "error": ""}
    try:
        if ending == "pdf":
            found["pages"] = count_pages(file)
            file.seek(0)
        found["text"] = _text(file, ending)
    # Whatever a library stumbles over, the answer is the same: this file cannot be read.
    except (Exception, MemoryError) as error:
        found["error"] = type(error).__name__
    return found


def main() -> None:
    """Read the file that stands at the standard input."""
    ending, seconds, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(10)
    answer = json.dumps(_answer(sys.stdin.buffer, ending))
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
