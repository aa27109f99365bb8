"""What html-validate says of pages."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.database import BASE_DIR


def mistakes(pages: dict[str, str], folder: Path) -> list[str]:
    """Mistakes in the markup of ``pages`` (name: HTML), one line each; ``folder`` is scratch."""
    names = {}
    for number, (name, text) in enumerate(pages.items()):
        names[f"{number}.html"] = name
        (folder / f"{number}.html").write_text(text, encoding="utf-8")
    # Into a file: html-validate ends before a pipe has taken more than 64 kB.
    told = folder / "mistakes.json"
    result = subprocess.run(
        [
            *["node_modules/.bin/html-validate", f"--formatter=json={told}"],
            *["--config", "tests/browser/html-validate.json", f"{folder}/*.html"],
        ],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
    )
    if result.stderr or not told.exists():
        raise RuntimeError(f"html-validate: {result.stderr or result.stdout}")
    found = [
        f"{names[Path(report['filePath']).name]}:{message['line']} {message['ruleId']}: "
        f"{message['message']} ({message.get('selector')})"
        for report in json.loads(told.read_text(encoding="utf-8"))
        for message in report["messages"]
    ]
    if bool(found) != bool(result.returncode):
        raise RuntimeError(f"html-validate ended with {result.returncode}, mistakes: {found}")
    return found
