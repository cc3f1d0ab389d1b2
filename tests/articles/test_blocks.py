"""Sidebars: which blocks stand on a page, and which stories in them."""

import pytest
from django.utils import translation

from articles import blocks
from articles.access import get_public_article
from articles.blocks import KINDS, MAX_BLOCKS, Kind, kind_choices, register, sidebar_blocks, sidebars
from articles.models import Article, RelatedArticle, Sidebar, SidebarBlock
from articles.states import State
from tests.factories import (
    make_article,
    make_photo,
    make_reporter,
    make_section,
    make_series,
    make_sidebar,
    pin,
)

pytestmark = pytest.mark.django_db
OURS = ["latest", "photo_news", "related", "reporter", "section", "series", "notice"]
ALL_PLACES = list(Sidebar.Place.values)


def shown(bars, place: str = "article") -> dict[str, list[Article]]:
    """Return the stories of a place by the kind of their block."""
    return {filled.kind.name: [item.article for item in filled.items] for filled in bars[place]}


def load(article: Article) -> Article:
    """Return the story as its page loads it."""
    return get_public_article(article.pk)


def test_the_kinds_of_the_ground_floor():
    """All seven are there, with a name for the desk and a template."""
    assert set(OURS) <= set(KINDS)
    assert {name for name, _label in kind_choices()} == set(KINDS)
    for name, kind in KINDS.items():
        assert kind.name == name and len(name) <= SidebarBlock._meta.get_field("kind").max_length
        assert str(kind.label) and kind.template.endswith(".html")


def test_a_name_is_given_once():
    """Registering a kind again is harmless; taking its name is an error."""
    register(KINDS["latest"])
    with pytest.raises(ValueError, match="latest"):
        register(Kind("latest", "x", "x", blocks.latest))


@pytest.mark.parametrize("place", ALL_PLACES)
def test_blocks_stand_in_their_place_and_order(place):
    """Active ones of the place asked for, in the editor's order."""
    sidebar = make_sidebar(place, kinds=["latest", "photo_news", "related"])
    sidebar.blocks.filter(kind="photo_news").update(is_active=False)
    sidebar.blocks.filter(kind="latest").update(order=9)
    make_sidebar(next(other for other in ALL_PLACES if other != place), kinds=["series"])
    assert [block.kind for block in sidebar_blocks([place], None)] == ["related", "latest"]


def test_a_section_has_its_own_sidebar_before_the_common_one():
    """Place by place; a section under it shares it; other sections keep the common one."""
    top, other = make_section("지역"), make_section("문화")
    under = make_section("읍내", parent=top)
    make_sidebar("article", kinds=["latest"])
    make_sidebar("below", kinds=["photo_news"])
    make_sidebar("article", kinds=["series"], section=top)
    for section, kinds in ((top, ["series", "photo_news"]), (under, ["series", "photo_news"]),
                           (other, ["latest", "photo_news"]), (None, ["latest", "photo_news"])):  # fmt: skip
        found = sidebar_blocks(["article", "below"], section)
        assert sorted(block.kind for block in found) == sorted(kinds), section


def test_a_kind_that_nobody_knows_is_passed_over(django_assert_num_queries):
    """A row of an app that was taken out, or a slip in an import, takes no page down."""
    article = make_article()
    make_sidebar(kinds=["latest", "horoscope", ""])
    make_article()
    assert set(shown(sidebars(["article"], article=load(article)))) == {"latest"}


def test_the_number_of_blocks_is_bounded():
    """An editor cannot make a page that no database answers."""
    article = load(make_article(series=make_series(), tags=["하나", "둘", "셋", "넷"]))
    make_sidebar(kinds=["related"] * (MAX_BLOCKS + 40))
    assert len(sidebar_blocks(["article"], None)) == MAX_BLOCKS
    assert sidebars(["article"], article=article)["article"] == []


