"""The page of a story: what is typed is stored or stands there again; nobody overwrites another unawares."""

import pytest
from django.urls import reverse

from articles.models import Article
from articles.states import Origin, State

from ..desk_forms import CHANGE, fields_of, form_of, messages_of, post, row, send, signed_in
from ..factories import (
    make_article,
    make_photo,
    make_reporter,
    make_section,
    make_series,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

TYPED = "다시 쓴 제목"


def test_a_whole_story_is_typed_in_one_form():
    """Every field, two bylines, the lead photo, one in the text, a related story and tags are stored at once."""
    section, series, source = make_section(), make_series(), make_source()
    reporter, photo, second, related = make_reporter(), make_photo(), make_photo(), make_article()
    user = make_user("desk")
    client = signed_in(user)
    values = form_of(client) | {
        "kicker": "기획", "headline": "  첫눈  내린\n아침 ", "deck": "부제 한 줄\r\n부제 두 줄", "list_title": "첫눈",
        "section": section.pk, "series": series.pk, "tags": "첫눈, 두루뫼 #날씨", "origin": Origin.AGENCY,
        "source": source.pk, "source_name": "", "dateline": "[두루뫼]", "published_at": "",
        "body": f'<p>눈이 왔다.</p><figure data-photo="{second.pk}"><figcaption>산</figcaption></figure><p>희다.</p>',
        "lead_photo": photo.pk, "lead_caption": "새로 쓴 설명", "ai_use": "none", "deadline": "2026-11-22T18:00",
    }  # fmt: skip
    values |= row("bylines", 0, reporter=reporter.pk, role="writer", order=0)
    values |= row("bylines", 1, guest_name="이웃 사람", guest_title="독자", role="photo", order=1)
    values |= row("related_links", 0, related=related.pk, order=0)

    answer = post(client, values)

    assert answer.status_code == 302
    article = Article.objects.exclude(pk=related.pk).get()
    assert (article.headline, article.deck) == ("첫눈 내린 아침", "부제 한 줄\n부제 두 줄")
    assert (article.section, article.series, article.source) == (section, series, source)
    assert (article.created_by, article.state, article.version) == (user, State.DRAFT, 1)
    assert article.tag_list == ["첫눈", "두루뫼", "날씨"]
    assert article.lead_photo == photo
    assert [byline.display_name for byline in article.bylines.all()] == [str(reporter), "이웃 사람 독자"]
    placed = [(row.photo, row.place, row.caption) for row in article.placements.all()]
    assert placed == [(photo, "lead", "새로 쓴 설명"), (second, "text", "산")]
    assert (article.ai_use, article.deadline.hour) == ("none", 9)
    assert article.related_links.get().related == related


def test_a_reporter_begins_with_the_own_byline():
    """A new story by a user with a reporter carries that byline when it is saved as offered; others begin empty."""
    user = make_user("reporter")
    reporter = make_reporter(user=user)
    client = signed_in(user)
    assert form_of(client)["bylines-0-reporter"] == str(reporter.pk)
    send(client, headline=TYPED)
    assert Article.objects.get().bylines.get().reporter == reporter

    other = signed_in(make_user("reporter"))
    assert form_of(other)["bylines-0-reporter"] == ""
    send(other, headline="바이라인 없는 글")
    assert not Article.objects.get(headline="바이라인 없는 글").bylines.exists()


def test_somebody_elses_save_in_between_is_merged():
    """The later of two forms is put together with the earlier one; what both changed is named."""
    article = make_article(state=State.DRAFT)
    first, second = signed_in(make_user("desk")), signed_in(make_user("desk"))
    mine, theirs = form_of(first, article), form_of(second, article)
    post(second, theirs | {"headline": "남의 제목", "body": "<p>첫 문단이다.</p><p>남의 둘째.</p>"}, article)

    changed = {"headline": TYPED, "deck": "내 부제", "body": "<p>내 첫 문단이다.</p><p>둘째 문단이다.</p>"}
    answer = post(first, mine | changed, article, verb="approve")

    words = messages_of(first, answer)
    assert "Both texts have been put together." in words
    assert "Both of you had changed: headline." in words
    article.refresh_from_db()
    assert (article.headline, article.deck, article.version) == (TYPED, "내 부제", 3)
    assert article.body == "<p>내 첫 문단이다.</p><p>남의 둘째.</p>"
    assert article.state == State.DRAFT  # nobody has seen the two together yet
    assert [row.content["headline"] for row in article.revisions.all()][1] == "남의 제목"


def test_a_form_that_does_not_say_what_it_began_with_overwrites_nobody():
    """Without its hidden number a form is merged like a very old one."""
    article = make_article(state=State.DRAFT)
    first, second = signed_in(make_user("desk")), signed_in(make_user("desk"))
    mine, theirs = form_of(first, article), form_of(second, article)
    post(second, theirs | {"deck": "남의 부제"}, article)
    answer = post(first, {**mine, "seen": "", "headline": TYPED}, article)
    assert "Both texts have been put together." in messages_of(first, answer)
    article.refresh_from_db()
    assert (article.headline, article.deck) == (TYPED, "남의 부제")


def test_a_state_that_changed_in_between_gives_the_words_back():
    """A reporter whose story was submitted by a colleague meanwhile loses no word, and changes nothing."""
    user = make_user("reporter")
    article = make_article(state=State.DRAFT, created_by=user)
    client = signed_in(user)
    mine = form_of(client, article)
    send(signed_in(make_user("desk")), article, verb="submit")
    before = Article.objects.values().get()

    answer = post(client, mine | {"headline": TYPED, "body": "<p>긴 글</p>"}, article)

    assert answer.status_code == 200
    assert "you can no longer change it" in answer.content.decode()
    assert (fields_of(answer)["headline"], fields_of(answer)["body"]) == (TYPED, "<p>긴 글</p>")
    assert Article.objects.values().get() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", "가" * 201),
        ("headline", "\u0958" * 150),  # each becomes two characters in the stored form
        ("headline", "영\x00과 하나"),
        ("headline", " \u200b "),
        ("kicker", "가" * 61),
        ("list_title", "가" * 101),
        ("deck", "가" * 501),
        ("dateline", "가" * 81),
        ("source_name", "가" * 61),
        ("section", "999999999999999999999"),
        ("published_at", "어제쯤"),
        ("origin", "nowhere"),
    ],
)
def test_a_wrong_field_says_so_and_all_words_stay(field, value):
    """Whatever is wrong with one field stands beside it, and everything typed is in the form again."""
    article = make_article(state=State.DRAFT)
    values = form_of(signed_in(make_user("desk")), article) | {
        "headline": TYPED, "body": "<p>긴 글</p>", "tags": "하나, 둘"
    }  # fmt: skip
    values[field] = value
    answer = post(signed_in(make_user("desk")), values, article)
    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors
    again = fields_of(answer)
    assert (again["body"], again["tags"]) == ("<p>긴 글</p>", "하나, 둘")
    if field in {"kicker", "list_title", "deck", "dateline", "source_name"}:
        assert again[field] == value
    article.refresh_from_db()
    assert (article.version, article.headline) == (1, "나루터 창고, 배움터로 다시 문 연다")


