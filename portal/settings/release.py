"""A mark of what runs: the same for the same sources, another for any change in them."""

from hashlib import blake2b
from pathlib import Path

_FOLDERS = (
    "core",
    "people",
    "monitoring",
    "practices",
    "home",
    "portal",
    "templates",
    "frontend/dist",
    "locale",
)
_KINDS = {".py", ".html", ".txt", ".po", ".css", ".js", ".json", ".svg"}


def release_mark(root: Path) -> str:
    """Twelve letters made of the contents of every source below ``root``.

    Pages and parts of pages that one release has stored are not for the next: they name styles
    that may be gone, and hold objects whose classes may have changed.
    """
    digest = blake2b(digest_size=6)
    files = [root / "requirements.txt"]
    for folder in _FOLDERS:
        files += sorted(path for path in (root / folder).rglob("*") if path.suffix in _KINDS)
    for path in files:
        if path.is_file():
            digest.update(str(path.relative_to(root)).encode() + b"\0")
            digest.update(blake2b(path.read_bytes()).digest())
    return digest.hexdigest()
