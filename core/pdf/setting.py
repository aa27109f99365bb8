"""One PDF to the standard output: `python -m core.pdf.setting templates/pdf/x.typ 20 2147483648`.

The data come as JSON through the standard input; the template reads them with
``json(bytes(sys.inputs.data))``, where they are text and nothing else.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

import typst

# The type of the site, as static faces: Typst reads neither WOFF2 nor parts of an alphabet.
FONTS = Path(__file__).parent / "fonts"


def main() -> None:
    """Set the template that the first word names, within seconds and bytes."""
    path, seconds, memory = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(10)
    data = sys.stdin.buffer.read().decode()
    made = typst.compile(
        str(path),
        root=str(path.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        format="pdf",
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
