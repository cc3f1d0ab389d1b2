"""Every page has a budget of queries, and asks as many of a large paper as of a small one."""

import datetime
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.models import Article, SectionDuty, WorkingCopy
from articles.prechecks.loading import remember
from articles.states import State
from newsroom.front.models import Front, Slot
from newsroom.notices.models import Note, Notice
from newsroom.planning.models import Assignment
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
ARTICLE, FRONT, LIST, DESK_LIST, DESK_PAGE = 10, 12, 8, 12, 20
# Search looks for the words as they stand, then for rare ones, and for people, series and tags of that name;
# PostgreSQL is asked for the size of the archive, too.
SEARCH = 12
BUDGETS = {"article": ARTICLE, "print": ARTICLE, "front page": FRONT, "search": SEARCH}


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


@pytest.fixture
def desk(same, story):
    """The people of a desk: who sees everything, who answers for a section, and a writer with a byline."""
    people = {"editor-in-chief": make_user("editor-in-chief"), "desk": make_user("desk")}
    SectionDuty.objects.create(user=people["desk"], section=same["section"])
    people["reporter"] = make_user("reporter")
    same["reporters"][0].user = people["reporter"]
    same["reporters"][0].save()
    work(story, same, people, many=2)
    return people


def work(story, same, people: dict, many: int) -> None:
    """Let the desk work: so many stories, changes, versions, notes, notices, working copies and assignments."""
    now, chief = timezone.now(), people["editor-in-chief"]
    hour = datetime.timedelta(hours=1)
    for number in range(many):
        due = {"deadline": now + hour, "created_by": people["reporter"]} | same
        for state in (State.DRAFT, State.SUBMITTED, State.RETURNED, State.HELD):
            make_article(f"이야기 {state} {number}", state=state, **due)
        make_article(f"예정된 이야기 {number}", hours_ago=-5, **due)
        changed(make_article(f"고치는 이야기 {number}", **due), "낱말", chief)
        changed(make_article(f"나중에 바뀌는 이야기 {number}", **due), "때", chief, at=now + hour)
        changed(story, f"고친 제목 {Note.objects.count()} {number}", chief)
        reporter = make_reporter(f"기자 {number}")
        story.bylines.create(reporter=reporter, order=10 + number)
        remember(make_article(f"닮은 이야기 {number}", body=story.body, **due))
        Note.objects.create(article=story, by=people["desk"], text="메모", resolved_by=chief, resolved_at=now)
        for user in people.values():
            Notice.objects.create(
                user=user, article=make_article(f"알림 {number}", **due), kind="note", by=chief
            )
            WorkingCopy.objects.create(
                article=Article.objects.first(), by=user, sequence=1, data={"headline": ["쓰다"]}
            )
            row = Assignment.objects.create(what="취재", starts_at=now, deadline=now, section=same["section"])
            row.assignees.add(*people.values())


def changed(article, headline: str, by, *, at=None) -> None:
    """Submit a change of a public story, and approve it for ``at`` where that is given."""
    snapshot = replace(actions.newest(article), headline=headline)
    actions.save(article=article, snapshot=snapshot, by=by)
    if article.stage != State.SUBMITTED:
        actions.submit(article=article, by=by)
    if at:
        actions.approve(
            article=article, by=make_user("editor-in-chief"), change="update", at=at, override="때를 기다림"
        )


def lists_of_the_desk() -> dict[str, str]:
    """Return the addresses of the lists, all of which may ask twelve queries."""
    stories = reverse("admin:articles_article_changelist")
    return {
        "list": stories,
        "search": f"{stories}?q=이야기",
        "filtered": f"{stories}?change=any&due=week",
        "index": reverse("admin:index"),
        "queue": reverse("admin:desk_queue"),
        "mine": reverse("admin:desk_mine"),
        "calendar": reverse("admin:newsroom_planning_assignment_calendar"),
        "assignments": reverse("admin:newsroom_planning_assignment_changelist"),
        "notices": reverse("admin:newsroom_notices_notice_changelist"),
        "photo library": reverse("admin:articles_photo_library"),
        "photos": reverse("admin:articles_photo_changelist"),
    }


def pages_of_the_desk(story) -> dict[str, str]:
    """Return the addresses of the pages of one story, which may ask twenty queries."""
    return {
        "form": reverse("admin:articles_article_change", args=[story.pk]),
        "new story": reverse("admin:articles_article_add"),
        "comparison": reverse("admin:articles_article_compare", args=[story.pk]),
        "first versions": reverse("admin:articles_article_compare", args=[story.pk]) + "?a=1&b=2",
        "preview": reverse("admin:articles_article_preview", args=[story.pk]),
        "preview page": reverse("admin:articles_article_preview_page", args=[story.pk, "page"]),
        "checks": reverse("admin:articles_article_prechecks", args=[story.pk]),
        "notes": reverse("admin:newsroom_notices_note_story", args=[story.pk]),
    }


@pytest.mark.parametrize("role", ["editor-in-chief", "desk", "reporter"])
def test_the_desk_holds_its_budget_however_large_the_paper(client, same, story, desk, role):
    """Lists ask 12 queries at most, pages of a story 20: as many with little work as with much."""
    client.force_login(desk[role])
    addresses = lists_of_the_desk() | pages_of_the_desk(story)
    client.get(addresses["list"])
    small = counts(client, addresses)
    lists = lists_of_the_desk()
    over = {
        name: count for name, count in small.items() if count > (DESK_LIST if name in lists else DESK_PAGE)
    }
    assert over == {}
    fill(story, same, 30)
    work(story, same, desk, many=8)
    large = counts(client, addresses)
    assert {name: (small[name], count) for name, count in large.items() if count > small[name]} == {}
