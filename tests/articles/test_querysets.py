"""The one rule of what is public, and the lists that stand on it."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from articles.keyset import Position
from articles.models import Article, Byline, Correction, Section, TaggedArticle
from articles.querysets import take
from articles.states import Origin, State
from tests.factories import (
    make_article,
    make_correction,
    make_photo,
    make_reporter,
    make_section,
    make_series,
    make_user,
)

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 22, 9, 41, 5, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
MOMENTS = {
    "never": None,
    "past": NOW - HOUR,
    "now": NOW,
    "next microsecond": NOW + HOUR / 3_600_000_000,
    "future": NOW + HOUR,
}
PUBLIC = {(State.APPROVED, "past"), (State.APPROVED, "now")}


@pytest.fixture
def now():
    """Stop the clock at ``NOW``."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("state", State)
def test_what_is_public_in_the_database_is_public_in_memory(now, state, moment):
    """Every state at every time: the queryset and the row say the same, and say what the table says."""
    article = make_article(state=State.DRAFT)
    article.state, article.published_at = state, MOMENTS[moment]
    if moment == "never" and state in {State.APPROVED, State.WITHDRAWN}:
        # The database refuses such a row (see test_models); in memory it is not public.
        assert not article.is_public()
        return
    Article.objects.filter(pk=article.pk).update(
        state=state, published_at=MOMENTS[moment], approved_at=NOW, submitted_at=NOW
    )
    expected = (state, moment) in PUBLIC
    article.refresh_from_db()
    assert article.is_public() is expected
    assert Article.objects.public().filter(pk=article.pk).exists() is expected
    assert article.is_public(NOW) is expected
    assert Article.objects.public(NOW).filter(pk=article.pk).exists() is expected


@pytest.mark.parametrize("offset", [-HOUR, datetime.timedelta(0), HOUR])
def test_public_at_another_moment(now, offset):
    """Both forms of the rule can be asked about another time than now."""
    article = make_article(published_at=NOW)
    for at in (NOW + offset, NOW):
        assert article.is_public(at) is (at >= NOW)
        assert Article.objects.public(at).exists() is (at >= NOW)


def test_the_clock_alone_makes_a_story_public():
    """No row changes between «not yet» and «now»."""
    with time_machine.travel(NOW, tick=False) as clock:
        article = make_article(published_at=NOW + HOUR)
        assert not Article.objects.public().exists()
        clock.shift(HOUR)
        assert Article.objects.public().get() == article
        assert article.is_public()


@pytest.mark.parametrize("state", State)
def test_withdrawn_from_public_is_what_readers_once_saw(now, state):
    """Only withdrawn stories whose time had come."""
    article = make_article(state=state, published_at=NOW - HOUR)
    Article.objects.filter(pk=article.pk).update(published_at=NOW - HOUR)
    assert Article.objects.withdrawn_from_public().exists() is (state == State.WITHDRAWN)
    Article.objects.filter(pk=article.pk).update(published_at=NOW + HOUR)
    assert not Article.objects.withdrawn_from_public().exists()


@pytest.fixture
def lists():
    """Every list of one section, series, reporter and tag, by name."""
    top = make_section("지역")
    under = make_section("읍내", parent=top)
    series, reporter = make_series(), make_reporter()
    make_article("앞", section=under, series=series, reporters=[reporter], tags=["강"], photos=[make_photo()])
    tag = TaggedArticle.objects.get().tag
    same = {"section": under, "series": series, "reporters": [reporter], "tags": ["강"]}

    def make(**fields) -> Article:
        return make_article(**same | {"photos": [make_photo()]} | fields)

    return make, {
        "latest": lambda: Article.objects.public().newest(),
        "photos": lambda: Article.objects.public().with_photo().newest(),
        "top section": lambda: Article.objects.public().in_section(top),
        "section": lambda: Article.objects.public().in_section(under),
        "series": lambda: Article.objects.public().in_series(series),
        "reporter": lambda: Article.objects.public().by_reporter(reporter),
        "tag": lambda: Article.objects.public().tagged(tag),
    }


def walk(make_list, size: int) -> list[int]:
    """Return the keys of a whole list, read page by page as readers do."""
    keys, position = [], None
    for _ in range(50):
        rows, more = take(make_list().before(position), size)
        keys += [row.pk for row in rows]
        if not more:
            return keys
        position = Position(rows[-1].published_at, rows[-1].pk)
    raise AssertionError("the list never ends")


@pytest.mark.parametrize("name", ["latest", "photos", "top section", "section", "series", "reporter", "tag"])
def test_lists_are_paged_without_gap_or_repetition(lists, name):
    """Newest first; equal times are parted by number; every story stands on exactly one page."""
    make, found = lists
    at = timezone.now() - HOUR
    for minutes in (5, 5, 5, 3, 8, 5):
        make(published_at=at - datetime.timedelta(minutes=minutes))
    make(hours_ago=-1)
    make(state=State.WITHDRAWN)
    expected = sorted(
        Article.objects.public().values_list("published_at", "pk"),
        key=lambda row: (row[0], row[1]),
        reverse=True,
    )
    keys = [pk for _at, pk in expected]
    for size in (1, 2, 3, 7, 20):
        assert walk(found[name], size) == keys, size


