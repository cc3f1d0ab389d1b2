"""What pages say of themselves to search engines and shared links, read back as those read it."""

import datetime
import json

import extruct
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Byline, Placement
from articles.states import Origin, State
from articles.tasks import finish_photo
from newsroom.publication.models import Publication

from ..factories import (
    make_article,
    make_correction,
    make_photo,
    make_reporter,
    make_section,
    make_series,
    make_source,
)

pytestmark = pytest.mark.django_db
SITE = "https://www.naru.example"
AT = datetime.datetime(2026, 11, 20, 0, 41, 5, 999, tzinfo=datetime.UTC)
NASTY = "</script><script>alert(1)</script><!-- \u2028 & ' \""


@pytest.fixture
def paper():
    return Publication.objects.create(name="나루신문", description="강가의 신문", site_url=f"{SITE}/")


def rich_story(**fields):
    """Make a story that has everything to tell."""
    section = make_section("농업", slug="farming", parent=make_section("경제", slug="economy"))
    story = make_article(
        "쌀값 오른다",
        **{
            "published_at": AT,
            "deck": "첫 줄\n둘째 줄",
            "section": section,
            "series": make_series("들녘", slug="field"),
            "reporters": [make_reporter("한나래", slug="han-narae")],
            "guests": ["온새미"],
            "photos": [make_photo("들녘."), make_photo("장터.", size=(1800, 900), credit="나루군")],
            "tags": ["쌀값", "농협"],
        }
        | fields,
    )
    photographer = make_reporter("백가람", title="사진기자", slug="baek")
    Byline.objects.create(article=story, reporter=photographer, role="photo", order=9)
    return story


def head(client, path: str, **asked) -> dict:
    """Return the meta tags of a page by name or property (lists where there are several), and its links."""
    answer = client.get(path, asked)
    soup = BeautifulSoup(answer.content, "html.parser")
    found: dict = {}
    for tag in soup.head.find_all("meta"):
        key = tag.get("name") or tag.get("property")
        found.setdefault(key, []).append(tag.get("content"))
    found = {key: values[0] if len(values) == 1 else values for key, values in found.items()}
    for rel in ("canonical", "next"):
        found[rel] = [link["href"] for link in soup.head.find_all("link", rel=rel)]
    found["feeds"] = [link["href"] for link in soup.head.find_all("link", rel="alternate")]
    return found


def described(client, path: str) -> list[dict]:
    """Return the JSON-LD of a page as a reader of structured data finds it."""
    answer = client.get(path)
    assert answer.status_code == 200
    return extruct.extract(answer.content.decode(), syntaxes=["json-ld"])["json-ld"]


def test_the_head_of_a_story(client, paper):
    """Open Graph, card, description, canonical address, feed: absolute, with sizes and offsets."""
    story = rich_story(updated_at=AT + datetime.timedelta(hours=1))
    found = head(client, story.get_absolute_url(), utm_source="portal", before="1-1")
    address = f"{SITE}/articles/{story.pk}/"
    assert found["canonical"] == [address]
    assert found["next"] == []
    assert found["feeds"] == [f"{SITE}/feeds/all.xml"]
    assert found["robots"] == "max-image-preview:large"
    assert found["description"] == found["og:description"] == "첫 문단이다. 둘째 문단이다."
    expected = {
        "og:type": "article",
        "og:site_name": "나루신문",
        "og:title": "쌀값 오른다",
        "og:url": address,
        "og:image": f"{SITE}{story.lead_photo.url(1200)}",
        "og:image:width": "900",
        "og:image:height": "600",
        "og:image:alt": "물안개가 낀 강",
        "article:published_time": "2026-11-20T09:41:05+09:00",
        "article:modified_time": "2026-11-20T10:41:05+09:00",
        "article:section": "농업",
        "article:author": ["한나래 기자", "온새미", "백가람 사진기자"],
        "article:tag": ["쌀값", "농협"],
        "twitter:card": "summary_large_image",
    }
    assert {key: found[key] for key in expected} == expected


def test_the_print_page_belongs_to_its_story(client, paper):
    """Out of search engines, with the story's own address as the canonical one."""
    story = rich_story()
    found = head(client, reverse("articles:print", args=[story.pk]))
    assert found["robots"] == "noindex"
    assert found["canonical"] == [f"{SITE}{story.get_absolute_url()}"]


def test_a_large_photo_is_offered_in_the_size_for_sharing(client):
    """The rendition of 1,200 pixels with the height it has."""
    story = make_article(photos=[make_photo(size=(2000, 1500))])
    found = head(client, story.get_absolute_url())
    assert found["og:image"] == f"http://testserver{story.lead_photo.url(1200)}"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "900")


