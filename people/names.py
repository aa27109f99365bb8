"""Names of people in the form in which the same person is found again."""

from __future__ import annotations

import re

_NOT_LETTERS = re.compile(r"[^а-яa-z]+")


def name_key(last_name: str, first_name: str, patronymic: str = "") -> str:
    """The whole name without case, ё/е, hyphens and odd spaces: «семенова анна петровна»."""
    parts = (last_name, first_name, patronymic)
    folded = (_NOT_LETTERS.sub("", part.casefold().replace("ё", "е")) for part in parts)
    return " ".join(part for part in folded if part)
