"""What a session is called: the device in plain words."""

from __future__ import annotations

# The first that fits: browsers name each other in their signatures.
_BROWSERS = (
    ("YaBrowser", "Яндекс.Браузер"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_words(signature: str) -> str:
    """«Firefox, Windows» of the signature of a browser; empty when it says nothing known."""
    found = (
        next((words for mark, words in marks if mark in signature), "")
        for marks in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(words for words in found if words)
