"""Catalogues of translations: compile them, collect new strings, name what is missing.

``python -m portal.catalogues compile [FILE.po …]`` (without a file: all, with those that speak for
packages); ``… collect`` and ``… check`` need gettext.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib

BASE_DIR = Path(__file__).resolve().parent.parent
SOURCES = [
    "core",
    "people",
    "monitoring",
    "practices",
    "home",
    "portal",
    "templates",
    "locale",
    "manage.py",
]
LANGUAGE = "ru"
# These change on every run and say nothing.
_VOLATILE = [
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Report-Msgid-Bugs-To",
    "Project-Id-Version",
]
_PLURALS = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<12 || n%100>14) ? 1 : 2);"
)


def catalogues(root: Path) -> Iterator[Path]:
    """Every catalogue of the language below ``root``: one at the top, one in each app."""
    for folder in [".", *SOURCES]:
        path = root / folder / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
        if path.exists():
            yield path


def compiled(root: Path) -> Iterator[Path]:
    """Every catalogue the running portal reads: its own, and what packages leave untranslated."""
    yield from catalogues(root)
    yield from sorted((root / "locale_upstream").glob("*/LC_MESSAGES/*.po"))


def compile_catalogue(source: Path) -> None:
    """Write the .mo beside ``source``; fuzzy strings stay out of it."""
    polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))


def collect(root: Path) -> None:
    """Bring the catalogues below ``root`` to the strings that its sources have now."""
    for folder in [".", "core", "people", "monitoring", "practices", "home"]:
        (root / folder / "locale" / LANGUAGE / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    ignored = ["tests", "bench", "node_modules", ".venv", "var", "frontend", "docs", "deploy"]
    subprocess.run(  # noqa: S603
        [
            *[sys.executable, "manage.py", "makemessages", "-l", LANGUAGE, "-v0"],
            *["--no-location", "--no-obsolete", "--no-wrap"],
            *[f"--ignore={name}" for name in ignored],
        ],
        cwd=root,
        check=True,
    )
    for path in catalogues(root):
        catalogue = polib.pofile(str(path), wrapwidth=0)
        for name in _VOLATILE:
            catalogue.metadata.pop(name, None)
        catalogue.metadata |= {"Language": LANGUAGE, "Plural-Forms": _PLURALS}
        catalogue.metadata_is_fuzzy = False
        catalogue.header = ""
        catalogue.save(str(path))


def missing(root: Path = BASE_DIR) -> list[str]:
    """Every string that the committed catalogues leave without a translation, or have two for."""
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch)
        for name in SOURCES:
            source = root / name
            if source.is_dir():
                shutil.copytree(
                    source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo")
                )
            elif source.exists():
                shutil.copy(source, copy / name)
        collect(copy)
        said: dict[tuple[str | None, str], tuple[Path, Any]] = {}
        for path in catalogues(copy):
            for entry in polib.pofile(str(path)):
                if entry.obsolete:
                    continue
                # Django merges the catalogues: of two texts one would never be seen.
                text = entry.msgstr or tuple(entry.msgstr_plural.values())
                first = said.setdefault((entry.msgctxt, entry.msgid), (path, text))
                if first[1] != text:
                    places = f"{first[0].relative_to(copy)}, {path.relative_to(copy)}"
                    found.append(f"{places}: two texts: {entry.msgid!r}")
                if entry.translated() and "fuzzy" not in entry.flags:
                    continue
                state = "fuzzy" if "fuzzy" in entry.flags else "empty"
                found.append(f"{path.relative_to(copy)}: {state}: {entry.msgid!r}")
    return found


def main(arguments: list[str]) -> int:
    """The command line; returns the exit code."""
    match arguments:
        case ["compile", *files]:
            for file in map(Path, files) if files else compiled(BASE_DIR):
                compile_catalogue(file)
        case ["collect"]:
            collect(BASE_DIR)
        case ["check"]:
            problems = missing()
            print("\n".join(problems) or "Every string has its translation.")  # noqa: T201
            return 1 if problems else 0
        case _:
            print(__doc__)  # noqa: T201
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
