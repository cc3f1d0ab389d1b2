"""Lists of stories: what stands on them, how they are walked, what they cost, what a garbled address gets."""

import datetime
import re
from itertools import chain
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from taggit.models import Tag

from articles.keyset import Position, parse_position
from articles.models import Article, Correction
from articles.states import Origin, State

from ..factories import (
    make_article,
    make_correction,
    make_photo,
    make_reporter,
    make_section,
    make_series,
    make_sidebar,
)

pytestmark = pytest.mark.django_db
STORY = re.compile(r'href="/articles/(\d+)/"')
OLDER = re.compile(r'rel="next" href="([^"]+)"')
NOON = datetime.datetime(2026, 11, 20, 3, 0, tzinfo=datetime.UTC)
LISTS = ("latest", "photos", "series", "tag", "reporter", "section")


@pytest.fixture
def shelf():
    """Where the stories of these tests belong, so that every list holds every one of them."""
    same = {
        "section": make_section("경제", slug="economy"),
        "series": make_series(slug="river-walk"),
        "reporters": [make_reporter("한나래", slug="han")],
        "photos": [make_photo()],
        "tags": ["강변 창고"],
    }
    addresses = {
        "latest": "/latest/",
        "photos": "/photos/",
        "series": "/series/river-walk/",
        "tag": f"/tags/{quote('강변 창고')}/",
        "reporter": "/reporters/han/",
        "section": "/sections/economy/",
    }
    return same, addresses


def page_of(client, address: str) -> str:
    """Return what stands between header and footer, without the sidebar, of a page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return main.partition("<aside")[0]


def walk(client, address: str) -> list[list[int]]:
    """Return the keys of the stories of every page of a list, from its beginning to its end."""
    pages, at = [], address
    while at:
        page = page_of(client, at)
        pages.append([int(key) for key in STORY.findall(page)])
        older = OLDER.search(page)
        at = address + older[1] if older else ""
        assert len(pages) < 20, "the list has no end"
    return pages


def queries_of(client, address: str) -> int:
    """Return the number of queries of a page."""
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("apart", ["at once", "in pairs", "a microsecond", "an hour"])
def test_walking_a_list_finds_every_story_once_and_in_order(client, shelf, apart):
    """Newest first, equal times by number; the position carries microseconds and loses none."""
    same, addresses = shelf
    steps = {
        "at once": lambda n: 0,
        "in pairs": lambda n: n // 2 * 60_000_000,
        "a microsecond": lambda n: n,
        "an hour": lambda n: n * 3_600_000_000,
    }
    made = [
        make_article(
            f"기사 {n}", published_at=NOON - datetime.timedelta(microseconds=steps[apart](n)), **same
        )
        for n in range(50)
    ]
    expected = [
        story.pk for story in sorted(made, key=lambda story: (story.published_at, story.pk), reverse=True)
    ]
    for name in LISTS:
        pages = walk(client, addresses[name])
        assert list(chain.from_iterable(pages)) == expected, name
        assert len(pages) == 3, name


@given(st.lists(st.integers(0, 3), min_size=1, max_size=45))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_mixture_of_times_is_walked_whole(client, minutes):
    """Whatever times coincide, page after page shows every story exactly once."""
    Article.objects.all().delete()
    section = make_section()
    for minute in minutes:
        make_article(section=section, published_at=NOON - datetime.timedelta(minutes=minute))
    rows = Article.objects.order_by("-published_at", "-pk").values_list("pk", flat=True)
    assert list(chain.from_iterable(walk(client, "/latest/"))) == list(rows)


def test_corrections_are_walked_whole(client):
    """Notices of one moment are parted by their number."""
    article = make_article("겨울새")
    made = [make_correction(article, title=f"바로잡음 {n:02}", published_at=NOON) for n in range(45)]
    titles, at = [], "/corrections/"
    while at:
        page = page_of(client, at)
        titles += re.findall(r"바로잡음 \d\d", page)
        older = OLDER.search(page)
        at = f"/corrections/{older[1]}" if older else ""
    assert titles == [notice.title for notice in reversed(made)]


@pytest.mark.parametrize("state", [*State, "embargoed"])
def test_only_public_stories_stand_on_lists(client, shelf, state):
    """An approved story is on every list; one in any other state, or before its time, on none."""
    same, addresses = shelf
    shown = make_article("보이는 기사", **same)
    hours = -1 if state == "embargoed" else 1
    stands = State.APPROVED if state == "embargoed" else state
    story = make_article("돌미나리", state=stands, hours_ago=hours, submitted_at=timezone.now(), **same)
    make_correction(story, title="돌미나리 바로잡음")
    visible = state == State.APPROVED
    for name in LISTS:
        assert (story.pk in walk(client, addresses[name])[0]) is visible, name
        assert shown.pk in walk(client, addresses[name])[0], name
    assert ("돌미나리" in page_of(client, "/corrections/")) is visible


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_for_one_story_and_sixty(client, shelf, name):
    """At most eight: publication, menu, fixed pages, the list's own row, blocks, choice, stories, bylines."""
    same, addresses = shelf
    make_sidebar("list", kinds=["latest", "photo_news"])
    make_article(hours_ago=1, **same)
    few = queries_of(client, addresses[name])
    for n in range(59):
        make_article(hours_ago=n + 2, **same)
    assert queries_of(client, addresses[name]) == few <= 8


