"""The search index of the catalogue, kept by the database itself.

PostgreSQL: generated columns with a GIN index; rows are kept slim so that reading some thousands of
hits stays quick. SQLite: an FTS5 table over the card's own columns, filled by triggers.
"""

from django.db import migrations

POSTGRESQL = [
    "ALTER TABLE core_card SET (toast_tuple_target = 256)",
    """
    ALTER TABLE core_card
      ADD COLUMN title_vector tsvector
        GENERATED ALWAYS AS (to_tsvector('simple', title_lemmas)) STORED,
      ADD COLUMN vector tsvector
        GENERATED ALWAYS AS (to_tsvector('simple', lemmas)) STORED
    """,
    "CREATE INDEX core_card_title_vector ON core_card USING gin (title_vector) WITH (fastupdate = off)",
    "CREATE INDEX core_card_vector ON core_card USING gin (vector) WITH (fastupdate = off)",
]
SQLITE = [
    """
    CREATE VIRTUAL TABLE core_card_fts USING fts5(
      title_lemmas, lemmas, content='core_card', content_rowid='id', tokenize='unicode61'
    )
    """,
    """
    CREATE TRIGGER core_card_fts_insert AFTER INSERT ON core_card BEGIN
      INSERT INTO core_card_fts(rowid, title_lemmas, lemmas)
        VALUES (new.id, new.title_lemmas, new.lemmas);
    END
    """,
    """
    CREATE TRIGGER core_card_fts_delete AFTER DELETE ON core_card BEGIN
      INSERT INTO core_card_fts(core_card_fts, rowid, title_lemmas, lemmas)
        VALUES ('delete', old.id, old.title_lemmas, old.lemmas);
    END
    """,
    """
    CREATE TRIGGER core_card_fts_update AFTER UPDATE OF title_lemmas, lemmas ON core_card BEGIN
      INSERT INTO core_card_fts(core_card_fts, rowid, title_lemmas, lemmas)
        VALUES ('delete', old.id, old.title_lemmas, old.lemmas);
      INSERT INTO core_card_fts(rowid, title_lemmas, lemmas)
        VALUES (new.id, new.title_lemmas, new.lemmas);
    END
    """,
]
UNDO = {
    "postgresql": ["ALTER TABLE core_card DROP COLUMN title_vector, DROP COLUMN vector"],
    "sqlite": [
        "DROP TRIGGER core_card_fts_insert",
        "DROP TRIGGER core_card_fts_delete",
        "DROP TRIGGER core_card_fts_update",
        "DROP TABLE core_card_fts",
    ],
}


def make(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[vendor]:
        schema_editor.execute(statement)


def undo(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunPython(make, undo)]