@pytest.fixture
def paper():
    """A story and others that belong to it in every way, by name."""
    section, reporter, series = make_section("지역"), make_reporter("한나래"), make_series()
    story = make_article("이 기사", section=section, reporters=[reporter], series=series, tags=["강", "다리"])
    others = {
        "series": make_article("연재", section=make_section("연재면"), series=series, hours_ago=9),
        "tags": make_article("두 태그", section=make_section("태그면"), tags=["강", "다리"], hours_ago=8),
        "tag": make_article("한 태그", section=make_section("태그면 2"), tags=["다리"], hours_ago=7),
        "section": make_article("같은 면", section=section, hours_ago=6),
        "reporter": make_article(
            "같은 기자", section=make_section("기자면"), reporters=[reporter], hours_ago=5
        ),
        "photo": make_article("사진", section=make_section("사진면"), photos=[make_photo()], hours_ago=4),
        "chosen": make_article("고른 기사", section=make_section("고른면"), hours_ago=3),
        "second": make_article("고른 기사 2", section=make_section("고른면 2"), hours_ago=2),
    }
    RelatedArticle.objects.create(article=story, related=others["second"], order=2)
    RelatedArticle.objects.create(article=story, related=others["chosen"], order=1)
    return story, others


def test_related_stories_say_why(paper):
    """The editor's picks in their order, then series, tags (both before one), section; never the story itself."""
    story, others = paper
    make_sidebar(kinds=["related"], count=20)
    with translation.override("en"):
        items = sidebars(["article"], article=load(story))["article"][0].items
    expected = [("chosen", ""), ("second", ""), ("series", "Same series"), ("tags", "Same tags"), ("tag", "Same tags"),
                ("section", "Same section")]  # fmt: skip
    assert [(item.article, item.reason) for item in items] == [(others[name], why) for name, why in expected]


def test_every_kind_shows_its_stories(paper):
    """Each block its own, no story twice on the page, the story itself in none."""
    story, others = paper
    make_sidebar(kinds=["latest", "photo_news", "related", "reporter", "section", "series"], count=2)
    found = shown(sidebars(["article"], article=load(story)))
    assert found == {
        "related": [others["chosen"], others["second"]],
        "series": [others["series"]],
        "reporter": [others["reporter"]],
        "section": [others["section"]],
        "photo_news": [others["photo"]],
        "latest": [others["tag"], others["tags"]],
    }


def test_a_block_of_a_section_or_series_of_its_own(paper):
    """What the editor set in the block goes before what the page is about; titles follow."""
    story, others = paper
    section, series = others["photo"].section, make_series("다른 연재")
    other = make_article("다른 연재 기사", series=series)
    sidebar = make_sidebar(kinds=["section", "series", "section"], count=1)
    first, second, _third = sidebar.blocks.order_by("order")
    SidebarBlock.objects.filter(pk=first.pk).update(section=section)
    SidebarBlock.objects.filter(pk=second.pk).update(series=series, title="읽을거리")
    filled = sidebars(["article"], article=load(story))["article"]
    assert [(bar.title, bar.items[0].article, bar.more) for bar in filled] == [
        ("사진면", others["photo"], section.get_absolute_url()),
        ("읽을거리", other, ""),
        ("지역", others["section"], story.section.get_absolute_url()),
    ]


def test_titles_and_addresses_behind_more(paper):
    """The reporter's name in the title, the list behind «more»."""
    story, _others = paper
    make_sidebar(kinds=["latest", "photo_news", "reporter"], count=1)
    with translation.override("en"):
        found = {
            bar.kind.name: (bar.title, bar.more)
            for bar in sidebars(["article"], article=load(story))["article"]
        }
    reporter = story.bylines.get().reporter
    assert found == {
        "latest": ("Latest", "/latest/"),
        "photo_news": ("PHOTO NEWS", "/photos/"),
        "reporter": ("Other stories by 한나래 기자", reporter.get_absolute_url()),
    }


def test_pinned_stories_stand_first(paper):
    """In the editor's order, before what the kind finds; an older one, too; and not again in another block."""
    story, others = paper
    first, second = make_sidebar(kinds=["latest", "photo_news"], count=3).blocks.order_by("order")
    pin(first, others["series"], 1)
    pin(first, others["photo"], 0)
    found = shown(sidebars(["article"], article=load(story)))
    # Photo news chooses before the latest ones and takes the only story with a photo.
    assert found == {
        "photo_news": [others["photo"]],
        "latest": [others["series"], others["second"], others["chosen"]],
    }
    pin(second, story, 0)
    assert shown(sidebars(["article"], article=load(story)))["photo_news"] == [others["photo"]]