def test_other_pages_cost_the_same_for_few_rows_and_many(client):
    """Corrections, series and reporters ask no more for many rows than for one."""
    make_sidebar("list", kinds=["latest"])
    addresses = ("/corrections/", "/series/", "/reporters/")
    make_correction(make_article(series=make_series(), reporters=[make_reporter(portrait=make_photo())]))
    few = [queries_of(client, address) for address in addresses]
    for _ in range(18):
        make_correction(make_article(series=make_series(), reporters=[make_reporter(portrait=make_photo())]))
    assert [queries_of(client, address) for address in addresses] == few
    assert max(few) <= 8


def test_latest_is_parted_by_days_of_the_paper(client):
    """A story of half past midnight in Seoul stands under its own day, not under the one in Greenwich."""
    night = datetime.datetime(2026, 11, 20, 15, 30, tzinfo=datetime.UTC)  # 21 November, 00:30 in Seoul
    make_article("새벽 기사", published_at=night)
    make_article("저녁 기사", published_at=night - datetime.timedelta(hours=1))
    page = page_of(client, "/latest/")
    days = re.findall(r'id="day-([\d-]+)"', page)
    assert days == ["2026-11-21", "2026-11-20"]
    assert page.index("day-2026-11-21") < page.index("새벽 기사") < page.index('id="day-2026-11-20"')


def test_a_date_leads_to_that_day_and_older(client):
    """The jump begins with the last story of the day; a day without a story says so; the way back is there."""
    midnight = datetime.datetime(2026, 11, 20, 15, 0, tzinfo=datetime.UTC)
    after = make_article("자정 기사", published_at=midnight)
    before = make_article("자정 전", published_at=midnight - datetime.timedelta(microseconds=1))
    old = make_article("옛 기사", published_at=midnight - datetime.timedelta(days=5))
    assert walk(client, "/latest/?date=2026-11-21") == [[after.pk, before.pk, old.pk]]
    assert walk(client, "/latest/?date=2026-11-20") == [[before.pk, old.pk]]
    empty_day = page_of(client, "/latest/?date=2026-11-18")
    assert "listing__note" in empty_day
    assert 'href="/latest/"' in empty_day
    assert STORY.findall(empty_day) == [str(old.pk)]
    assert "empty__title" in page_of(client, "/latest/?date=2000-01-01")


@pytest.mark.parametrize(
    "date", ["x", "2026-13-01", "2026-02-30", "20.11.2026", "９９９９-01-01", "9999-12-31", "0"]
)
def test_a_garbled_date_is_not_found(client, date):
    """What is no day, or the last of the calendar, gets the paper's own page."""
    answer = client.get("/latest/", {"date": date})
    assert answer.status_code == 404
    assert "error__title" in answer.content.decode()


GARBLED = [
    "x",
    "1-",
    "-1",
    "1-1-1",
    "1e9-1",
    "１-１",
    "999999999999999999-1",
    "1-9999999999999999999",
    " 1-1",
    "0x1-1",
]


@pytest.mark.parametrize("name", [*LISTS, "corrections"])
def test_a_garbled_position_is_not_found(client, shelf, name):
    """A key that names no position is a mistyped address, not the first page."""
    same, addresses = shelf
    make_article(**same)
    for key in GARBLED:
        answer = client.get((addresses | {"corrections": "/corrections/"})[name], {"before": key})
        assert answer.status_code == 404, key
        assert "error__title" in answer.content.decode()


def test_positions_are_read_as_they_were_written():
    """What a page writes into its link is what the next request reads."""
    position = Position(NOON + datetime.timedelta(microseconds=123457), 42)
    assert parse_position(str(position)) == position


def test_deeper_pages_lead_back_and_end(client):
    """The first page has one link, to older stories; the last has one, to the newest; a short list has none."""
    for n in range(21):
        make_article(hours_ago=n + 1)
    first = page_of(client, "/latest/")
    assert "list-navigation__first" not in first
    last = page_of(client, "/latest/" + OLDER.search(first)[1])
    assert 'class="list-navigation__first" href="/latest/"' in last
    assert "list-navigation__next" not in last
    Article.objects.order_by("pk").first().delete()
    assert "list-navigation" not in page_of(client, "/latest/")