@pytest.mark.parametrize("name", ["latest", "photos", "top section", "section", "series", "reporter", "tag"])
def test_a_new_story_moves_no_page(lists, name):
    """What is published while somebody reads does not push a story onto the next page again."""
    make, found = lists
    for hours in (2, 3, 4):
        make(hours_ago=hours)
    rows, _more = take(found[name]().before(None), 2)
    make(hours_ago=0.5)
    behind, _more = take(found[name]().before(Position(rows[-1].published_at, rows[-1].pk)), 10)
    assert not {row.pk for row in rows} & {row.pk for row in behind}
    assert len(behind) == 2


def test_a_top_section_holds_the_stories_of_those_under_it():
    """A section under it holds only its own; a story right in the top section is in the top one only."""
    top, other = make_section("지역"), make_section("문화")
    under = make_section("읍내", parent=top)
    above, below, elsewhere = (make_article(section=section) for section in (top, under, other))
    assert set(Article.objects.in_section(top)) == {above, below}
    assert set(Article.objects.in_section(under)) == {below}
    assert set(Article.objects.in_section(other)) == {elsewhere}


def test_a_reporter_is_found_in_any_role_and_once():
    """A photographer's stories are the photographer's, too; guests have no list."""
    reporter = make_reporter()
    article = make_article(guests=["손님"])
    Byline.objects.create(article=article, reporter=reporter, role=Byline.Role.PHOTO)
    assert list(Article.objects.by_reporter(reporter)) == [article]


def test_news_is_without_advertising():
    """Places that fill up by themselves show no story that was paid for."""
    for origin in Origin:
        make_article(origin=origin)
    assert set(Article.objects.news().values_list("origin", flat=True)) == set(Origin) - {Origin.AD}


def test_take_tells_whether_more_follow(django_assert_num_queries):
    """One query, no count."""
    for _ in range(3):
        make_article()
    for size, expected in ((2, (2, True)), (3, (3, False)), (4, (3, False))):
        with django_assert_num_queries(1):
            rows, more = take(Article.objects.newest(), size)
        assert (len(rows), more) == expected


@pytest.mark.parametrize("count", [1, 12])
def test_a_line_and_a_page_load_what_they_show(django_assert_num_queries, count):
    """The number of queries is the same for one story and for many."""
    section = make_section("읍내", parent=make_section("지역"))
    for _ in range(count):
        make_article(
            section=section, reporters=[make_reporter()], photos=[make_photo()], series=make_series()
        )
    with django_assert_num_queries(2):  # stories with section and photo; bylines with reporters
        for story in Article.objects.for_listing().with_bylines():
            assert story.section.parent.name and story.lead_photo.digest
            assert [str(byline) for byline in story.bylines.all()]
    with django_assert_num_queries(4):  # stories; bylines with reporters; placements with photos; corrections
        for story in Article.objects.for_detail():
            assert story.section.parent.name and story.series.name and story.lead_photo.credit_line == ""
            assert [placement.photo.caption for placement in story.placements.all()]
            assert list(story.corrections.all()) == []


def test_a_line_does_not_load_the_text():
    """Texts are the bulk of the table; a list reads none."""
    make_article()
    assert "body" in Article.objects.for_listing().get().get_deferred_fields()


def test_editors_open_all_stories_and_reporters_their_own(django_assert_num_queries):
    """Begun by them or with their byline, each once, ready to be locked or deleted."""
    mine, desk, other = make_user("reporter"), make_user("desk"), make_user("reporter")
    begun = make_article(created_by=mine, reporters=[make_reporter(user=mine), make_reporter()])
    written = make_article(created_by=desk, reporters=[mine.reporter])
    foreign = make_article(created_by=desk)
    for user, expected in ((mine, {begun, written}), (desk, {begun, written, foreign}), (other, set())):
        found = list(Article.objects.editable_by(user))
        assert set(found) == expected and len(found) == len(expected)
    Article.objects.editable_by(mine).delete()
    assert Article.objects.get() == foreign


def test_sections_of_the_menu():
    """Active ones in the order that the editor gave; columns of the front page are of the first level."""
    second, first = make_section("둘", order=2), make_section("하나", order=1)
    make_section("숨음", is_active=False)
    under = make_section("아래", parent=first, order=3)
    aside = make_section("옆", on_front=False, order=4)
    assert list(Section.objects.active()) == [first, second, under, aside]
    assert list(Section.objects.columns()) == [first, second]


@pytest.mark.parametrize(("state", "hours_ago", "due", "shown"), [
    (State.APPROVED, 1, 0.5, True), (State.APPROVED, 1, -1, False), (State.APPROVED, -1, 0.5, False),
    (State.WITHDRAWN, 1, 0.5, False), (State.HELD, 1, 0.5, False),
])  # fmt: skip
def test_a_notice_is_public_with_its_story(state, hours_ago, due, shown):
    """Due itself, on a story that is public."""
    article = make_article(state=state, hours_ago=hours_ago)
    notice = make_correction(article, published_at=timezone.now() - due * HOUR)
    assert Correction.objects.public().filter(pk=notice.pk).exists() is shown
    assert (notice.is_public() and article.is_public()) is shown