def test_markup_where_text_belongs_is_shown_as_typed():
    """Tags in a headline are words: stored as typed, escaped on every page; script in the text is dropped."""
    evil = "<script>alert(1)</script>"
    client = signed_in(make_user("desk"))
    send(client, headline=evil, kicker=evil[:60], tags=evil, body=f"<p>가{evil}</p>")
    article = Article.objects.get()
    assert (article.headline, article.body) == (evil, "<p>가</p>")
    for address in (
        reverse(CHANGE, args=[article.pk]),
        reverse("admin:articles_article_changelist"),
        "/admin/",
    ):
        page = client.get(address).content.decode()
        assert evil not in page
        assert "&lt;script&gt;alert(1)" in page


def test_rows_that_clash_say_so():
    """The same reporter twice, a byline that is both or a story related to itself: errors, no crash."""
    article, reporter = make_article(state=State.DRAFT), make_reporter()
    client = signed_in(make_user("desk"))
    twice = row("bylines", 0, reporter=reporter.pk, role="writer") | row(
        "bylines", 1, reporter=reporter.pk, role="photo"
    )
    both = row("bylines", 0, reporter=reporter.pk, guest_name="이웃", role="writer")
    itself = row("related_links", 0, related=article.pk)
    for rows in (twice, both, itself):
        answer = post(client, form_of(client, article) | rows | {"headline": TYPED}, article)
        assert answer.status_code == 200, rows
        assert fields_of(answer)["headline"] == TYPED
    assert not article.bylines.exists()


