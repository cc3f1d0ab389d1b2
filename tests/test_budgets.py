"""Every page has a budget of queries, and asks as many of a large paper as of a small one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom.front.models import Front, Slot
from newsroom.publication.models import Page, Publication
from newsroom.readers.models import Comment

from .factories import (
    make_article,
    make_correction,
    make_photo,
    make_reporter,
    make_section,
    make_series,
    make_sidebar,
    make_user,
    pin,
)
from .surfaces import surfaces

KINDS = ("latest", "photo_news", "related", "reporter", "section", "series", "most_read", "notice")
ARTICLE, FRONT, LIST, DESK_LIST = 10, 12, 8, 12
BUDGETS = {"article": ARTICLE, "print": ARTICLE, "front page": FRONT}


@pytest.fixture
def same(db) -> dict:
    """What all stories of the paper share; every part of its pages is filled."""
    Publication.objects.create(name="새여울신문")
    Page.objects.create(title="회사소개", slug="company", body="<p>글</p>")
    section = make_section("새여울읍", slug="eupnae", parent=make_section("지역", slug="local"))
    return {
        "section": section,
        "series": make_series(),
        "reporters": [make_reporter("한나래"), make_reporter("온새미")],
        "photos": [make_photo("하나."), make_photo("둘."), make_photo("셋.")],
        "tags": ["강변", "다리", "쌀값", "청년"],
    }


@pytest.fixture
def story(same):
    """A story with everything, among two others; sidebars with pinned stories in every place, curated fronts."""
    story = make_article("창고 이야기", guests=["온누리"], **same)
    others = [make_article(f"이웃 이야기 {number}", hours_ago=2 + number, **same) for number in range(2)]
    story.related.add(*others)
    make_correction(story)
    for place in ("article", "below", "list", "front"):
        for block in make_sidebar(place, kinds=KINDS, text="알림").blocks.all():
            pin(block, others[0])
    for front in (Front.objects.create(), Front.objects.create(section=same["section"])):
        Slot.objects.create(front=front, article=story)
    return story


def counts(client, addresses: dict[str, str]) -> dict[str, int]:
    """Return the number of queries of every page by its name."""
    found = {}
    for name, address in addresses.items():
        with CaptureQueriesContext(connection) as context:
            assert client.get(address).status_code == 200, name
        found[name] = len(context)
    return found


def fill(story, same, many: int) -> None:
    """Add stories and comments to the paper."""
    for number in range(many):
        make_article(f"또 다른 이야기 {number}", hours_ago=5 + number, **same)
    Comment.objects.bulk_create(
        Comment(article=story, name="독자", text=f"댓글 {number}", state=Comment.State.PUBLIC)
        for number in range(many)
    )


def test_readers_pages_hold_their_budgets_however_large_the_paper(client, same, story):
    """Stories 10, fronts 12, lists 8: as many with three stories as with sixty."""
    addresses = surfaces(story, word="이야기")
    small = counts(client, addresses)
    over = {name: count for name, count in small.items() if count > BUDGETS.get(name, LIST)}
    assert over == {}
    fill(story, same, 60)
    large = counts(client, addresses)
    grown = {name: (small[name], count) for name, count in large.items() if count > small[name]}
    # A list of a single page has nothing to look up the second time.
    assert grown == {}


def test_the_desk_holds_its_budget_however_large_the_paper(client, same, story):
    """The list of stories asks 12 queries at most, the form the same for a small and a large paper."""
    client.force_login(make_user("editor-in-chief"))
    addresses = {
        "list": reverse("admin:articles_article_changelist"),
        "search": reverse("admin:articles_article_changelist") + "?q=이야기",
        "index": reverse("admin:index"),
        "form": reverse("admin:articles_article_change", args=[story.pk]),
    }
    client.get(addresses["list"])
    small = counts(client, addresses)
    assert max(small["list"], small["search"], small["index"]) <= DESK_LIST
    fill(story, same, 60)
    large = counts(client, addresses)
    assert {name: count for name, count in large.items() if count > small[name]} == {}
