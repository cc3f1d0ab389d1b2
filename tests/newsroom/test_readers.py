"""Reads are counted once, for readers only, without keeping who they are; the most read follow from them."""

import datetime
import threading

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from articles.blocks import sidebars
from articles.models import SidebarBlock
from articles.states import State
from newsroom.readers import actions, ranking, visitors
from newsroom.readers.models import Ranking, ReadCount

from ..factories import make_article, make_reporter, make_sidebar, make_user

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A156N) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
KAKAO = PHONE + " KAKAOTALK 10.8.5 (INAPP)"


@pytest.fixture
def cache_in_process(settings):
    """A cache that lives by the clock of the test; Redis has its own."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


def read(client, article, *, agent=PHONE, address="203.0.113.7", **headers):
    """Send the beacon of a story as a browser does."""
    headers = {"user-agent": agent, "sec-fetch-site": "same-origin"} | headers
    return client.post(reverse("readers:beacon", args=[article.pk]), headers=headers, REMOTE_ADDR=address)


def reads(article) -> int:
    return sum(ReadCount.objects.filter(article=article).values_list("count", flat=True))


def test_a_read_is_counted_and_nothing_is_said(client):
    """The beacon counts one read in the hour it happens, answers with nothing and sets no cookie."""
    article = make_article()
    answer = read(client, article)
    assert (answer.status_code, answer.content) == (204, b"")
    assert not answer.cookies
    row = ReadCount.objects.get()
    assert (row.article, row.count) == (article, 1)
    assert row.hour == actions.hour_of(timezone.now())


def test_one_reader_counts_once_in_half_an_hour(client, cache_in_process):
    """Another address, another browser, another story and the time after count again."""
    article, other = make_article(), make_article("다른 기사")
    for _ in range(3):
        assert read(client, article).status_code == 204
    assert reads(article) == 1
    read(client, other)
    read(client, article, address="203.0.113.8")
    read(client, article, agent=KAKAO)
    assert (reads(article), reads(other)) == (3, 1)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=31), tick=True):
        read(client, article)
    assert reads(article) == 4


def test_neighbours_of_one_household_are_one_reader_in_ipv6(client):
    """The last 64 bits of an address change every day on one and the same phone."""
    article = make_article()
    read(client, article, address="2001:db8:1:2:3:4:5:6")
    read(client, article, address="2001:db8:1:2:ffff::1")
    read(client, article, address="2001:db8:1:3::1")
    assert reads(article) == 2


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(client, settings):
    """What a reader writes into the header is passed over; without a proxy the header is not believed."""
    article = make_article()
    read(client, article, **{"x-forwarded-for": "198.51.100.1"})
    read(client, article, **{"x-forwarded-for": "198.51.100.2"})
    assert reads(article) == 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    read(client, article, **{"x-forwarded-for": "1.1.1.1, 198.51.100.1"})
    read(client, article, **{"x-forwarded-for": "2.2.2.2, 198.51.100.1"})
    read(client, article, **{"x-forwarded-for": "3.3.3.3, 198.51.100.1"})
    assert reads(article) == 2
    read(client, article, **{"x-forwarded-for": "3.3.3.3, 198.51.100.2"})
    assert reads(article) == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"agent": "Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)"},
        {"agent": "facebookexternalhit/1.1; kakaotalk-scrap/1.0"},
        {"agent": "python-requests/2.32"},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_robots_and_prefetches_are_not_readers(client, headers):
    """They get the same answer as readers, so that they learn nothing."""
    article = make_article()
    assert read(client, article, **headers).status_code == 204
    assert reads(article) == 0
    assert read(client, article, agent=KAKAO).status_code == 204
    assert reads(article) == 1


def test_the_staff_are_not_readers(client):
    """Whoever is signed in to the desk counts nothing; the same browser signed out does."""
    article = make_article()
    client.force_login(make_user("reporter"))
    read(client, article)
    assert reads(article) == 0
    client.logout()
    read(client, article)
    assert reads(article) == 1


@pytest.mark.parametrize("state", [state for state in State if state != State.APPROVED])
def test_only_public_stories_are_counted(client, state):
    """Any other answers as if it did not exist."""
    hidden, embargoed = make_article(state=state), make_article(hours_ago=-1)
    for article in (hidden, embargoed):
        assert read(client, article).status_code == 404
    assert client.post("/articles/99999999999999999999/read/").status_code == 404
    assert client.get(reverse("readers:beacon", args=[make_article().pk])).status_code == 405
    assert not ReadCount.objects.exists()


def test_nothing_about_the_reader_is_kept(client):
    """No table holds the address, and its hash in the cache means nothing on another day."""
    article = make_article()
    read(client, article)
    names = {field.name for field in ReadCount._meta.get_fields()}
    assert names == {"id", "article", "hour", "count"}
    evening = datetime.datetime(2026, 11, 22, 23, 30, tzinfo=timezone.get_default_timezone())
    with time_machine.travel(evening, tick=True):
        today = visitors.hashed("203.0.113.7")
        assert today == visitors.hashed("203.0.113.7")
    with time_machine.travel(evening + datetime.timedelta(hours=1), tick=True):
        assert visitors.hashed("203.0.113.7") != today


def test_a_read_costs_few_queries(client, django_assert_max_num_queries):
    """Is the story public; add one. What counts the ranking comes on top once a minute."""
    article = make_article()
    read(client, article, address="203.0.113.1")
    with django_assert_max_num_queries(2):
        read(client, article, address="203.0.113.2")
    assert reads(article) == 2


@pytest.mark.django_db(transaction=True)
def test_reads_at_the_same_moment_are_all_counted():
    """Twelve readers at once, in an hour that has no row yet."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads share no SQLite database in memory")
    article = make_article()
    start = threading.Barrier(12)

    def count():
        try:
            start.wait()
            actions.count_read(article_id=article.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=count) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [row.count for row in ReadCount.objects.all()] == [12]


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_rank_at_the_same_moment_agree():
    """Neither fails, and no place is there twice."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads share no SQLite database in memory")
    for number in range(5):
        count(make_article(f"기사 {number}"), number + 1)
    start, faults = threading.Barrier(6), []

    def rank():
        try:
            start.wait()
            ranking.refresh(24)
        except Exception as error:  # noqa: BLE001  (the test reports whatever it was)
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=rank) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert [row.reads for row in Ranking.objects.filter(hours=24)] == [5, 4, 3, 2, 1]


def count(article, number: int, *, hours_ago: float = 0) -> None:
    """Have a story read ``number`` times in an hour gone by."""
    hour = actions.hour_of(timezone.now() - datetime.timedelta(hours=hours_ago))
    ReadCount.objects.create(article=article, hour=hour, count=number)


def test_the_ranking_follows_the_reads_of_its_window():
    """A day's ranking forgets what a week's still knows."""
    old, new = make_article("묵은 기사", hours_ago=90), make_article("새 기사")
    count(old, 500, hours_ago=30)
    count(old, 3)
    count(new, 10)
    ranking.refresh(24)
    ranking.refresh(168)
    assert list(ranking.most_read(24)) == [new, old]
    assert list(ranking.most_read(168)) == [old, new]
    assert list(Ranking.objects.filter(hours=168).values_list("position", "reads")) == [(1, 503), (2, 10)]


def test_a_ranking_that_grows_shorter_leaves_nothing_behind():
    """Places that nobody holds any more are gone."""
    first, second = make_article("가"), make_article("나")
    count(first, 2)
    count(second, 1)
    ranking.refresh(24)
    ReadCount.objects.filter(article=second).delete()
    ranking.refresh(24)
    assert list(Ranking.objects.values_list("position", "article")) == [(1, first.pk)]


def test_only_public_stories_are_ranked_and_shown():
    """One that was withdrawn since is left out before the next count, too."""
    shown, gone = make_article("남은 기사"), make_article("내린 기사")
    for article, number in ((gone, 9), (shown, 1), (make_article(hours_ago=-1), 50)):
        count(article, number)
    ranking.refresh(24)
    assert list(ranking.most_read(24)) == [gone, shown]
    assert list(Ranking.objects.values_list("article", flat=True)) == [gone.pk, shown.pk]
    gone.state = State.WITHDRAWN
    gone.save()
    assert list(ranking.most_read(24)) == [shown]


def test_the_first_read_of_a_minute_counts_the_windows_of_all_blocks(client, cache_in_process):
    """Those of the page, and those that editors set; the next read waits for its minute."""
    article, other = make_article(), make_article("다른 기사")
    make_sidebar(kinds=("most_read",), hours=72)
    read(client, article)
    assert set(Ranking.objects.values_list("hours", flat=True)) == {24, 72, 168}
    read(client, other)
    assert not other.rankings.exists()
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=61), tick=True):
        read(client, other, address="203.0.113.9")
    assert set(other.rankings.values_list("hours", flat=True)) == {24}  # longer windows change more slowly


def test_another_process_does_not_count_again_at_once(client):
    """A process with a cache of its own sees by the rows that somebody has just counted."""
    article = make_article()
    read(client, article)
    counted = Ranking.objects.get(hours=24).counted_at
    cache.clear()
    read(client, article, address="203.0.113.9")
    assert Ranking.objects.get(hours=24).counted_at == counted


def test_the_block_shows_the_ranking_of_its_window():
    """In the order of the reads, with «more» behind it."""
    first, second = make_article("둘째로 새것", hours_ago=2), make_article("새것", hours_ago=1)
    count(first, 20)
    count(second, 5)
    ranking.refresh(24)
    make_sidebar(kinds=("most_read",))
    (filled,) = sidebars(["article"])["article"]
    assert [item.article for item in filled.items] == [first, second]
    assert (filled.kind.template, filled.more) == ("articles/blocks/ranked.html", "/most-read/")
    SidebarBlock.objects.update(hours=168)
    assert sidebars(["article"])["article"] == []


def test_the_page_of_the_most_read_has_two_windows(client):
    """A day without saying so, a week by the address; anything else is the day."""
    article = make_article("일주일의 기사", hours_ago=60)
    count(article, 5, hours_ago=50)
    ranking.refresh(24)
    ranking.refresh(168)
    address = reverse("readers:most_read")
    assert "일주일의 기사" in client.get(address, {"hours": "168"}).content.decode()
    for hours in ("", "24", "abc", "-1", "99999999999999999999"):
        answer = client.get(address, {"hours": hours})
        assert answer.status_code == 200
        assert "일주일의 기사" not in answer.content.decode()


def test_the_page_of_the_most_read_costs_the_same_for_one_and_for_many(client, django_assert_max_num_queries):
    """Publication, menu, stories, bylines and their reporters, blocks: no query per story."""
    reporter = make_reporter()
    for number in range(30):
        count(make_article(f"기사 {number}", reporters=[reporter]), number + 1)
    ranking.refresh(24)
    with django_assert_max_num_queries(8):
        text = client.get(reverse("readers:most_read")).content.decode()
    assert text.count("most-read__item") == 20
    assert text.index("기사 29") < text.index("기사 28") < text.index("기사 10")
    assert "기사 9<" not in text