def test_a_story_without_photo_has_a_drawn_picture(client, paper):
    """Of its headline, twice as wide as high; other pages have the paper's nameplate."""
    story = make_article()
    for path, words, start in (
        (story.get_absolute_url(), story.headline, f"{SITE}/share/{story.pk}-"),
        (reverse("articles:print", args=[story.pk]), story.headline, f"{SITE}/share/{story.pk}-"),
        ("/", "나루신문", f"{SITE}/share/paper-"),
        ("/latest/", "나루신문", f"{SITE}/share/paper-"),
        (story.section.get_absolute_url(), "나루신문", f"{SITE}/share/paper-"),
    ):
        found = head(client, path)
        assert found["og:image"].startswith(start), path
        assert found["og:image:type"] == "image/png"
        assert (found["og:image:width"], found["og:image:height"]) == ("1200", "600")
        assert found["og:image:alt"] == words
        assert found["twitter:card"] == "summary_large_image"


def test_lists_keep_their_position_and_drop_the_rest(client, paper):
    """Canonical address and next page of a list; unknown keys make no page of their own."""
    for number in range(25):
        make_article(f"기사 {number}", hours_ago=number + 1)
    found = head(client, "/latest/", utm_source="x", fbclid="y")
    assert found["canonical"] == [f"{SITE}/latest/"]
    assert found["og:type"] == "website"
    (following,) = found["next"]
    assert following.startswith(f"{SITE}/latest/?before=")
    second = head(client, following.removeprefix(SITE))
    assert second["canonical"] == [following]
    assert second["next"] == []


def test_sections_and_reporters_name_their_feeds(client, paper):
    """The special one first, the whole paper's after it."""
    story = rich_story()
    reporter = story.bylines.first().reporter
    feeds = head(client, reporter.get_absolute_url())["feeds"]
    assert feeds == [f"{SITE}/feeds/reporters/han-narae.xml", f"{SITE}/feeds/all.xml"]
    feeds = head(client, story.section.get_absolute_url())["feeds"]
    assert feeds == [f"{SITE}/feeds/sections/farming.xml", f"{SITE}/feeds/all.xml"]


def test_empty_lists_stay_out_of_search_engines(client):
    """Until there is something to find."""
    series = make_series(slug="run")
    assert head(client, series.get_absolute_url())["robots"] == "noindex"
    make_article(series=series)
    assert head(client, series.get_absolute_url())["robots"] != "noindex"


def test_the_window_of_the_most_read_is_a_page_of_its_own(client, paper):
    """Other keys are not."""
    assert head(client, "/most-read/", hours="168", x="1")["canonical"] == [f"{SITE}/most-read/?hours=168"]


def test_a_story_is_described_to_machines(client, paper):
    """NewsArticle with pictures, times, people and publisher, and the way to it."""
    story = rich_story(updated_at=AT + datetime.timedelta(hours=1))
    make_correction(
        story, title="바로잡음", text="날짜가 틀렸습니다.", published_at=AT + datetime.timedelta(hours=2)
    )
    make_correction(story, title="아직 아님", published_at=timezone.now() + datetime.timedelta(hours=1))
    found, crumbs = described(client, story.get_absolute_url())
    address = f"{SITE}/articles/{story.pk}/"
    lead, second = (row.photo for row in Placement.objects.order_by("order"))
    assert found["@type"] == "NewsArticle"
    assert found["headline"] == "쌀값 오른다"
    assert found["mainEntityOfPage"] == {"@type": "WebPage", "@id": address}
    assert (found["datePublished"], found["dateModified"]) == (
        "2026-11-20T09:41:05+09:00",
        "2026-11-20T11:41:05+09:00",
    )
    assert found["articleSection"] == "농업"
    assert found["keywords"] == ["쌀값", "농협"]
    assert found["isAccessibleForFree"] is True
    assert found["publisher"]["name"] == "나루신문"
    assert found["isPartOf"]["url"] == f"{SITE}/series/field/"
    assert found["author"] == [
        {"@type": "Person", "name": "한나래", "jobTitle": "기자", "url": f"{SITE}/reporters/han-narae/"},
        {"@type": "Person", "name": "온새미"},
    ]
    assert [person["name"] for person in found["contributor"]] == ["백가람"]
    assert [(image["url"], image["width"], image["height"]) for image in found["image"]] == [
        (f"{SITE}{lead.url(1200)}", 900, 600),
        (f"{SITE}{second.url(1200)}", 1200, 600),
    ]
    assert found["image"][1]["creditText"] == "나루군"
    assert [(row["name"], row["text"]) for row in found["correction"]] == [("바로잡음", "날짜가 틀렸습니다.")]
    steps = [(step["position"], step["name"], step["item"]) for step in crumbs["itemListElement"]]
    assert steps == [
        (1, "나루신문", f"{SITE}/"),
        (2, "경제", f"{SITE}/sections/economy/"),
        (3, "농업", f"{SITE}/sections/farming/"),
        (4, "쌀값 오른다", address),
    ]


