"""The preview: as readers will see it, for those who may, under a link that closes."""

import datetime
import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.models import Article, WorkingCopy
from articles.models.preview import PreviewLink
from articles.previewing import digest_of, make_link, open_link, preview, revoke_link
from articles.snapshots import Snapshot
from articles.states import State

from ..desk_forms import form_of, messages_of, signed_in
from ..factories import (
    make_article,
    make_correction,
    make_photo,
    make_reporter,
    make_section,
    make_sidebar,
    make_user,
)

pytestmark = pytest.mark.django_db

DAY = 24


@pytest.fixture
def desk():
    return make_user("desk")


@pytest.fixture
def story() -> Article:
    """A public story with all that a page can show."""
    lead, inside = make_photo(), make_photo("저녁 나루.")
    figure = (
        f'<figure data-photo="{inside.pk}" data-width="wide"><figcaption>저녁의 나루.</figcaption></figure>'
    )
    article = make_article(
        body=f"<p>첫 문단이다.</p>{figure}<p>둘째 문단이다.</p>",
        reporters=[make_reporter("한나래"), make_reporter("윤슬아")],
        photos=[lead, inside],
        tags=["나루터"],
        deck="강가에\n책이 온다",
        kicker="새여울",
        comments_open=False,
    )
    make_correction(article)
    make_sidebar("article", kinds=("latest",))
    make_article("옆 이야기")
    return article


def page_address(article: Article, kind: str = "page") -> str:
    return reverse("admin:articles_article_preview_page", args=[article.pk, kind])


def address(article: Article) -> str:
    return reverse("admin:articles_article_preview", args=[article.pk])


def story_in(response) -> str:
    """Return what a reader sees: the story and what stands beside it, without comments."""
    page = BeautifulSoup(response.content, "html.parser")
    main = page.select_one("main")
    for part in main.select(".comments, .tools__status, time[data-now]"):
        part.decompose()
    return re.sub(r"\n\s*\n", "\n", str(main))


# As readers will see it.


@pytest.mark.parametrize("kind", ["page", "print"])
def test_the_preview_is_the_page_of_readers(desk, story, kind):
    """The preview of what is public is, mark by mark, the public page: story, photos, notices, sidebars."""
    public = Client().get(reverse("articles:detail" if kind == "page" else "articles:print", args=[story.pk]))
    shown = signed_in(desk).get(page_address(story, kind))
    assert story_in(shown) == story_in(public)
    assert "저녁의 나루." in story_in(shown)


def test_the_preview_shows_the_version_and_not_the_row(desk, story):
    """A change that waits is shown whole; the row that readers see stays as it is."""
    other, section = make_reporter("백가람"), make_section("문화")
    photo = make_photo("새 대표사진.")
    byline = {"reporter": other.pk, "guest_name": "", "guest_title": "", "role": "writer"}
    change = replace(
        actions.newest(story), headline="바뀐 제목", body="<p>바뀐 글이다.</p>", bylines=[byline], tags=["강"],
        section=section.pk, lead_photo=photo.pk, lead_caption="이 기사의 설명.",
    )  # fmt: skip
    actions.save(article=story, snapshot=change, by=desk)
    said = (
        BeautifulSoup(signed_in(desk).get(page_address(story)).content, "html.parser")
        .select_one("article")
        .text
    )
    for words in ("바뀐 제목", "바뀐 글이다.", "백가람", "문화", "이 기사의 설명."):
        assert words in said
    for words in ("한나래", "둘째 문단", "저녁의 나루"):
        assert words not in said
    assert "둘째 문단" in Client().get(story.get_absolute_url()).text


def test_what_was_typed_and_not_saved_is_shown_to_its_writer_only(desk, story):
    """The person's own words stand in the preview; for everybody else it is what is stored."""
    client = signed_in(desk)
    typed = {name: [str(value)] for name, value in form_of(client, story).items()} | {
        "headline": ["쓰고 있는 제목"]
    }
    WorkingCopy.objects.create(article=story, by=desk, based_on=story.version, sequence=3, data=typed)
    assert "쓰고 있는 제목" in client.get(page_address(story)).text
    assert "have not saved" in client.get(address(story)).text
    assert "쓰고 있는 제목" not in signed_in(make_user("desk")).get(page_address(story)).text


def test_nobody_reads_or_comments_on_a_preview(desk, story):
    """No counter of reads, no form, nothing for search engines, no link that stays in the frame."""
    Article.objects.filter(pk=story.pk).update(comments_open=True)
    page = BeautifulSoup(signed_in(desk).get(page_address(story)).content, "html.parser")
    assert page.select("form.comment-form, script[src*=beacon], script[type='application/ld+json']") == []
    assert page.select_one("meta[name=robots]")["content"].startswith("noindex")
    assert page.select_one("base")["target"] == "_blank"
    assert page.select(".staff") == []


