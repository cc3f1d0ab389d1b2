"""The table of terms, and beside it what each database searches with.

SQLite: an FTS5 table over the table of terms, kept by triggers. Whoever alters the table later has to make the
triggers again: Django copies a table of SQLite to alter it, and triggers do not come along.
PostgreSQL: a column of vectors with an index.
"""

import django.db.models.deletion
from django.db import migrations, models

FIELDS = "title_terms, lead_terms, body_terms"
OLD, NEW = (", ".join(f"{row}.{name}" for name in FIELDS.split(", ")) for row in ("old", "new"))
REMOVE = f"INSERT INTO newsroom_search_index (newsroom_search_index, rowid, {FIELDS}) VALUES ('delete', old.article_id, {OLD});"  # noqa: S608
ADD = f"INSERT INTO newsroom_search_index (rowid, {FIELDS}) VALUES (new.article_id, {NEW});"  # noqa: S608

SQLITE = [
    f"""CREATE VIRTUAL TABLE newsroom_search_index USING fts5({FIELDS},
        content='newsroom_search_searchdoc', content_rowid='article_id', tokenize='unicode61 remove_diacritics 0')""",
    "CREATE VIRTUAL TABLE newsroom_search_terms USING fts5vocab('newsroom_search_index', 'row')",
    f"CREATE TRIGGER newsroom_search_added AFTER INSERT ON newsroom_search_searchdoc BEGIN {ADD} END",
    f"CREATE TRIGGER newsroom_search_removed AFTER DELETE ON newsroom_search_searchdoc BEGIN {REMOVE} END",
    f"CREATE TRIGGER newsroom_search_changed AFTER UPDATE ON newsroom_search_searchdoc BEGIN {REMOVE} {ADD} END",
]
SQLITE_BACK = [
    "DROP TRIGGER newsroom_search_changed",
    "DROP TRIGGER newsroom_search_removed",
    "DROP TRIGGER newsroom_search_added",
    "DROP TABLE newsroom_search_terms",
    "DROP TABLE newsroom_search_index",
]
POSTGRESQL = [
    "ALTER TABLE newsroom_search_searchdoc ADD COLUMN vector tsvector",
    # How many of the commonest terms PostgreSQL keeps figures of: ten to a point.
    "ALTER TABLE newsroom_search_searchdoc ALTER COLUMN vector SET STATISTICS 400",
    "CREATE INDEX newsroom_search_vector ON newsroom_search_searchdoc USING gin (vector) WITH (fastupdate = off)",
]
POSTGRESQL_BACK = [
    "DROP INDEX newsroom_search_vector",
    "ALTER TABLE newsroom_search_searchdoc DROP COLUMN vector",
]


def run(**by_vendor):
    """Return the function of a migration that runs the statements of the database's vendor."""

    def run_statements(apps, schema_editor):
        for statement in by_vendor.get(schema_editor.connection.vendor, []):
            schema_editor.execute(statement)

    return run_statements


class Migration(migrations.Migration):
    initial = True

    dependencies = [("articles", "0001_stories")]

    operations = [
        migrations.CreateModel(
            name="SearchDoc",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("title_terms", models.TextField()),
                ("lead_terms", models.TextField()),
                ("body_terms", models.TextField()),
                ("length", models.PositiveIntegerField()),
                ("analyzer", models.PositiveSmallIntegerField()),
            ],
            options={"verbose_name": "terms of a story", "verbose_name_plural": "terms of stories"},
        ),
        migrations.RunPython(
            run(sqlite=SQLITE, postgresql=POSTGRESQL), run(sqlite=SQLITE_BACK, postgresql=POSTGRESQL_BACK)
        ),
    ]
