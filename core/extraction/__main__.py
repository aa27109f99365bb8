"""What one file holds as JSON, in fixed bounds: `python -m core.extraction text pdf 60 1073741824`.

The first word asks for the text, or only for the number of ``pages``.

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
from core.extraction.readers import READERS, UnreadableFile, count_pages


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


def _answer(file: IO[bytes], asked: str, ending: str) -> dict[str, object]:
    found: dict[str, object] = {"text": "", "pages": None, "error": ""}
    try:
        if ending == "pdf":
            found["pages"] = count_pages(file)
            file.seek(0)
        if asked == "text":
            found["text"] = _text(file, ending)
    except UnreadableFile as error:
        found["error"] = str(error)
    # Whatever a library stumbles over, the answer is the same: this file cannot be read.
    except (Exception, MemoryError) as error:
        found["error"] = type(error).__name__
    return found


def main() -> None:
    """Read the file that stands at the standard input."""
    asked, ending, seconds, memory = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(10)
    answer = json.dumps(_answer(sys.stdin.buffer, asked, ending))
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
