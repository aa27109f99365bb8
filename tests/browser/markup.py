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
    result = subprocess.run(
        [
            *["node_modules/.bin/html-validate", "--formatter=json"],
            *["--config", "tests/browser/html-validate.json", f"{folder}/*.html"],
        ],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
    )
    found = [
        f"{names[Path(report['filePath']).name]}:{message['line']} {message['ruleId']}: "
        f"{message['message']} ({message.get('selector')})"
        for report in json.loads(result.stdout or "[]")
        for message in report["messages"]
    ]
    if result.stderr or bool(found) != bool(result.returncode):
        raise RuntimeError(f"html-validate: {result.stderr or result.stdout}")
    return found
