"""Feeds: whole, valid, absolute, true to the public rule, and cheap to ask again."""

import datetime

import feedparser
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.models import Photo
from articles.states import Change, Origin, State
from newsroom.publication.models import Publication

from ..factories import make_article, make_correction, make_photo, make_reporter, make_section, make_user

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 22, 0, 41, 5, 123456, tzinfo=datetime.UTC)
NOON = datetime.datetime(2026, 11, 22, 3, 0, tzinfo=datetime.UTC)

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:dcterms="http://purl.org/dc/terms/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>나루신문</title>
<link>https://www.naru.example/</link>
<description>강가의 신문</description>
<language>ko</language>
<lastBuildDate>Sun, 22 Nov 2026 12:00:00 +0900</lastBuildDate>
<ttl>5</ttl>
<atom:link href="https://www.naru.example/feeds/all.xml" rel="self" type="application/rss+xml"/>
<item>
<title>쌀값 &amp; &lt;다리&gt;</title>
<link>https://www.naru.example/articles/{pk}/</link>
<guid isPermaLink="true">https://www.naru.example/articles/{pk}/</guid>
<pubDate>Sun, 22 Nov 2026 09:41:05 +0900</pubDate>
<dcterms:modified>2026-11-22T11:00:00+09:00</dcterms:modified>
<dc:creator>한나래 기자</dc:creator>
<dc:creator>온새미</dc:creator>
<category>경제</category>
<category>쌀값</category>
<description>“올해는” 다르다 &amp; 첫 문단.</description>
<media:content url="https://www.naru.example{photo}" medium="image" type="image/jpeg" width="900" \
height="600"><media:description type="plain">들녘.</media:description>\
<media:credit>제공=나루군</media:credit></media:content>
</item>
</channel>
</rss>
"""


@pytest.fixture
def paper():
    """A paper with an address and one story that holds everything a feed tells."""
    Publication.objects.create(
        name="나루신문", description="강가의 신문", site_url="https://www.naru.example/"
    )
    return make_article(
        "쌀값 & <다리>",
        published_at=AT,
        updated_at=datetime.datetime(2026, 11, 22, 2, 0, tzinfo=datetime.UTC),
        saved_at=NOON,
        section=make_section("경제", slug="economy"),
        reporters=[make_reporter("한나래", slug="han-narae")],
        guests=["온새미"],
        photos=[make_photo("들녘.", credit="제공=나루군")],
        tags=["쌀값", "경제"],
        body="<p>“올해는” <em>다르다</em> &amp; 첫 문단.</p>",
    )


def feed(client, name="wire:feed", *args, **headers):
    return client.get(reverse(name, args=args), headers=headers)


def test_the_feed_is_what_readers_of_feeds_expect(client, paper):
    """The whole document, word for word."""
    with time_machine.travel(NOON, tick=False):
        answer = feed(client)
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert answer.content.decode() == FEED.format(pk=paper.pk, photo=paper.lead_photo.url(1200))


def test_a_reader_of_feeds_understands_it(client, paper):
    """No fault found, and every part arrives where it belongs."""
    with time_machine.travel(NOON, tick=False):
        parsed = feedparser.parse(feed(client).content)
    assert not parsed.bozo
    assert parsed.version == "rss20"
    assert parsed.feed.language == "ko"
    (entry,) = parsed.entries
    assert entry.title == "쌀값 & <다리>"
    assert entry.id == entry.link == f"https://www.naru.example/articles/{paper.pk}/"
    assert entry.published_parsed[:5] == (2026, 11, 22, 0, 41)
    assert [author.name for author in entry.authors] == ["한나래 기자", "온새미"]
    assert [tag.term for tag in entry.tags] == ["경제", "쌀값"]
    assert entry.media_content[0]["width"] == "900"


def test_sections_and_reporters_have_feeds_of_their_own(client, paper):
    """Each with its own stories, title and addresses; unknown ones are not there."""
    make_article(
        "다른 기사", section=make_section("문화", slug="culture"), reporters=[make_reporter(slug="other")]
    )
    for name, slug, title in (
        ("wire:section_feed", "economy", "나루신문 · 경제"),
        ("wire:reporter_feed", "han-narae", "나루신문 · 한나래 기자"),
    ):
        parsed = feedparser.parse(feed(client, name, slug).content)
        assert parsed.feed.title == title
        assert [entry.title for entry in parsed.entries] == ["쌀값 & <다리>"]
        assert parsed.feed.links[-1].href == f"https://www.naru.example{reverse(name, args=[slug])}"
        assert feed(client, name, "no-such").status_code == 404


def test_without_an_address_in_the_settings_the_host_that_was_asked_stands_in(client):
    """Feeds hold absolute addresses in any case."""
    article = make_article()
    (entry,) = feedparser.parse(feed(client).content).entries
    assert entry.link == f"http://testserver/articles/{article.pk}/"


def test_advertising_is_told_apart(client):
    """Its title begins with the word for what it is (Newspapers Act, art. 6)."""
    make_article("겨울 과일 상자", origin=Origin.AD, source_name="과일가게")
    (entry,) = feedparser.parse(feed(client).content).entries
    assert entry.title == f"[{Origin.AD.label}] 겨울 과일 상자"


def test_asking_again_costs_two_queries(client, paper, django_assert_num_queries):
    """304 for who has the tag or the time, with nothing rendered; one query looks for changes that are due."""
    first = feed(client)
    with django_assert_num_queries(2):
        assert feed(client, **{"if-none-match": first.headers["ETag"]}).status_code == 304
    with django_assert_num_queries(2):
        again = feed(client, **{"if-modified-since": first.headers["Last-Modified"]})
    assert again.status_code == 304
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("what", ["new", "update", "withdraw", "correction", "nothing", "due"])
def test_whatever_changes_makes_a_feed_new(client, paper, what):
    """Neither the tag nor the time that a reader of feeds keeps hides a change."""
    waiting = make_article("예약", published_at=NOON + datetime.timedelta(minutes=30))
    chief = make_user("editor-in-chief")
    with time_machine.travel(NOON + datetime.timedelta(seconds=5), tick=False):
        before = feed(client)
    now = waiting.published_at if what == "due" else NOON + datetime.timedelta(minutes=10)
    with time_machine.travel(now, tick=False):
        if what == "new":
            make_article("새 기사", published_at=timezone.now())
        if what == "update":
            actions.amend(article=paper, by=chief, change=Change.UPDATE)
        if what == "withdraw":
            actions.withdraw(article=paper, by=chief, reason="사실 확인")
        if what == "correction":
            make_correction(paper, published_at=timezone.now())
        assert feed(client, **{"if-none-match": before.headers["ETag"]}).status_code == (
            304 if what == "nothing" else 200
        )
        asked = feed(client, **{"if-modified-since": before.headers["Last-Modified"]})
        assert asked.status_code == (304 if what == "nothing" else 200)


def test_a_correction_moves_the_time_of_its_story(client, paper):
    """As soon as readers see the notice, and not before."""
    make_correction(paper, published_at=NOON)
    with time_machine.travel(NOON - datetime.timedelta(minutes=1), tick=False):
        assert "<dcterms:modified>2026-11-22T11:00:00+09:00" in feed(client).content.decode()
    with time_machine.travel(NOON, tick=False):
        assert "<dcterms:modified>2026-11-22T12:00:00+09:00" in feed(client).content.decode()


@pytest.mark.parametrize("state", [state for state in State if state != State.APPROVED])
def test_only_public_stories_are_in_feeds(client, state):
    """Of any other there is not even a number; an empty feed is a feed."""
    section, reporter = make_section("경제", slug="economy"), make_reporter(slug="han")
    photo = make_photo("비밀.")
    for hidden in ({"state": state}, {"hours_ago": -1}):
        make_article("비밀", section=section, reporters=[reporter], photos=[photo], tags=["비밀"], **hidden)
    assert Photo.objects.exists()
    for name, args in (
        ("wire:feed", ()),
        ("wire:section_feed", ["economy"]),
        ("wire:reporter_feed", ["han"]),
    ):
        text = feed(client, name, *args).content.decode()
        assert "비밀" not in text
        assert "<item>" not in text
        assert not feedparser.parse(text).bozo


def test_feeds_cost_the_same_for_one_and_for_many(client, paper, django_assert_num_queries):
    """Traces, stories, bylines, publication; the section or reporter before them. Thirty stories at most."""
    counts = []
    for many in (0, 40):
        for number in range(many):
            make_article(
                f"기사 {number}", published_at=AT - datetime.timedelta(minutes=number), section=paper.section,
                reporters=[make_reporter()], photos=[paper.lead_photo], tags=[f"태그 {number}"],
            )  # fmt: skip
        with django_assert_num_queries(5):
            text = feed(client, "wire:section_feed", "economy").content.decode()
        counts.append(text.count("<item>"))
    assert counts == [1, 30]
