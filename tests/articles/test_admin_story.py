"""The page of a story: what is typed is stored or stands there again; nobody overwrites another unawares."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Article, Photo
from articles.states import Origin, State

from ..desk_forms import ADD, CHANGE, fields_of, form_of, post, row, send, signed_in
from ..factories import (
    make_article,
    make_photo,
    make_reporter,
    make_section,
    make_series,
    make_source,
    make_user,
    picture_bytes,
)

pytestmark = pytest.mark.django_db

TYPED = "다시 쓴 제목"


def upload(data: bytes = b"", name: str = "camera.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or picture_bytes(), content_type="image/jpeg")


def test_a_whole_story_is_typed_in_one_form():
    """Every field, two bylines, a chosen and an uploaded photo, a related story and tags are stored at once."""
    section, series, source = make_section(), make_series(), make_source()
    reporter, photo, related = make_reporter(), make_photo(), make_article()
    user = make_user("desk")
    client = signed_in(user)
    values = form_of(client) | {
        "kicker": "기획", "headline": "  첫눈  내린\n아침 ", "deck": "부제 한 줄\r\n부제 두 줄", "list_title": "첫눈",
        "section": section.pk, "series": series.pk, "tags": "첫눈, 두루뫼 #날씨", "origin": Origin.AGENCY,
        "source": source.pk, "source_name": "", "dateline": "[두루뫼]", "published_at": "",
        "body": "<p>눈이 왔다.</p><blockquote><p>희다.</p></blockquote>",
    }  # fmt: skip
    values |= row("bylines", 0, reporter=reporter.pk, role="writer", order=0)
    values |= row("bylines", 1, guest_name="이웃 사람", guest_title="독자", role="photo", order=1)
    values |= row("placements", 0, photo=photo.pk, place="lead", order=0, caption="새로 쓴 설명")
    values |= row("placements", 1, upload=upload(), place="text", order=1, caption="올린 사진", alt="눈 덮인 산",
                  credit="두루뫼 천문대", after_paragraph=1)  # fmt: skip
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
    first, second = article.placements.all()
    assert (first.caption, second.caption, second.after_paragraph) == ("새로 쓴 설명", "", 1)
    new = second.photo
    assert (new.caption, new.alt, new.credit, new.created_by) == (
        "올린 사진",
        "눈 덮인 산",
        "두루뫼 천문대",
        user,
    )
    assert new.width == 900
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


def test_somebody_elses_save_in_between_is_not_overwritten():
    """The later of two forms comes back with an error and its words; ticking the box saves it all the same."""
    article = make_article(state=State.DRAFT)
    first, second = signed_in(make_user("desk")), signed_in(make_user("desk"))
    mine, theirs = form_of(first, article), form_of(second, article)
    post(second, theirs | {"headline": "남의 제목"}, article)

    answer = post(first, mine | {"headline": TYPED, "deck": "내 부제"}, article)

    assert answer.status_code == 200
    assert "Somebody else has saved this story" in answer.content.decode()
    again = fields_of(answer)
    assert (again["headline"], again["deck"]) == (TYPED, "내 부제")
    article.refresh_from_db()
    assert (article.headline, article.version) == ("남의 제목", 2)

    # Saved a third time meanwhile: the box that was ticked meant the second version, not this one.
    ticked = again | {"overwrite": answer.context["adminform"].form.conflict}
    send(second, article, headline="또 남의 제목")
    assert post(first, ticked, article).status_code == 200
    answer = post(first, ticked, article)
    ticked = fields_of(answer) | {"overwrite": answer.context["adminform"].form.conflict}
    assert post(first, ticked, article).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.deck, article.version) == (TYPED, "내 부제", 4)


def test_a_state_that_changed_in_between_gives_the_words_back():
    """A reporter whose story was approved meanwhile loses no word, and changes nothing."""
    user = make_user("reporter")
    article = make_article(state=State.DRAFT, created_by=user)
    client = signed_in(user)
    mine = form_of(client, article)
    send(signed_in(make_user("desk")), article, verb="approve")
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


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg"),
        (b"GIF89a", "a.gif"),
        (picture_bytes()[:400], "cut.jpg"),
        (b"no picture at all", "사진.jpg"),
        (picture_bytes(image_format="BMP"), "a.bmp"),
    ],
)
def test_garbage_for_a_photo_is_an_error_of_its_row(data, name):
    """A file that is no photo is refused beside its field; no photo row is made, all words stay."""
    article = make_article(state=State.DRAFT)
    client = signed_in(make_user("desk"))
    values = form_of(client, article) | row(
        "placements", 0, upload=upload(data, name), place="lead", alt="무엇"
    )
    answer = post(client, values | {"headline": TYPED}, article)
    assert answer.status_code == 200
    formset = next(
        each.formset
        for each in answer.context["inline_admin_formsets"]
        if "placements" in each.formset.prefix
    )
    assert "upload" in formset.forms[0].errors
    assert fields_of(answer)["headline"] == TYPED
    assert fields_of(answer)["placements-0-alt"] == "무엇"
    assert not Photo.objects.exists()


def test_an_empty_file_and_a_long_name_are_no_accident():
    """An empty file is an error; a name of 300 characters is shortened."""
    article = make_article(state=State.DRAFT)
    client = signed_in(make_user("desk"))
    empty = SimpleUploadedFile("a.jpg", b"", content_type="image/jpeg")
    assert (
        post(
            client, form_of(client, article) | row("placements", 0, upload=empty, place="lead"), article
        ).status_code
        == 200
    )
    assert (
        send(
            client, article, **row("placements", 0, upload=upload(name="가" * 300 + ".jpg"), place="lead")
        ).status_code
        == 302
    )
    assert Photo.objects.get().file.name.endswith(".jpg")


def test_an_uploaded_photo_stays_when_another_field_is_wrong():
    """The photo is kept and chosen in the form that comes back; sent again it lands in the story once."""
    article = make_article(state=State.DRAFT)
    client = signed_in(make_user("desk"))
    values = form_of(client, article) | {"headline": "가" * 201}
    values |= row("placements", 0, upload=upload(), place="lead", caption="설명", alt="산")
    again = fields_of(post(client, values, article))
    photo = Photo.objects.get()
    assert again["placements-0-photo"] == str(photo.pk)
    assert (
        post(client, again | {"headline": TYPED, "placements-0-alt": "눈 덮인 산"}, article).status_code
        == 302
    )
    placement = article.placements.get()
    assert (placement.photo, placement.caption) == (photo, "")
    photo.refresh_from_db()
    assert (photo.caption, photo.alt) == ("설명", "눈 덮인 산")


def test_rows_that_clash_say_so():
    """The same reporter or photo twice, a byline that is both or a story related to itself: errors, no crash."""
    article, reporter, photo = make_article(state=State.DRAFT), make_reporter(), make_photo()
    client = signed_in(make_user("desk"))
    twice = row("bylines", 0, reporter=reporter.pk, role="writer") | row(
        "bylines", 1, reporter=reporter.pk, role="photo"
    )
    both = row("bylines", 0, reporter=reporter.pk, guest_name="이웃", role="writer")
    photos = row("placements", 0, photo=photo.pk, place="lead") | row(
        "placements", 1, photo=photo.pk, place="text"
    )
    nothing = row("placements", 0, place="lead", caption="설명만 있다")
    itself = row("related_links", 0, related=article.pk)
    for rows in (twice, both, photos, nothing, itself):
        answer = post(client, form_of(client, article) | rows | {"headline": TYPED}, article)
        assert answer.status_code == 200, rows
        assert fields_of(answer)["headline"] == TYPED
    assert not article.bylines.exists()


def test_order_of_rows_is_what_was_sent():
    """Bylines and photos come in the order of their numbers, and the first lead photo leads."""
    one, two = make_photo(), make_photo()
    article = make_article(state=State.DRAFT, guests=["가", "나"], photos=[one, two])
    send(signed_in(make_user("desk")), article, **{
        "bylines-0-order": 1, "bylines-1-order": 0, "placements-0-order": 1, "placements-1-order": 0,
        "placements-1-place": "lead", "placements-0-place": "text",
    })  # fmt: skip
    article.refresh_from_db()
    assert [row.guest_name for row in article.bylines.all()] == ["나", "가"]
    assert article.lead_photo == two


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


def test_photos_without_the_right_to_upload():
    """Without the permission to add photos the row offers none, and a file sent anyhow is not stored."""
    user = make_user("")
    user.user_permissions.set(
        Permission.objects.filter(
            codename__in=[
                "add_article",
                "change_article",
                "view_article",
                "view_photo",
                "add_placement",
                "change_placement",
            ]
        )
    )
    client = signed_in(user)
    page = client.get(reverse(ADD)).content.decode()
    assert "placements-__prefix__-photo" in page
    assert "placements-__prefix__-upload" not in page
    answer = post(
        client,
        form_of(client)
        | {"headline": TYPED}
        | row("placements", 0, upload=upload(), place="lead", caption="설명"),
    )
    assert answer.status_code == 200
    assert not Photo.objects.exists()
