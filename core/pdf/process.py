"""Sets a PDF in a process of its own (see ``core.pdf.setting``)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from django.conf import settings

# Of the processor, and of memory, for one PDF.
MAX_SECONDS = 20
MAX_MEMORY = 2 * 1024 * 1024 * 1024
# A busy machine needs so many seconds to begin.
_START = 30


class PdfError(RuntimeError):
    """No PDF came out: the template is wrong, or it took too long or too much."""


def make_pdf(template: str, data: dict[str, Any], *, seconds: int = MAX_SECONDS) -> bytes:
    """``templates/pdf/<template>.typ`` filled with ``data`` (what JSON can hold).

    Raises PdfError; never longer than ``seconds`` of the processor.
    """
    path = settings.BASE_DIR / "templates" / "pdf" / f"{template}.typ"
    try:
        done = subprocess.run(  # noqa: S603 (the template is named by our code)
            [sys.executable, "-m", "core.pdf.setting", str(path), str(seconds), str(MAX_MEMORY)],
            input=json.dumps(data, ensure_ascii=False).encode(),
            capture_output=True,
            cwd=settings.BASE_DIR,
            # Neither keys nor addresses; one thread is enough for a few pages.
            env={"PATH": os.environ.get("PATH", ""), "PYTHONUTF8": "1", "RAYON_NUM_THREADS": "1"},
            timeout=seconds + _START,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"{template}: too slow") from error
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        # Its words may quote the data: only the name of the template is passed on.
        raise PdfError(f"{template}: not set, code {done.returncode}")
    return done.stdout