def test_a_preview_is_built_without_saving_and_with_few_queries(story, desk):
    """An unfinished draft can be shown, and nothing about the story changes."""
    draft = make_article("", body="", state=State.DRAFT, section=None)
    empty = preview(draft, Snapshot())
    assert (empty.headline, list(empty.bylines.all()), empty.lead_photo, empty.section) == (
        "",
        [],
        None,
        None,
    )
    with CaptureQueriesContext(connection) as queries:
        shown = preview(story, actions.newest(story))
        assert [row.photo.caption for row in shown.placements.all()] == ["새벽 나루.", "저녁 나루."]
        assert [row.display_name for row in shown.bylines.all()]
        assert len(shown.corrections.all()) == 1
    assert len([query for query in queries if not query["sql"].startswith("SELECT")]) == 0
    assert len(queries) <= 9
    assert (draft.state, Article.objects.get(pk=draft.pk).approved_at) == (State.DRAFT, None)


def test_a_draft_without_anything_has_a_preview(desk):
    """Half a story is shown as far as it goes: no section, no text, no names."""
    draft = make_article("제목만", body="", state=State.DRAFT, created_by=desk)
    Article.objects.filter(pk=draft.pk).update(section=None, top_section=None)
    client = signed_in(desk)
    for kind in ("page", "print"):
        response = client.get(page_address(draft, kind))
        assert response.status_code == 200
        assert "제목만" in response.text


# Frames.


def test_only_the_framed_page_may_be_framed(desk, story):
    """The desk's page loads frames of its own; what stands in them may be framed by this house and by nobody else."""
    client = signed_in(desk)
    outer, inner = client.get(address(story)), client.get(page_address(story))
    assert "frame-src" in outer["Content-Security-Policy"]
    assert "'self'" in outer["Content-Security-Policy"].split("frame-src")[1].split(";")[0]
    assert "frame-ancestors 'none'" in outer["Content-Security-Policy"]
    assert outer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'self'" in inner["Content-Security-Policy"]
    assert inner["X-Frame-Options"] == "SAMEORIGIN"
    frames = BeautifulSoup(outer.content, "html.parser").select("iframe")
    assert {frame["src"] for frame in frames} == {page_address(story)}
    assert page_address(story, "print") in client.get(address(story) + "?kind=print").text


def test_who_may_not_open_the_story_sees_no_preview(story):
    """Neither the page nor what stands in its frames; an unknown part is no page."""
    stranger = signed_in(make_user("reporter"))
    for place in (address(story), page_address(story), page_address(story, "print")):
        assert stranger.get(place).status_code == 404
        assert Client().get(place).status_code == 302
    assert signed_in(make_user("desk")).get(page_address(story, "nothing")).status_code == 404


def test_the_preview_costs_the_same_for_every_story(desk, story):
    """A constant number of queries for the page in the frame."""
    client = signed_in(desk)
    client.get(page_address(story))
    with CaptureQueriesContext(connection) as few:
        client.get(page_address(story))
    photos = [make_photo(f"사진 {number}") for number in range(5)]
    body = "".join(f'<p>글 {photo.pk}.</p><figure data-photo="{photo.pk}"></figure>' for photo in photos)
    people = [
        {"reporter": make_reporter(f"기자{n}").pk, "guest_name": "", "guest_title": "", "role": "writer"}
        for n in range(5)
    ]
    change = replace(actions.newest(story), body=body, bylines=people)
    actions.save(article=story, snapshot=change, by=desk)
    with CaptureQueriesContext(connection) as many:
        client.get(page_address(story))
    # One more: the version is read from its revision, no longer from the row.
    assert len(many) <= len(few) + 1 <= 30


# Links.


@pytest.fixture
def draft(desk) -> Article:
    return make_article("아직 비밀인 기사", state=State.DRAFT, created_by=desk)


def linked(token: str) -> str:
    return reverse("articles:preview", args=[token])


def test_an_outsider_reads_the_story_under_the_link(desk, draft):
    """Without signing in, uncached, unindexed, with a line that says what it is; every opening is counted."""
    link, token = make_link(article=draft, by=desk, hours=DAY, label="  김 교수 ")
    response = Client().get(linked(token))
    assert response.status_code == 200
    assert "아직 비밀인 기사" in response.text
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    page = BeautifulSoup(response.content, "html.parser")
    assert (
        timezone.localtime(link.expires_at).strftime("%Y-%m-%d %H:%M")
        in page.select_one(".preview-line").text
    )
    assert page.select("form.comment-form, script[src*=beacon], base") == []
    assert token not in response.text
    link.refresh_from_db()
    assert (link.opened, link.label, str(link)) == (1, "김 교수", f"{draft.pk}/김 교수")
    assert Client().post(linked(token)).status_code == 405