@pytest.mark.parametrize("address", ["/latest/", "/photos/", "/corrections/", "/series/", "/reporters/"])
def test_an_empty_list_says_what_to_do(client, address):
    """It has a sentence of its own and links that lead on."""
    page = page_of(client, address)
    assert "empty__title" in page
    assert 'href="/latest/"' in page


def test_a_story_of_the_list_is_not_in_its_sidebar(client):
    """What stands in the list is left out beside it; what does not fit on the page may stand there."""
    made = [make_article(hours_ago=n + 1, photos=[make_photo()]) for n in range(24)]
    make_sidebar("list", kinds=["photo_news"], count=5)
    whole = client.get("/latest/").content.decode().partition("<aside")[2]
    assert STORY.findall(whole) == [str(story.pk) for story in made[21:]]


def test_a_series_shows_its_words_and_the_index_its_newest_story(client):
    """A series without a public story is in no index; a finished one says so."""
    series = make_series("강을 걷다", slug="walk", description="강을 따라 걷습니다.", is_finished=True)
    secret = make_series("비밀 연재", slug="secret")
    make_article("첫 회", series=series, hours_ago=30)
    newest = make_article("둘째 회", series=series, hours_ago=2)
    make_article("아직", series=secret, hours_ago=-2)
    page = page_of(client, "/series/walk/")
    assert "강을 따라 걷습니다." in page
    assert STORY.findall(page)[0] == str(newest.pk)
    index = page_of(client, "/series/")
    assert "runs__state" in index
    assert "둘째 회" in index
    assert "비밀 연재" not in index


def test_a_tag_is_found_in_any_case_at_one_address(client):
    """Another case leads to the tag's own address for good; unknown tags and those of hidden stories answer alike."""
    make_article(tags=["DMZ 평화"])
    make_article(tags=["Secret"], hours_ago=-1)
    moved = client.get("/tags/dmz 평화/")
    assert (moved.status_code, moved["Location"]) == (301, f"/tags/{quote('DMZ 평화')}/")
    assert client.get(moved["Location"]).status_code == 200
    for hidden in ("Secret", "secret", "nothing"):
        assert client.get(f"/tags/{hidden}/").status_code == 404
    assert Tag.objects.filter(name="Secret").exists()


def test_a_reporter_stands_over_the_list_with_all_particulars(client):
    """Portrait, title, introduction, beats, e-mail, feed; somebody who left is said to have left."""
    make_reporter(
        "서라온", slug="seo", title="선임기자", intro="예산서는 뒤에서부터 읽습니다.", beats="군정, 예산",
        email="seo@paper.example", portrait=make_photo(alt="서라온 기자"),
    )  # fmt: skip
    page = page_of(client, "/reporters/seo/")
    for word in (
        "서라온",
        "선임기자",
        "뒤에서부터",
        "군정, 예산",
        "mailto:seo@paper.example",
        "/feeds/reporters/seo.xml",
    ):
        assert word in page
    assert 'alt="서라온 기자"' in page
    assert "person__former" not in page
    assert "서라온" in page_of(client, "/reporters/")
    make_reporter("옛사람", slug="former", is_active=False)
    assert "person__former" in page_of(client, "/reporters/former/")
    assert "옛사람" not in page_of(client, "/reporters/")


def test_corrections_say_what_was_put_right_and_where(client):
    """Kind, time, text in its paragraphs, and the story; a notice before its time is not shown."""
    article = make_article("다리 안전진단")
    make_correction(
        article, kind="reply", title="군의 반론", text="첫 문단.\n\n둘째 <b>문단</b>.", published_at=NOON
    )
    make_correction(article, title="내일 알림", published_at=timezone.now() + datetime.timedelta(hours=1))
    page = page_of(client, "/corrections/")
    assert "군의 반론" in page
    assert f'<span class="fixes__kind">{Correction.Kind.REPLY.label}</span>' in page
    assert "2026-11-20 12:00" in page
    assert "<p>둘째 &lt;b&gt;문단&lt;/b&gt;.</p>" in page
    assert f'<a href="/articles/{article.pk}/">다리 안전진단</a>' in page
    assert "내일 알림" not in page


def test_advertising_is_named_on_lists(client, shelf):
    """It stands in lists under its own mark (Newspapers Act, art. 6)."""
    same, addresses = shelf
    make_article("사과 예약", origin=Origin.AD, source_name="솔향찬방", **same)
    for name in LISTS:
        assert "card__label--ad" in page_of(client, addresses[name]), name
