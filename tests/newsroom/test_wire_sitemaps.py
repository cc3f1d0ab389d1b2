"""Sitemaps and robots: every public story once, nothing else, and never all of them at a time."""

import datetime
import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.states import Origin, State
from newsroom.publication.models import Publication
from newsroom.wire import sitemaps

from ..factories import make_article, make_correction, make_reporter, make_section, make_series

pytestmark = pytest.mark.django_db
SITE = "https://www.naru.example"
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


@pytest.fixture
def paper():
    return Publication.objects.create(name="나루 & 신문", site_url=SITE)


def xml(client, path: str) -> ET.Element:
    """Fetch and parse a document of ours."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert answer.content.startswith(b'<?xml version="1.0"')
    return ET.fromstring(answer.content)  # noqa: S314  (our own document)


def places(root: ET.Element) -> list[str]:
    return [loc.text for loc in root.iterfind(".//s:loc", NS)]


def all_stories(client) -> list[str]:
    """Return the addresses in all the pages of stories that the index names."""
    pages = [place for place in places(xml(client, "/sitemap.xml")) if "stories-" in place]
    return [place for page in pages for place in places(xml(client, page.removeprefix(SITE)))]


def test_the_index_leads_to_every_public_story_once(client, paper, monkeypatch):
    """Over several pages by ranges of numbers."""
    monkeypatch.setattr(sitemaps, "RANGE", 4)
    stories = [make_article(f"기사 {number}") for number in range(10)]
    found = all_stories(client)
    assert found == [f"{SITE}{story.get_absolute_url()}" for story in stories]
    assert len(places(xml(client, "/sitemap.xml"))) in (4, 5)  # the page of lists, and three or four ranges


def test_a_range_without_stories_is_no_page(client, paper):
    """Nor is a number that no story can have."""
    make_article()
    for number in ("77", "99999999999999999999"):
        assert client.get(f"/sitemaps/stories-{number}.xml").status_code == 404


def test_a_story_tells_when_it_was_last_changed(client, paper):
    """Published, then updated, then corrected, with the offset of the paper's time zone."""
    story = make_article(published_at=datetime.datetime(2026, 11, 20, 1, 2, 3, 456, tzinfo=datetime.UTC))
    path = reverse("wire:sitemap_stories", args=[story.pk // sitemaps.RANGE])

    def modified() -> str:
        return xml(client, path).find(".//s:lastmod", NS).text

    assert modified() == "2026-11-20T10:02:03+09:00"
    story.updated_at = datetime.datetime(2026, 11, 20, 2, 0, tzinfo=datetime.UTC)
    story.save()
    assert modified() == "2026-11-20T11:00:00+09:00"
    make_correction(story, published_at=datetime.datetime(2026, 11, 20, 3, 0, tzinfo=datetime.UTC))
    make_correction(story, published_at=timezone.now() + datetime.timedelta(hours=1))
    assert modified() == "2026-11-20T12:00:00+09:00"


def test_the_page_of_lists_names_what_readers_find_stories_under(client, paper):
    """Sections of the menu; series and reporters with a public story."""
    section, series, reporter = (
        make_section("경제", slug="economy"),
        make_series(slug="run"),
        make_reporter(slug="han"),
    )
    make_article(section=section, series=series, reporters=[reporter])
    make_section("닫힌 섹션", slug="closed", is_active=False)
    make_article(
        "비밀", hours_ago=-1, series=make_series(slug="secret"), reporters=[make_reporter(slug="hidden")]
    )
    found = places(xml(client, reverse("wire:sitemap_lists")))
    assert found[0] == f"{SITE}/"
    for path in (
        "/latest/",
        "/sections/economy/",
        "/series/run/",
        "/reporters/han/",
        "/about/",
        "/most-read/",
    ):
        assert f"{SITE}{path}" in found
    assert not [place for place in found if "closed" in place or "secret" in place or "hidden" in place]


def test_the_news_sitemap_holds_the_news_of_two_days(client, paper):
    """The whole document; advertising is no news."""
    story = make_article("쌀값 <오른다> & 내린다")
    make_article("그저께 기사", hours_ago=49)
    make_article("과일 상자", origin=Origin.AD, source_name="과일가게")
    at = timezone.localtime(story.published_at).isoformat(timespec="seconds")
    assert client.get("/news-sitemap.xml").content.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
        f"<url>\n<loc>{SITE}/articles/{story.pk}/</loc>\n<news:news>\n"
        "<news:publication><news:name>나루 &amp; 신문</news:name><news:language>ko</news:language></news:publication>\n"
        f"<news:publication_date>{at}</news:publication_date>\n"
        "<news:title>쌀값 &lt;오른다&gt; &amp; 내린다</news:title>\n</news:news>\n</url>\n</urlset>\n"
    )


@pytest.mark.parametrize("state", [state for state in State if state != State.APPROVED])
def test_only_public_stories_are_in_sitemaps(client, paper, state):
    """Of any other there is not even a number."""
    first = make_article("보이는 기사")
    for hidden in ({"state": state}, {"hours_ago": -1}):
        make_article("비밀", **hidden)
    assert all_stories(client) == [f"{SITE}{first.get_absolute_url()}"]
    assert places(xml(client, "/news-sitemap.xml")) == [f"{SITE}{first.get_absolute_url()}"]
    first.delete()
    assert all_stories(client) == []
    assert len(places(xml(client, "/sitemap.xml"))) == 1
    assert xml(client, "/news-sitemap.xml").findall("s:url", NS) == []


def test_sitemaps_cost_the_same_for_one_and_for_many(client, paper, django_assert_num_queries):
    """Publication and the ends of the archive; publication and the stories of one page."""
    story = make_article()
    page = reverse("wire:sitemap_stories", args=[story.pk // sitemaps.RANGE])
    for _ in range(2):
        for path, queries in (
            ("/sitemap.xml", 3),
            (page, 2),
            ("/news-sitemap.xml", 2),
            ("/sitemaps/lists.xml", 4),
        ):
            with django_assert_num_queries(queries):
                client.get(path)
        for number in range(20):
            make_article(f"기사 {number}", reporters=[make_reporter()])


def test_robots_learn_where_the_sitemaps_are(client, paper):
    """And what to leave alone."""
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == (
        "User-agent: *\nDisallow: /admin/\nDisallow: /search/\n\n"
        f"Sitemap: {SITE}/sitemap.xml\nSitemap: {SITE}/news-sitemap.xml\n"
    )