def test_what_is_not_known_is_not_said(client, paper):
    """A story without names is the paper's, one without photos has the drawn picture alone."""
    found, crumbs = described(
        client, make_article(section=make_section("사회", slug="society")).get_absolute_url()
    )
    assert found["author"] == [found["publisher"]]
    (image,) = found["image"] if isinstance(found["image"], list) else [found["image"]]
    assert image["url"].startswith(f"{SITE}/share/")
    assert (image["width"], image["height"]) == (1200, 600)
    assert "caption" not in image
    for key in ("keywords", "correction", "isPartOf", "sponsor"):
        assert key not in found
    assert len(crumbs["itemListElement"]) == 3


def test_advertising_and_agencies_are_named(client, paper):
    """Advertising is not called news, and says who pays; an agency's story says whose it is."""
    ad = make_article("과일 상자", origin=Origin.AD, source_name="과일가게")
    found = described(client, ad.get_absolute_url())[0]
    assert (found["@type"], found["sponsor"]["name"]) == ("AdvertiserContentArticle", "과일가게")
    wire = make_article(
        "전국 날씨", origin=Origin.AGENCY, source=make_source("한결통신", url="https://hk.example/")
    )
    found = described(client, wire.get_absolute_url())[0]
    assert found["@type"] == "NewsArticle"
    assert found["sourceOrganization"] == {
        "@type": "Organization",
        "name": "한결통신",
        "url": "https://hk.example/",
    }
    assert "copyrightHolder" not in found


def test_the_front_describes_the_paper_and_its_search(client, paper):
    """With the particulars that the paper publishes."""
    paper.phone, paper.first_published_on = "000-000-0000", datetime.date(2006, 4, 7)
    paper.save()
    organization, site = described(client, "/")
    assert (organization["@type"], organization["name"]) == ("NewsMediaOrganization", "나루신문")
    assert (organization["telephone"], organization["foundingDate"]) == ("000-000-0000", "2006-04-07")
    assert site["@type"] == "WebSite"
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/search/?q={{search_term_string}}"
    assert site["publisher"]["@id"] == organization["@id"]


def test_no_text_can_leave_its_place(client, paper):
    """Whatever stands in names and texts, the data block ends where it ends and holds what was written."""
    section = make_section(NASTY[:40], slug="nasty")
    story = make_article(
        NASTY, deck=NASTY, section=section, guests=[NASTY[:40]], tags=[NASTY[:20].replace("/", "")],
        photos=[make_photo(NASTY, alt=NASTY)],
    )  # fmt: skip
    make_correction(story, title=NASTY, text=NASTY)
    page = client.get(story.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "\u2028" not in page.split("application/ld+json")[1].split("</script>")[0]
    found = described(client, story.get_absolute_url())[0]
    assert found["headline"] == story.headline
    assert found["correction"][0]["text"] == NASTY
    soup = BeautifulSoup(page, "html.parser")
    assert soup.head.find("meta", property="og:title")["content"] == story.headline
    for block in soup.find_all("script", type="application/ld+json"):
        assert json.loads(block.string)


@pytest.mark.parametrize("state", [state for state in State if state != State.APPROVED])
def test_hidden_stories_describe_nothing(client, paper, state):
    """The page that says «not here» gives no headline, no picture, no data away."""
    for hidden in ({"state": state}, {"published_at": timezone.now() + datetime.timedelta(hours=1)}):
        story = make_article("비밀 축제", photos=[make_photo("비밀 사진.")], **hidden)
        answer = client.get(story.get_absolute_url())
        assert answer.status_code in (404, 410)
        page = answer.content.decode()
        assert "비밀" not in page
        assert story.lead_photo.digest not in page
        assert "ld+json" not in page


def test_meta_and_data_of_a_story_ask_no_database(client, paper):
    """All they tell is loaded with the story."""
    story = rich_story()
    for _ in range(6):
        photo = make_photo()
        Placement.objects.create(article=story, photo=photo, place="text", order=5)
    few = make_article("작은 기사", section=story.section, reporters=[make_reporter()], photos=[make_photo()])
    counts = []
    for article in (few, story):
        with CaptureQueriesContext(connection) as captured:
            client.get(article.get_absolute_url())
        counts.append([query["sql"] for query in captured])
    bylines = [
        [sql for sql in sqls if "articles_byline" in sql or "articles_photo" in sql] for sqls in counts
    ]
    assert len(bylines[0]) == len(bylines[1])


def test_messengers_get_the_crop_and_search_engines_three(client, paper):
    """800 × 400 for Kakao once it is made, the whole picture until then; 16:9, 4:3 and 1:1 in the data."""
    article = make_article(photos=[make_photo(size=(1700, 1000)), make_photo()])
    path = article.get_absolute_url()
    assert "-1200.jpg" in head(client, path)["og:image"]
    finish_photo.func(article.lead_photo_id)
    found = head(client, path)
    assert "-2x1-50.40-800.jpg" in found["og:image"]
    assert (found["og:image:width"], found["og:image:height"]) == ("800", "400")
    facts = next(row for row in described(client, path) if row["@type"] == "NewsArticle")
    sizes = [(picture["width"], picture["height"]) for picture in facts["image"]]
    assert sizes == [(1200, 706), (1200, 675), (800, 600), (400, 400), (900, 600)]
