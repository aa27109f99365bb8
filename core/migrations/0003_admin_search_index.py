"""PostgreSQL: the admin's search asks for «title || body», which no index of its own covers."""

from django.db import migrations

NAME = "core_indexentry_title_body"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {NAME} ON wagtailsearch_indexentry USING gin ((title || body))"
            " WITH (fastupdate = off)"
        )


def undo(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {NAME}")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_card_search"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunPython(make, undo)]
