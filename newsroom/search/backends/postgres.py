"""Search in PostgreSQL: vectors of terms with weights, built here, under a GIN index."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from articles.models import Article

from ..analysis import Word
from ..models import SearchDoc
from ..ranking import WEIGHTS, Corpus
from ..words import Query
from .base import DatabaseBackend, among
from .sizes import SIZES, Sizes, measured

# What a vector holds at most of one term, and the last position that it knows.
MOST_PLACES, LAST_PLACE = 255, 16_383
LETTERS = "ABD"
# The index first, whatever the planner thinks of the stories: it has no figures of what has just come in.
BEST = """
WITH found AS MATERIALIZED (SELECT article_id, vector FROM newsroom_search_searchdoc WHERE vector @@ %s::tsquery)
SELECT article_id FROM found WHERE {among}
ORDER BY ts_rank(%s::real[], vector, %s::tsquery, 1) DESC, article_id DESC LIMIT %s
"""
WRITE = "UPDATE newsroom_search_searchdoc SET vector = %s::tsvector WHERE article_id = %s"
# The commonest terms with the part of stories that hold them, as ANALYZE found them; and how many stories there are.
COMMON = """
SELECT most_common_elems::text::text[], most_common_elem_freqs FROM pg_stats
WHERE schemaname = ANY (current_schemas(false)) AND tablename = 'newsroom_search_searchdoc' AND attname = 'vector'
"""
HELD = """
SELECT term, (SELECT count(*) FROM newsroom_search_searchdoc WHERE vector @@ quote_literal(term)::tsquery)
FROM unnest(%s::text[]) AS term
"""


class PostgresBackend(DatabaseBackend):
    """The terms in a column of vectors beside those that Django knows."""

    # Measured: 1,500 vectors are read and ranked in about 15 ms.
    most_looked_at = 1_500

    def index(self, articles: Sequence[Article]) -> None:
        super().index(articles)
        rows = SearchDoc.objects.filter(pk__in=[article.pk for article in articles])
        fields = rows.values_list("title_terms", "lead_terms", "body_terms", "pk")
        with connection.cursor() as cursor:
            cursor.executemany(WRITE, [(vector(terms), key) for *terms, key in fields])

    def all_of(self, query: Query) -> str:
        return " & ".join(phrase(word) for word in query.words)

    def any_of(self, terms: Iterable[str]) -> str:
        return " | ".join(f"'{term}'" for term in terms)

    def matching(self, condition: str) -> RawSQL:
        statement = "SELECT article_id FROM newsroom_search_searchdoc WHERE vector @@ %s::tsquery"
        return RawSQL(statement, [condition])  # noqa: S611  (no word of a reader's is in the statement)

    def best(self, condition: str, stories: QuerySet, size: int) -> list[int]:
        public, values = among(stories, '"found"."article_id"')
        title, lead, body = (weight / max(WEIGHTS) for weight in WEIGHTS)
        weights = [body, body, lead, title]  # D, C, B, A
        with connection.cursor() as cursor:
            cursor.execute(BEST.format(among=public), [condition, *values, weights, condition, size])
            return [key for (key,) in cursor.fetchall()]

    def corpus(self, terms: Iterable[str], *, rough: bool = False) -> Corpus:
        sizes = SIZES.read(connection.settings_dict["NAME"], count)
        # A term without a figure is rarer than the rarest that has one.
        guess = max(2.0, sizes.stories * min(sizes.common.values(), default=0.0) / 2)
        frequencies = {term: sizes.stories * sizes.common.get(term, 0.0) or guess for term in terms}
        if not rough:
            frequencies |= held([term for term in frequencies if term not in sizes.common])
        return Corpus(sizes.stories, sizes.length, frequencies)


def held(terms: list[str]) -> dict[str, int]:
    """Count the stories that hold each of some rare terms."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [terms])
        return dict(cursor.fetchall())


def vector(fields: Iterable[str]) -> str:
    """Return the literal of the vector of stored terms: positions run on, with a gap between the fields."""
    places: dict[str, list[str]] = {}
    place = 0
    for letter, field in zip(LETTERS, fields, strict=True):
        for term in field.split():
            place += 1
            if place > LAST_PLACE:
                break
            known = places.setdefault(term, [])
            if len(known) < MOST_PLACES:
                known.append(f"{place}{letter}")
        place += 1
    return " ".join(f"'{term}':{','.join(known)}" for term, known in places.items())


def phrase(word: Word) -> str:
    """Return a word in the language of PostgreSQL: its terms in a row."""
    terms = [f"'{term}'" for term in word.terms]
    return f"({' <-> '.join(terms)}{':*' if word.is_open else ''})"


def count() -> Sizes:
    """Read what PostgreSQL knows of the table; where it knows nothing yet, count the stories."""
    with connection.cursor() as cursor:
        cursor.execute(COMMON)
        terms, parts = cursor.fetchone() or (None, None)
    # Behind the figures of the terms stand the least and the greatest of them.
    common = dict(zip(terms or [], parts or [], strict=False))
    return measured(common)
