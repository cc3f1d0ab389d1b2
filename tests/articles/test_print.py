"""The print page: a document of its own, at the reader's text size, with and without photos."""

import datetime
import re

import pytest
import segno
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone, translation

from articles.html import with_figures
from articles.templatetags.printing import QUIET, qr
from newsroom.publication.models import Publication

from ..factories import make_article, make_correction, make_photo, make_reporter, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """Read the words of the page as they stand in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def story():
    """A story with everything that is printed, in a paper with an address."""
    Publication.objects.create(name="새여울신문", site_url="https://saeyeoul.example/", approved_label="승인")
    lead, second = make_photo("머리 사진."), make_photo("둘째 사진.")
    article = make_article(
        "나루터 <창고>", deck="부제", reporters=[make_reporter("윤슬아")], hours_ago=5, tags=["강"],
        photos=[lead, second], body=with_figures("<p>첫 문단.</p><p>둘째.</p><p>셋째.</p>", [(second.pk, "", 2)]),
    )  # fmt: skip
    make_correction(article, title="바로잡습니다")
    return article


def document(client, article, query: str = "") -> BeautifulSoup:
    """Return the parsed print page."""
    response = client.get(reverse("articles:print", args=[article.pk]) + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(element) -> str:
    """Return the words of an element with single spaces."""
    return " ".join(element.get_text(" ").split())


def test_the_document_is_complete(client, story):
    """Paper, headline, deck, names, times, photos with captions, text, correction, copyright, address, version."""
    page = document(client, story)
    sheet = words(page.select_one("main.sheet"))
    approved = timezone.localtime(story.approved_at).strftime("%Y-%m-%d %H:%M:%S")
    parts = [
        "새여울신문", "나루터 <창고>", "부제", "윤슬아 기자", f"승인 : {approved}", "바로잡습니다", "▲ 머리 사진.",
        "[새여울신문] 첫 문단.", "▲ 둘째 사진.", "[저작권자ⓒ 새여울신문. 무단전재-재배포 금지]",
        f"https://saeyeoul.example/articles/{story.pk}/", f"Version of {approved}", "Printed",
    ]  # fmt: skip
    positions = [sheet.index(part) for part in parts]
    assert positions == sorted(positions)
    assert page.html["data-paper"] == "새여울신문"


def test_the_chrome_and_the_readers_stay_away(client, story):
    """No menu, no sidebar, no comments, no tags; one bar that is not printed."""
    page = document(client, story)
    assert not page.select(".header, .menu, .footer, .sidebar, #comments, .tags")
    assert [sheet["href"] for sheet in page.select("link[rel=stylesheet]")] == ["/static/css/print.css"]
    assert page.select_one(".bar button.needs-script[data-print]")


def test_machines_are_sent_to_the_story(client, story):
    """Not indexed; the canonical address is the story's own."""
    page = document(client, story)
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert page.select_one("link[rel=canonical]")["href"] == f"https://saeyeoul.example/articles/{story.pk}/"


@pytest.mark.parametrize(
    ("query", "step"),
    [
        ("", None),
        ("?size=0", "0"),
        ("?size=4", "4"),
        ("?size=5", None),
        ("?size=-1", None),
        ("?size=", None),
        ("?size=%3Cb%3E", None),
        ("?size=1&size=3", "3"),
        ("?size=" + "9" * 500, None),
    ],
)
def test_the_text_size_comes_from_the_address(client, story, query, step):
    """Five sizes; nonsense falls back to the usual one."""
    assert document(client, story, query).html.get("data-step") == step


def test_photos_can_be_left_out(client, story):
    """A link switches them off and on and keeps the text size; no caption stays behind alone."""
    shown = document(client, story, "?size=3")
    assert len(shown.select("figure img")) == 2
    assert all(picture.get("loading") is None for picture in shown.select("img"))
    (switch,) = [link for link in shown.select(".bar a") if link["href"].startswith("?")]
    assert switch["href"] == "?photos=0&size=3"
    hidden = document(client, story, switch["href"])
    assert not hidden.select("figure, figcaption, img")
    assert "셋째." in words(hidden.select_one(".text"))
    assert [link["href"] for link in hidden.select(".bar a")][1] == "?size=3"
    assert len(document(client, make_article(section=make_section())).select(".bar a")) == 1


def test_the_version_is_the_last_update(client, story):
    """What was printed can be told from what stands there later."""
    story.updated_at = timezone.now() - datetime.timedelta(hours=1)
    story.save(update_fields=["updated_at"])
    updated = timezone.localtime(story.updated_at).strftime("%Y-%m-%d %H:%M:%S")
    colophon = document(client, story).select_one(".colophon")
    assert f"Version of {updated}" in words(colophon)
    assert colophon.select_one("[data-now]")["data-now"] == "Asia/Seoul"


def test_advertising_is_marked_on_paper(client):
    """The mark stands before and behind the text."""
    page = document(client, make_article(origin="ad", source_name="솔향찬방"))
    assert [words(mark) for mark in page.select(".ad .ad__mark")] == [
        "Advertising Provided by 솔향찬방",
        "Advertising",
    ]


def test_the_qr_code_is_the_address():
    """The path of the drawing covers exactly the dark modules of the code; nothing is styled inline."""
    address = "https://saeyeoul.example/articles/7/"
    drawing = qr(address)
    assert "style" not in drawing
    dark = set()
    for x, y, width, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", drawing):
        assert width == back
        dark |= {(int(x) + step - QUIET, int(y) - QUIET) for step in range(int(width))}
    matrix = segno.make(address, error="m", micro=False).matrix
    assert dark == {(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    assert f'viewBox="0 0 {len(matrix) + 2 * QUIET} {len(matrix) + 2 * QUIET}"' in drawing


def test_the_print_page_costs_little(client, story, django_assert_max_num_queries):
    """Story, names, photos, corrections, paper."""
    with django_assert_max_num_queries(5):
        document(client, story)


def test_what_is_not_public_is_not_printed(client):
    """A draft, a story for later and a number that is none answer alike."""
    draft, later = make_article(state="draft"), make_article(hours_ago=-2)
    for key in (draft.pk, later.pk, 10**30):
        assert client.get(f"/articles/{key}/print/").status_code == 404