@pytest.mark.parametrize(("state", "hours_ago"), [
    *((state, 1) for state in State if state != State.APPROVED), (State.APPROVED, -1),
])  # fmt: skip
def test_what_is_not_public_is_in_no_block(paper, state, hours_ago):
    """Pinned, chosen as related, of the same series, tag, section, reporter, with a photo: nowhere."""
    story, _others = paper
    secret = make_article(
        state=state, hours_ago=hours_ago, section=story.section, series=story.series, tags=["강", "다리"],
        reporters=[story.bylines.get().reporter], photos=[make_photo()],
    )  # fmt: skip
    RelatedArticle.objects.create(article=story, related=secret)
    sidebar = make_sidebar(kinds=OURS, count=20)
    for block in sidebar.blocks.all():
        pin(block, secret)
    bars = sidebars(["article"], article=load(story))
    assert secret not in [item.article for bar in bars["article"] for item in bar.items]


def test_a_notice_stands_without_stories():
    """A block with words of its own is shown; one with neither stories nor words is left out."""
    story = load(make_article())
    sidebar = make_sidebar(kinds=["notice", "notice", "series"])
    first = sidebar.blocks.order_by("order").first()
    SidebarBlock.objects.filter(pk=first.pk).update(text="독자 모임을 엽니다.", title="알림")
    pin(sidebar.blocks.get(kind="series"), story)
    filled = sidebars(["article"], article=story)["article"]
    assert [(bar.title, bar.block.text, bar.items) for bar in filled] == [("알림", "독자 모임을 엽니다.", [])]


def test_blocks_that_have_nothing_to_go_by_are_left_out():
    """No story on the page: nothing related, no series, no reporter, and no error."""
    make_article(guests=["손님"], hours_ago=2)
    make_sidebar("list", kinds=OURS)
    assert set(shown(sidebars(["list"]), "list")) == {"latest"}
    section = make_section("문화")
    inside = make_article(section=section)
    found = shown(sidebars(["list"], section=section), "list")
    assert found["section"] == [inside]


def test_guests_have_no_other_stories():
    """The first reporter of the byline counts, behind a guest, too."""
    reporter = make_reporter()
    other = make_article(reporters=[reporter])
    story = make_article(reporters=[reporter], guests=["손님"])
    story.bylines.filter(reporter=None).update(order=0)
    story.bylines.exclude(reporter=None).update(order=1)
    make_sidebar(kinds=["reporter"])
    assert shown(sidebars(["article"], article=load(story))) == {"reporter": [other]}
    guests = make_article(guests=["손님"])
    assert shown(sidebars(["article"], article=load(guests))) == {}


CONFIGURATIONS = [
    (["article"], ["latest"], {}),
    (["article"], OURS, {"count": 5}),
    (["article", "below"], OURS, {"count": 20}),
    (ALL_PLACES, OURS, {"count": 3}),
    (["article"], ["related"] * 6, {"count": 4}),
]


@pytest.mark.parametrize("many", [1, 25])
@pytest.mark.parametrize(("places", "kinds", "fields"), CONFIGURATIONS)
def test_sidebars_take_three_queries(django_assert_num_queries, places, kinds, fields, many):
    """Blocks, choice, stories: the same for one story and for many, for one block and for dozens."""
    section = make_section("읍내", parent=make_section("지역"))
    same = {
        "section": section,
        "series": make_series(),
        "reporters": [make_reporter()],
        "tags": ["강", "다리"],
    }
    story = make_article(**same)
    others = [make_article(photos=[make_photo()], hours_ago=number + 2, **same) for number in range(many)]
    for place in places:
        sidebar = make_sidebar(place, kinds=kinds, **fields)
        make_sidebar(place, kinds=kinds, section=section.parent, **fields)
        for block in sidebar.blocks.all():
            pin(block, others[0])
    story = load(story)
    with django_assert_num_queries(3):
        bars = sidebars(places, article=story)
        for filled in [bar for place in places for bar in bars[place]]:
            assert filled.title is not None
            assert all(item.article.title and item.article.section.parent.name for item in filled.items)
    chosen = [item.article.pk for bars in bars.values() for bar in bars for item in bar.items]
    assert len(chosen) == len(set(chosen)) <= many
    assert story.pk not in chosen


def test_what_the_page_shows_already_is_left_out():
    """A list hands over its own stories."""
    first, second = make_article(hours_ago=1), make_article(hours_ago=2)
    make_sidebar("list", kinds=["latest"])
    assert shown(sidebars(["list"], taken={first.pk}), "list") == {"latest": [second]}
