"""Whether the tables of the database are those of this version."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection


def missing_columns() -> list[str]:
    """Columns that our models have and the database has not, as ``table.column``.

    Migrations alone do not tell: before the first release the initial ones are written anew, and a
    database that has run their older form believes itself complete.
    """
    found = []
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in apps.get_models(include_auto_created=True):
            options = model._meta
            ours = Path(options.app_config.path).parent == settings.BASE_DIR
            if not ours or not options.managed or options.proxy:
                continue
            columns: set[str] = set()
            if options.db_table in tables:
                description = connection.introspection.get_table_description(
                    cursor, options.db_table
                )
                columns = {column.name for column in description}
            found += [
                f"{options.db_table}.{field.column}"
                for field in options.local_concrete_fields
                if field.column not in columns
            ]
    return found
