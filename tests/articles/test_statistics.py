"""Lists are read along their indexes, whatever the size of the archive: looked at in the plans of both databases."""

import datetime

import pytest
from django.db import connection
from taggit.models import Tag

from articles import blocks
from articles.access import get_public_article
from articles.keyset import Position
from articles.models import Article, Correction, RelatedArticle
from articles.picking import numbered
from articles.statistics import STORIES, alike
from tests.factories import (
    make_article,
    make_correction,
    make_photo,
    make_reporter,
    make_section,
    make_series,
    make_sidebar,
    pin,
)

pytestmark = pytest.mark.django_db
LISTS = [
    "article_list", "article_top_list", "article_section_list", "article_series_list", "byline_reporter_list",
    "tagged_list", "correction_list",
]  # fmt: skip
KINDS = ["latest", "photo_news", "related", "reporter", "section", "series"]


@pytest.fixture
def story() -> Article:
    section = make_section("읍내", parent=make_section("지역"))
    story = make_article(
        section=section, series=make_series(), reporters=[make_reporter()], tags=["강"], photos=[make_photo()]
    )  # fmt: skip
    make_correction(story)
    return story


def lists(story: Article) -> dict:
    """Return every list by the name of the index that it is to be read along."""
    public = Article.objects.public
    return {
        "article_list": public().newest(),
        "article_top_list": public().in_section(story.top_section),
        "article_section_list": public().in_section(story.section),
        "article_series_list": public().in_series(story.series),
        "byline_reporter_list": public().by_reporter(story.bylines.get().reporter),
        "tagged_list": public().tagged(Tag.objects.get()),
        "correction_list": Correction.objects.public().newest(),
    }


def plan(queryset) -> str:
    """Return how the database would read a query, as it would for a large archive."""
    sql, parameters = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            return "\n".join(row[3] for row in cursor.fetchall())
        # A handful of rows is rightly read from end to end; this asks what is done when that is no way.
        for way in ("seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {sql}", parameters)
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_along_its_index(story, name, deep):
    """In the order of the index, so that nothing is sorted; the last page like the first."""
    position = Position(story.published_at, story.pk) if deep else None
    found = plan(lists(story)[name].before(position)[:21])
    assert name in found, found
    assert "TEMP B-TREE" not in found and "Sort" not in found, found


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL collects its own figures")
@pytest.mark.parametrize("name", LISTS)
def test_a_deep_page_enters_the_index_at_its_position(story, name):
    """Of several limits on the time the position's is named first: SQLite takes the first, and so jumps there."""
    position = Position(datetime.datetime(2001, 2, 3, tzinfo=datetime.UTC), 7)
    sql, parameters = lists(story)[name].before(position).query.sql_with_params()
    limits = [number for number, value in enumerate(parameters) if "2001-02-03" in str(value)]
    others = [
        number
        for number, value in enumerate(parameters)
        if str(value).startswith("20") and number not in limits
    ]
    assert limits and others and max(limits) < min(others), (sql, parameters)


def test_sidebars_read_no_whole_archive(story):
    """SQLite begins with the pins of a block and the links of a story, not with all public stories."""
    RelatedArticle.objects.create(article=story, related=make_article())
    for block in make_sidebar(kinds=KINDS).blocks.all():
        pin(block, story)
    article = get_public_article(story.pk)
    contexts = [
        blocks.Context(block, article, article.section) for block in blocks.sidebar_blocks(["article"], None)
    ]
    whole = "article_list (state=? AND published_at<?)"
    for wish in blocks.wishes_for(contexts):
        for strand in wish.strands:
            found = plan(numbered(strand, 0, 20))
            by_time_alone = (
                strand.stories.query.order_by == ("-published_at", "-pk") and "series_id" not in found
            )
            assert (whole in found) <= by_time_alone, found


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL collects its own figures")
def test_every_index_has_its_figures():
    """None is forgotten: an index without figures would be taken for better than it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name LIKE 'articles_%' "
            "EXCEPT SELECT idx FROM sqlite_stat1"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize(("columns", "rows", "unique", "figures"), [
    (["state", "published_at", "id"], STORIES, False, [16_000, 1, 1]),
    (["state", "section_id", "published_at"], STORIES, False, [16_000, 480, 1]),
    (["slug"], 30, True, [1]),
    (["article_id", "reporter_id"], STORIES, True, [2, 1]),
    (["section_id"], 50, False, [50]),
])  # fmt: skip
def test_figures_of_an_index(columns, rows, unique, figures):
    """Every further column leaves fewer rows alike, and a unique index ends with one."""
    assert alike(columns, rows, unique) == figures
