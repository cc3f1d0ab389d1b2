"""The front page and the fronts of sections: what stands there, in which order, and at which price."""

import datetime
import random
import re

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Photo
from articles.states import Origin, State
from newsroom.front.fill import TOP, columns_a_row, part_blocks, photo_first
from newsroom.front.models import Front, Slot

from ..factories import make_article, make_photo, make_reporter, make_section, make_sidebar

pytestmark = pytest.mark.django_db
KINDS = ("most_read", "photo_news", "latest", "section", "notice")
STORY = re.compile(r'href="/articles/(\d+)/"')


def main_of(client, address: str = "/") -> str:
    """Return what stands between the header and the footer of a page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def stories_on(client, address: str = "/") -> list[int]:
    """Return the keys of the stories on a page, in the order of the page."""
    return [int(key) for key in STORY.findall(main_of(client, address))]


def queries_of(client, address: str) -> int:
    """Return the number of queries of a page."""
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def make_slots(*articles: Article, section=None, **fields) -> Front:
    front, _ = Front.objects.get_or_create(section=section)
    for order, article in enumerate(articles):
        Slot.objects.create(front=front, article=article, order=order, **fields)
    return front


def make_paper(stories: int, *, photos_every: int = 2) -> list[Article]:
    """Make a paper with three sections and one for opinion; the newest story comes first."""
    names = [("정치", "politics"), ("사회", "society"), ("문화", "culture"), ("오피니언", "opinion")]
    sections = [
        make_section(name, slug=slug, order=n, is_opinion=slug == "opinion")
        for n, (name, slug) in enumerate(names)
    ]
    reporter, photo = make_reporter(), make_photo()
    return [
        make_article(
            f"기사 {n}", section=sections[n % 4], hours_ago=n + 1, reporters=[reporter],
            photos=[photo] if photos_every and n % photos_every == 0 else [],
        )
        for n in range(stories)
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_no_story_stands_twice(client, seed):
    """Whatever is curated, pinned or shown in blocks, a story has one place on the front page."""
    chance = random.Random(seed)
    stories = make_paper(chance.choice([1, 3, 8, 11, 30, 60]), photos_every=chance.choice([0, 1, 3]))
    make_slots(*chance.sample(stories, min(len(stories), chance.randint(0, 14))))
    kinds = chance.sample(KINDS, chance.randint(0, len(KINDS)))
    make_sidebar("front", kinds=kinds, count=chance.randint(1, 20), text="알립니다.", section=None)
    shown = stories_on(client)
    assert len(shown) == len(set(shown))
    assert len(shown) >= min(len(stories), TOP) or Article.objects.filter(section__slug="opinion").exists()


def test_slots_lead_in_their_order_and_the_newest_fill_up(client):
    """The first slot is the lead, however old its story is; free places go to the newest."""
    stories = make_paper(12, photos_every=0)
    make_slots(stories[9], stories[4])
    news = [
        story.pk
        for story in stories
        if story.section.slug != "opinion" and story not in (stories[9], stories[4])
    ]
    assert stories_on(client)[:5] == [stories[9].pk, stories[4].pk, *news[:3]]


def test_a_scheduled_slot_waits_and_appears_by_itself(client):
    """Before its time the place is filled by another story; afterwards, with no command run, it leads."""
    other = make_article("오늘 기사")
    scheduled = make_article("내일 기사", hours_ago=-3)
    make_slots(scheduled)
    assert stories_on(client) == [other.pk]
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=3, seconds=1), tick=True):
        cache.clear()
        assert stories_on(client) == [scheduled.pk, other.pk]


def test_a_slot_ends_by_itself(client):
    """After ``until`` the story is in its place by time again."""
    old, new = make_article("옛 기사", hours_ago=9), make_article("새 기사", hours_ago=1)
    make_slots(old, until=timezone.now() + datetime.timedelta(hours=1))
    assert stories_on(client) == [old.pk, new.pk]
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2), tick=True):
        cache.clear()
        assert stories_on(client) == [new.pk, old.pk]


def test_slots_of_a_section_do_not_curate_the_front_page(client):
    """Two fronts that hold the same story keep their own order."""
    old, new = make_article("옛 기사", hours_ago=9), make_article("새 기사", hours_ago=1)
    make_slots(old, new, section=old.section)
    make_slots(new, old)
    assert stories_on(client) == [new.pk, old.pk]
    assert stories_on(client, old.section.get_absolute_url()) == [old.pk, new.pk]


@pytest.mark.parametrize("state", [state for state in State if state != State.APPROVED])
def test_a_slot_with_a_story_that_is_not_public_shows_nothing_of_it(client, state):
    """Drafts, held and withdrawn stories are on no front, though an editor put them there."""
    secret = make_article("돌미나리", state=state, submitted_at=timezone.now())
    shown = make_article("보이는 기사")
    make_slots(secret, shown)
    make_slots(secret, shown, section=shown.section)
    for address in ("/", shown.section.get_absolute_url()):
        assert stories_on(client, address) == [shown.pk]
        assert "돌미나리" not in main_of(client, address)


def test_advertising_gets_to_the_front_page_only_by_an_editor_and_is_named(client):
    """It never fills a place by itself, though it is the newest; in a slot it is marked as what it is."""
    ad = make_article("사과 선물 예약", origin=Origin.AD, source_name="솔향찬방", hours_ago=0.5)
    news = make_article("군의회 열려", hours_ago=5)
    assert stories_on(client) == [news.pk]
    make_slots(news, ad)
    assert stories_on(client) == [news.pk, ad.pk]
    assert "card__label--ad" in main_of(client)


def test_opinion_is_set_apart(client):
    """Opinion has its own band, with names and kinds, and is no news of itself; an editor may still lead with it."""
    opinion = make_section("오피니언", slug="opinion", is_opinion=True)
    editorial = make_section("사설", parent=opinion, slug="editorial")
    news = make_article("군의회 열려", section=make_section("정치"), hours_ago=9)
    view = make_article(
        "늦은 회의록", section=editorial, reporters=[make_reporter("심별하", title="논설위원")]
    )
    page = main_of(client)
    assert stories_on(client) == [news.pk, view.pk]
    band = page.partition('class="opinion"')[2]
    assert "늦은 회의록" in band
    assert "심별하 논설위원" in band
    assert "사설" in band
    make_slots(view)
    assert stories_on(client) == [view.pk, news.pk]
    assert 'class="opinion"' not in main_of(client)


def test_a_section_off_the_front_has_no_column(client):
    """``on_front`` and «in the menu» are asked both; its stories may still stand on top."""
    stories = make_paper(40)
    assert 'href="/sections/society/"' in main_of(client)
    section = stories[1].section
    section.on_front = False
    section.save()
    assert 'href="/sections/society/"' not in main_of(client)


def test_a_lead_without_a_photo_is_set_larger(client):
    """Its words take the place of the picture: the class of the larger type, the deck and the beginning of the text."""
    make_article("사진 없는 기사", deck="부제 한 줄", body="<p>본문의 첫 문장이다.</p>")
    page = main_of(client)
    assert "lead--plain" in page
    assert "부제 한 줄" in page
    assert "본문의 첫 문장이다." in page
    make_article("사진 있는 기사", photos=[make_photo()], hours_ago=0.1)
    assert "lead--plain" not in main_of(client)


def test_an_empty_paper_says_so(client):
    """Without a story the page says what will stand here, and leads to the masthead."""
    page = main_of(client)
    assert "empty__title" in page
    assert 'href="/about/"' in page
    assert stories_on(client) == []


def test_the_front_page_costs_the_same_for_few_stories_and_many(client):
    """Publication, menu, sections, blocks, choice, stories, bylines, fixed pages; one more for the most read."""
    make_sidebar("front", kinds=KINDS, text="알립니다.")
    stories = make_paper(8)
    make_slots(*stories[:2])
    few = queries_of(client, "/")
    for n in range(192):
        row = {"section": stories[n % 4].section, "reporters": [stories[0].bylines.get().reporter]}
        make_article(f"더 {n}", hours_ago=n + 10, **row)
    assert queries_of(client, "/") == few <= 9


def test_a_section_shows_its_slots_first_and_no_story_twice(client):
    """Walking from page to page finds the curated stories once, at the head, and every other once."""
    section = make_section("경제")
    stories = [make_article(f"기사 {n}", section=section, hours_ago=n + 1) for n in range(45)]
    make_slots(stories[30], stories[3], section=section)
    make_sidebar("list", kinds=["section"], count=3)
    seen, address = [], section.get_absolute_url()
    while address:
        page = main_of(client, address)
        seen += [int(key) for key in STORY.findall(page.partition("<aside")[0])]
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = section.get_absolute_url() + older[1] if older else ""
    rest = [story.pk for n, story in enumerate(stories) if n not in (3, 30)]
    assert seen == [stories[30].pk, stories[3].pk, *rest]


def test_a_section_above_shows_the_stories_under_it(client):
    """A first-level section shows those of its sections, a section under it only its own."""
    top = make_section("지역")
    under = make_section("새여울읍", parent=top)
    above, below = make_article("위", section=top), make_article("아래", section=under, hours_ago=2)
    make_article("다른 면", section=make_section("경제"))
    assert stories_on(client, top.get_absolute_url()) == [above.pk, below.pk]
    assert stories_on(client, under.get_absolute_url()) == [below.pk]
    assert f'href="{top.get_absolute_url()}"' in main_of(client, under.get_absolute_url())


@pytest.mark.parametrize("curated", [0, 3])
def test_a_section_costs_the_same_for_one_story_and_sixty(client, curated):
    """Eight queries: publication, menu, fixed pages, section, blocks, choice, stories, bylines."""
    section = make_section("경제")
    reporter = make_reporter()
    first = make_article("하나", section=section, reporters=[reporter])
    make_slots(*[first][:curated], section=section)
    make_sidebar("list", kinds=["latest", "photo_news"])
    few = queries_of(client, section.get_absolute_url())
    for n in range(60):
        make_article(f"더 {n}", section=section, reporters=[reporter], hours_ago=n + 2)
    assert queries_of(client, section.get_absolute_url()) == few <= 8


def test_a_section_without_stories_says_what_to_do(client):
    """The empty list leads to the latest stories and the front page; an unknown section is not found."""
    page = main_of(client, make_section("경제").get_absolute_url())
    assert "empty__title" in page
    assert 'href="/latest/"' in page
    assert client.get("/sections/no-such/").status_code == 404


@pytest.mark.parametrize(
    ("columns", "row"), [(0, 0), (1, 1), (3, 3), (4, 4), (5, 3), (6, 3), (7, 4), (8, 4), (9, 3), (13, 3)]
)
def test_columns_fill_their_rows(columns, row):
    """Rows of four or three, whichever leaves the fewest gaps."""
    assert columns_a_row(columns) == row


def test_blocks_beside_the_lead_are_as_many_as_fit():
    """The first block stands there whatever its length; the others while twelve rows are not passed."""
    block = type("Block", (), {})
    ten, five, notice = block(), block(), block()
    ten.items, five.items, notice.items = range(10), range(5), []
    assert part_blocks([]) == ([], [])
    assert part_blocks([ten, notice, five]) == ([ten, notice], [five])
    assert part_blocks([ten, five, notice]) == ([ten], [five, notice])


def test_a_column_begins_with_a_photo():
    """The first story that has one goes to the head; without any the order stays."""
    item = type("Item", (), {})
    rows = []
    for photo in (None, None, 7, 8):
        row = item()
        row.article = Article(lead_photo=photo and Photo(pk=photo))
        rows.append(row)
    assert photo_first(rows) == [rows[2], rows[0], rows[1], rows[3]]
    assert photo_first(rows[:2]) == rows[:2]