def test_the_link_shows_what_is_stored_by_now(desk, draft):
    """A quotation that was put right after the link was given is right under it."""
    _link, token = make_link(article=draft, by=desk, hours=1)
    actions.save(
        article=draft, snapshot=replace(actions.newest(draft), body="<p>고친 인용이다.</p>"), by=desk
    )
    assert "고친 인용이다." in Client().get(linked(token)).text


@pytest.mark.parametrize("closed", ["expired", "revoked", "unknown", "deleted"])
def test_a_closed_link_says_so_and_nothing_else(desk, draft, closed):
    """404 in plain words, the same for a link that never was."""
    link, token = make_link(article=draft, by=desk, hours=1)
    if closed == "expired":
        PreviewLink.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    elif closed == "revoked":
        assert revoke_link(article=draft, by=desk, pk=link.pk)
    elif closed == "unknown":
        token = token[:-2]
    else:
        draft.delete()
    response = Client().get(linked(token))
    assert response.status_code == 404
    assert "아직 비밀인 기사" not in response.text
    assert "noindex" in response["X-Robots-Tag"]
    assert BeautifulSoup(response.content, "html.parser").h1.text
    assert not PreviewLink.objects.filter(opened__gt=0).exists()


def test_the_database_does_not_hold_the_secret(desk, draft):
    """What is kept opens nothing."""
    link, token = make_link(article=draft, by=desk, hours=1)
    assert link.digest == digest_of(token) != token
    assert open_link(link.digest) is None
    assert open_link(token) == link


def test_a_link_is_made_and_closed_on_the_page(desk, draft):
    """Its address is shown once; the list says for whom it is and how often it was opened."""
    client = signed_in(desk)
    form = reverse("admin:articles_article_preview_link", args=[draft.pk])
    said = messages_of(client, client.post(form, {"hours": "168", "label": "취재원"}))
    token = said.rstrip("/").rpartition("/")[2]
    assert Client().get(linked(token)).status_code == 200
    page = BeautifulSoup(client.get(address(draft)).content, "html.parser")
    row = page.select_one(".preview__list li")
    assert "취재원" in row.text
    assert "opened 1 times" in row.text
    assert token not in str(page)
    client.post(form, {"revoke": row.select_one("[name=revoke]")["value"]})
    assert Client().get(linked(token)).status_code == 404
    assert page.select_one(".preview__list [name=revoke]") is not None
    page = BeautifulSoup(client.get(address(draft)).content, "html.parser")
    assert page.select(".preview__list [name=revoke]") == []
    assert client.get(form).status_code == 302


@pytest.mark.parametrize(
    "asked", [{"hours": "9999"}, {"hours": "x"}, {}, {"revoke": "9" * 30}, {"revoke": "x"}]
)
def test_nonsense_makes_no_link(desk, draft, asked):
    """Only the spans that are offered; a key of no link closes nothing."""
    client = signed_in(desk)
    make_link(article=draft, by=desk, hours=1)
    assert (
        client.post(reverse("admin:articles_article_preview_link", args=[draft.pk]), asked).status_code == 302
    )
    assert [link.is_open for link in PreviewLink.objects.all()] == [True]


def test_only_those_who_may_write_give_links_away(desk, draft):
    """Somebody else can neither make nor close one, and not through another story."""
    stranger = make_user("reporter")
    form = reverse("admin:articles_article_preview_link", args=[draft.pk])
    assert signed_in(stranger).post(form, {"hours": "1"}).status_code == 404
    assert not PreviewLink.objects.exists()
    link, _token = make_link(article=draft, by=desk, hours=1)
    own = make_article("다른 기사", state=State.DRAFT, created_by=desk)
    assert not revoke_link(article=own, by=desk, pk=link.pk)
    reader = make_user("reporter")
    submitted = make_article("송고한 기사", state=State.DRAFT, created_by=reader)
    actions.submit(article=submitted, by=reader)
    form = reverse("admin:articles_article_preview_link", args=[submitted.pk])
    client = signed_in(reader)
    assert "may not" in messages_of(client, client.post(form, {"hours": "1"}))
    assert "may not" in messages_of(client, client.post(form, {"revoke": "1"}))
    assert PreviewLink.objects.count() == 1
