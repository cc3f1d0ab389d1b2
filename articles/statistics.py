"""What SQLite is told about the sizes of our tables.

SQLite chooses how to read by figures that ``ANALYZE`` collects. Without them it takes every condition on
an indexed column for equally good, and reads all stories to find the five that are pinned in a block; with
figures of the first week it does the same to whatever grew since. So it is given the figures of an archive
of typical proportions, once, as SQLite's own documentation advises (https://www.sqlite.org/lang_analyze.html,
«Fixed results of ANALYZE»): the plans are the same for ten stories and for a million.
PostgreSQL collects its own figures all the time.
"""

from django.db import connections

# Rows of each table; tables that are not named get as many as stories.
STORIES = 100_000
ROWS = {
    "articles_section": 30, "articles_series": 100, "articles_reporter": 100, "articles_source": 30,
    "articles_sidebar": 10, "articles_sidebarblock": 50, "articles_blockpin": 50, "articles_photo": 60_000,
    "articles_correction": 2_000, "articles_relatedarticle": 50_000, "articles_taggedarticle": 300_000,
    "articles_statechange": 400_000,
}  # fmt: skip
# How many rows have the same value in a column, on average; one for columns that are not named.
ALIKE = {
    "state": 16_000, "section_id": 3_000, "top_section_id": 10_000, "series_id": 1_000, "source_id": 1_000,
    "reporter_id": 1_000, "tag_id": 100, "parent_id": 4, "sidebar_id": 5, "block_id": 4, "article_id": 2,
    "content_object_id": 3, "photo_id": 2, "lead_photo_id": 2, "related_id": 2, "photographer_id": 600, "place": 3,
    "created_by_id": 2_000, "by_id": 8_000, "published_at": 2, "saved_at": 2, "created_at": 2,
}  # fmt: skip


def tell_sizes(sender, using: str, **kwargs) -> None:
    """Give SQLite the figures for every index of the tables of stories; a receiver of ``post_migrate``.

    Figures that somebody collected with ``ANALYZE`` are replaced: they tell of one day.
    """
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    tables = [model._meta.db_table for model in sender.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sqlite_schema")  # makes the table of figures where there is none
        for table in set(tables) & set(connection.introspection.table_names(cursor)):
            cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = %s", [table])
            for index, figures in figures_of(cursor, table):
                cursor.execute(
                    "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)", [table, index, figures]
                )
        cursor.execute("ANALYZE sqlite_schema")  # and this reads them


def figures_of(cursor, table: str) -> list[tuple[str, str]]:
    """Return the name of every index of a table with its figures: how many rows, then what ``alike`` says."""
    rows = ROWS.get(table, STORIES)
    cursor.execute("SELECT name, [unique] FROM pragma_index_list(%s)", [table])
    found = []
    for index, unique in cursor.fetchall():
        cursor.execute("SELECT name FROM pragma_index_info(%s) ORDER BY seqno", [index])
        names = [name for (name,) in cursor.fetchall()]
        found.append((index, " ".join(map(str, [rows, *alike(names, rows, bool(unique))]))))
    return found


def alike(columns: list[str], rows: int, unique: bool) -> list[int]:
    """Return how many rows have the same values in the first column of an index, in the first two, and so on."""
    figures, left = [], rows
    for column in columns:
        share = rows / min(ALIKE.get(column, 1), rows)  # how many values the column has
        left = max(1, left / share)
        figures.append(round(left))
    return [*figures[:-1], 1] if unique else figures
