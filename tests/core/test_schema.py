"""A database of another version is recognised before anything is asked of it."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core.schema import missing_columns

pytestmark = pytest.mark.django_db


def test_a_migrated_database_lacks_nothing() -> None:
    assert missing_columns() == []


def test_what_is_missing_is_named_and_the_start_says_what_to_do() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_searchword RENAME TO core_searchword_of_old")
    missing = missing_columns()
    assert "core_searchword.word" in missing
    assert all(name.startswith("core_searchword.") for name in missing)
    with pytest.raises(CommandError, match=r"core_searchword\.word"):
        call_command("prepare")