def test_order_of_rows_is_what_was_sent():
    """Bylines come in the order of their numbers."""
    article = make_article(state=State.DRAFT, guests=["가", "나"])
    send(signed_in(make_user("desk")), article, **{"bylines-0-order": 1, "bylines-1-order": 0})
    assert [row.guest_name for row in article.bylines.all()] == ["나", "가"]


def test_strangers_cannot_open_a_story():
    """A reporter reaches neither page, save nor deletion of a draft of somebody else."""
    article = make_article(state=State.DRAFT, created_by=make_user("reporter"))
    client = signed_in(make_user("reporter"))
    before = Article.objects.values().get()
    assert client.get(reverse(CHANGE, args=[article.pk])).status_code == 302
    values = form_of(signed_in(make_user("desk")), article) | {"headline": TYPED}
    assert post(client, values, article).status_code == 302
    assert client.post(
        reverse("admin:articles_article_delete", args=[article.pk]), {"post": "yes"}
    ).status_code in {302, 403}
    assert Article.objects.values().get() == before


def test_a_byline_opens_the_story_to_its_reporter():
    """Whoever stands in the byline writes in the story, as does who began it."""
    user = make_user("reporter")
    article = make_article(state=State.DRAFT, reporters=[make_reporter(user=user)])
    assert send(signed_in(user), article, headline=TYPED).status_code == 302
    assert Article.objects.get().headline == TYPED


def test_only_what_was_never_approved_is_deleted():
    """A draft can be deleted by those who may; a story that was approved once cannot."""
    client = signed_in(make_user("editor-in-chief"))
    draft, public = make_article(state=State.DRAFT), make_article(state=State.APPROVED)
    for article in (draft, public):
        client.post(reverse("admin:articles_article_delete", args=[article.pk]), {"post": "yes"})
    assert list(Article.objects.all()) == [public]


def test_corrections_are_for_the_desk_and_declare_themselves():
    """A notice typed into the story is a change of kind «correction», without being asked; drafts have none."""
    article = make_article(state=State.APPROVED)
    client = signed_in(make_user("desk"))
    values = row(
        "corrections",
        0,
        kind="correction",
        title="바로잡습니다",
        text="숫자",
        published_at="2026-11-22T09:00",
    )
    assert send(client, article, **values).status_code == 302
    assert article.corrections.get().created_by is not None
    assert article.state_changes.get().change == "correction"
    assert "corrections-TOTAL_FORMS" not in form_of(client, make_article(state=State.DRAFT))


def test_tags_are_suggested():
    """Tags that begin with what was typed come first; strangers to the desk get nothing."""
    make_article(tags=["쌀값", "햅쌀", "쌀 축제"])
    address = reverse("admin:articles_article_tags")
    client = signed_in(make_user("reporter"))
    assert client.get(address, {"q": "쌀"}).json() == {"tags": ["쌀 축제", "쌀값", "햅쌀"]}
    assert client.get(address, {"q": "  "}).json() == {"tags": []}
    nobody = make_user("", username="nobody")
    assert signed_in(nobody).get(address, {"q": "쌀"}).json() == {"tags": []}


@pytest.mark.parametrize("rubbish", ["x", "9" * 40, "-1", "١"])
@pytest.mark.parametrize("field", ["series", "lead_photo", "bylines-0-reporter", "related_links-0-related"])
def test_rubbish_for_a_key_is_an_error_of_its_field(field, rubbish):
    """What no picker offers comes back with an error; everything typed stands in the form again."""
    article = make_article(state=State.DRAFT)
    client = signed_in(make_user("desk"))
    rows = row("bylines", 0, role="writer", guest_name="") | row("related_links", 0)
    answer = post(client, form_of(client, article) | rows | {"headline": TYPED, field: rubbish}, article)
    assert answer.status_code == 200
    assert fields_of(answer)["headline"] == TYPED
    assert Article.objects.get(pk=article.pk).headline != TYPED
