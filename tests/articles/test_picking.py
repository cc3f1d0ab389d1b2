"""Choosing the stories of a page: two queries, no story twice, only what is public."""

import pytest
from django.db.models import F
from django.utils import timezone

from articles.models import Article
from articles.picking import Strand, Wish, pick
from articles.states import State
from tests.factories import make_article, make_section, make_series, make_sidebar, pin

pytestmark = pytest.mark.django_db


def newest() -> Strand:
    return Strand(Article.objects.public().newest())


def keys(found) -> dict[str, list[int]]:
    return {key: [item.article.pk for item in items] for key, items in found.items()}


@pytest.fixture
def stories() -> list[Article]:
    """Nine public stories, newest first."""
    return [make_article(f"기사 {hours}", hours_ago=hours) for hours in range(1, 10)]


def test_no_story_is_chosen_twice(stories):
    """Equal wishes share the stories; what is on the page already is left out."""
    taken = {stories[0].pk, stories[4].pk}
    found = keys(
        pick([Wish("a", [newest()], 3), Wish("b", [newest()], 3), Wish("c", [newest()], 3)], taken=taken)
    )
    chosen = [pk for mine in found.values() for pk in mine]
    assert chosen == [story.pk for story in stories if story.pk not in taken]
    assert [len(mine) for mine in found.values()] == [3, 3, 1]


def test_the_lowest_priority_chooses_first(stories):
    """Whatever the order on the page; equal ones choose in that order."""
    wishes = [Wish("late", [newest()], 2, priority=90), Wish("early", [newest()], 2, priority=10),
              Wish("middle", [newest()], 1), Wish("next", [newest()], 1)]  # fmt: skip
    found = keys(pick(wishes))
    pks = [story.pk for story in stories]
    assert found == {"early": pks[:2], "middle": pks[2:3], "next": pks[3:4], "late": pks[4:6]}


def test_strands_follow_one_another(stories):
    """The second strand is for what the first does not fill; a story of both counts once, for the first."""
    section, first, last = make_section("문화"), stories[-1], stories[0]
    Article.objects.filter(pk__in=[first.pk, last.pk]).update(section=section, top_section=section)
    strands = [Strand(Article.objects.public().in_section(section), "own"), Strand(newest().stories, "other")]
    items = pick([Wish("a", strands, 4)])["a"]
    assert [item.article.pk for item in items] == [last.pk, first.pk, stories[1].pk, stories[2].pk]
    assert [item.reason for item in items] == ["own", "own", "other", "other"]


def test_strands_of_a_group_are_mixed(stories):
    """What several of them offer comes first; then the newest, whichever strand it is from."""
    series, section = make_series(), make_section("문화")
    for story in stories[3:6]:
        Article.objects.filter(pk=story.pk).update(series=series)
    for story in stories[5:8]:
        Article.objects.filter(pk=story.pk).update(section=section)
    public = Article.objects.public()
    strands = [Strand(public.filter(series=series).newest(), "series", group=1),
               Strand(public.filter(section=section).newest(), "section", group=1),
               Strand(public.newest(), "paper", group=2)]  # fmt: skip
    items = pick([Wish("a", strands, 7)])["a"]
    order = [5, 3, 4, 6, 7, 0, 1]
    assert [item.article.pk for item in items] == [stories[number].pk for number in order]
    assert [item.reason for item in items] == [
        "series",
        "series",
        "series",
        "section",
        "section",
        "paper",
        "paper",
    ]


def test_ranks_are_respected(stories):
    """A ranking keeps the order of its column, lowest first, whatever the times; equal ranks go by time."""
    block = make_sidebar().blocks.get()
    for order, number in enumerate((7, 2, 5)):
        pin(block, stories[number], order)
    pin(block, stories[0], 1)
    strand = Strand(
        Article.objects.public().filter(pins__block=block).order_by("pins__order"), rank="pins__order"
    )
    found = keys(pick([Wish("a", [strand, newest()], 6)]))
    order = [7, 0, 2, 5, 1, 3]
    assert found["a"] == [stories[number].pk for number in order]


def test_a_rank_is_that_of_the_block(stories):
    """A story pinned in two blocks has its own place in each."""
    one, two = make_sidebar("article").blocks.get(), make_sidebar("below").blocks.get()
    for order, (first, second) in enumerate(((3, 1), (1, 3), (2, 2))):
        pin(one, stories[first], order)
        pin(two, stories[second], order)
    public = Article.objects.public()
    for block, order in ((one, [3, 1, 2]), (two, [1, 3, 2])):
        strand = Strand(public.filter(pins__block=block).order_by("pins__order"), rank="pins__order")
        assert keys(pick([Wish("a", [strand], 5)])) == {"a": [stories[number].pk for number in order]}


def test_equal_times_are_parted_by_number():
    """The order is the list's own: the higher number is the newer story."""
    at = timezone.now()
    pks = [make_article(published_at=at).pk for _ in range(4)]
    assert keys(pick([Wish("a", [newest()], 4)])) == {"a": pks[::-1]}


@pytest.mark.parametrize(("state", "hours_ago"), [
    *((state, 1) for state in State if state != State.APPROVED), (State.APPROVED, -1),
])  # fmt: skip
def test_a_careless_strand_shows_nothing_that_is_not_public(state, hours_ago):
    """The last query asks the rule again, so that a strand that forgot it leaks nothing."""
    make_article(state=state, hours_ago=hours_ago)
    shown = make_article(hours_ago=2)
    Article.objects.filter(published_at=None).update(published_at=F("created_at"))
    strand = Strand(Article.objects.all().newest())
    assert keys(pick([Wish("a", [strand], 5)])) == {"a": [shown.pk]}


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("wishes", [1, 2, 12])
def test_a_page_is_chosen_with_two_queries(django_assert_num_queries, count, wishes):
    """One for the choice and one for the stories, whatever the number of blocks and of stories."""
    section = make_section("읍내", parent=make_section("지역"))
    for _ in range(count):
        make_article(section=section)
    strands = [newest(), Strand(Article.objects.public().in_section(section)), newest()]
    with django_assert_num_queries(2):
        found = pick([Wish(str(number), strands, 4) for number in range(wishes)])
        for items in found.values():
            assert all(item.article.section.parent.name == "지역" and item.article.title for item in items)


def test_nothing_wished_costs_nothing(django_assert_num_queries):
    """No strands, no query; strands without stories, one."""
    with django_assert_num_queries(0):
        assert pick([]) == {}
        assert pick([Wish("a", [], 3)]) == {}
    with django_assert_num_queries(1):
        assert pick([Wish("a", [newest()], 3)]) == {"a": []}


def test_enough_is_read_for_the_last_wish(stories):
    """What earlier wishes and the page itself take does not leave a later one short."""
    taken = {story.pk for story in stories[:3]}
    found = keys(
        pick(
            [Wish("a", [newest()], 2, 1), Wish("b", [newest()], 2, 2), Wish("c", [newest()], 2, 3)],
            taken=taken,
        )
    )
    assert found["c"] == [story.pk for story in stories[7:9]]
