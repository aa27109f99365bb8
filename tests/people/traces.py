"""What the database and the disk still know of one person with an uncommon name."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import unquote_plus

from django.core.files.storage import storages
from django.db import connection

SURNAME, FIRST, MIDDLE = "Зябликова", "Евпраксия", "Аристарховна"
EMAIL = "zyablikova@example.org"
BORN = date(1987, 11, 23)
TRACES = ("зябликов", "евпракси", "аристархов", EMAIL, "1987-11-23", "23.11.1987", "шестопал")
# Kept by name, each on the ground that its registration names.
KEPT_TABLES = {"people_consent", "people_organisation"}


def everything() -> dict[str, str]:
    """All that the tables of the database hold, as one text for each, whatever its coding."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own names
            text = "\n".join(_decoded(value) for row in cursor.fetchall() for value in row)
            found[table] = text.lower()
    return found


def _decoded(value: object) -> str:
    text = value.decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)
    if "\\u" in text:
        text = text.encode("ascii", "backslashreplace").decode("unicode_escape")
    return f"{text}\n{unquote_plus(text)}" if "%" in text else text


def traces() -> dict[str, list[str]]:
    """Tables with what they still know of the person."""
    left = {
        table: [trace for trace in TRACES if trace in text] for table, text in everything().items()
    }
    return {table: found for table, found in left.items() if found}


def private_files_on_disk() -> list[str]:
    root = Path(storages["private"].path(""))
    return sorted(path.name for path in root.rglob("*") if path.is_file())
