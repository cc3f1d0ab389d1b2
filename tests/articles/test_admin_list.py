"""The list of stories and of everything around them: what it finds, and that it costs the same at any length."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import blocks
from articles.admin import listing
from articles.models import Article, BlockPin, Photo, Reporter, ScheduledChange, Section
from articles.states import Change, Origin, State

from ..desk_forms import fields_of, row, signed_in
from ..factories import (
    make_article,
    make_correction,
    make_photo,
    make_reporter,
    make_section,
    make_sidebar,
    make_user,
    picture_bytes,
    pin,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
MOST_QUERIES = 12


def found(client, **asked) -> list[str]:
    """Return the headlines that the list shows for a question."""
    page = client.get(LIST, asked)
    assert page.status_code == 200
    return [article.headline for article in page.context["cl"].result_list]


def queries_of(client, address: str) -> list[str]:
    """Return the queries of a page."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


def many(number: int) -> None:
    section = make_section()
    reporters, photo = [make_reporter(), make_reporter()], make_photo()
    for _ in range(number):
        make_article(section=section, reporters=reporters, photos=[photo], tags=["쌀값"])


@pytest.mark.parametrize("role", ["desk", "reporter"])
def test_the_list_costs_the_same_with_three_and_with_sixty_stories(role):
    """At most twelve queries, whatever the number of rows; no text of a story is loaded and nothing is counted."""
    user = make_user(role)
    client = signed_in(user)
    many(3)
    Article.objects.update(created_by=user)
    few = queries_of(client, LIST)
    many(57)
    Article.objects.update(created_by=user)
    lots = queries_of(client, LIST)
    assert len(lots) == len(few) <= MOST_QUERIES
    # The bell counts unread notices, a hundred at most.
    about_stories = [sql for sql in lots if "newsroom_notices" not in sql]
    assert not any('"body"' in sql or "COUNT(" in sql for sql in about_stories)


def test_a_search_stays_in_the_budget():
    """A search with every filter set asks no more than the list, and reads the texts a single time."""
    many(5)
    reporter = Reporter.objects.first()
    asked = f"{LIST}?q=문단&state=public&section={Section.objects.first().pk}&reporter={reporter.pk}&from=2020-01-01"
    lots = queries_of(signed_in(make_user("desk")), asked)
    assert len(lots) <= MOST_QUERIES
    assert sum("LIKE" in sql for sql in lots) <= 2


def test_more_than_a_thousand_rows_are_not_counted(monkeypatch):
    """Beyond the bound the list says «+» and offers no page behind it."""
    monkeypatch.setattr("newsroom.desk.paginator.MOST_ROWS", 4)
    for _ in range(7):
        make_article()
    page = signed_in(make_user("desk")).get(LIST)
    assert (page.context["cl"].result_count, page.context["cl"].paginator.total) == (4, "4+")
    assert len(page.context["cl"].result_list) == 4
    assert "4+" in page.content.decode()


def test_stories_are_found_by_their_words():
    """Headline, deck, tags and text are searched; nothing matches nothing."""
    make_article("첫눈 내린 아침")
    make_article("둘", deck="장터 소식")
    make_article("셋", tags=["쌀값"])
    make_article("넷", body="<p>다리 이음매를 고친다.</p>")
    client = signed_in(make_user("desk"))
    assert found(client, q="첫눈") == ["첫눈 내린 아침"]
    assert found(client, q="장터") == ["둘"]
    assert found(client, q="쌀값") == ["셋"]
    assert found(client, q="이음매") == ["넷"]
    assert found(client, q="고래") == []


def test_the_newest_that_the_filters_leave_are_searched(monkeypatch):
    """A rare word costs the same in every archive; who looks for an old story names its day or section."""
    monkeypatch.setattr(listing, "MOST_SEARCHED", 2)
    now = timezone.now()
    section = make_section("옛 지면")
    make_article("옛날 다리", section=section, hours_ago=900, saved_at=now - datetime.timedelta(days=30))
    for number in range(3):
        make_article(
            f"새 다리 {number}", section=make_section(), saved_at=now - datetime.timedelta(hours=number)
        )
    client = signed_in(make_user("desk"))
    assert found(client, q="다리") == ["새 다리 0", "새 다리 1"]
    assert found(client, q="옛날") == []
    assert found(client, q="옛날", section=section.pk) == ["옛날 다리"]


def test_what_is_settled_is_not_late():
    """Neither approved nor withdrawn stories, whatever their deadline was; a change of one that waits is."""
    past = {"deadline": timezone.now() - datetime.timedelta(hours=1)}
    make_article("공개", **past)
    make_article("내려진 글", state=State.WITHDRAWN, **past)
    make_article("초고", state=State.DRAFT, **past)
    make_article("고치는 글", change_state=State.DRAFT, **past)
    assert set(found(signed_in(make_user("desk")), due="late")) == {"초고", "고치는 글"}


def test_stories_are_found_by_state_section_reporter_origin_and_day():
    """Each filter finds its own; a section of the first level holds those under it."""
    top = make_section("지역")
    under, other = make_section("읍내", parent=top), make_section("문화")
    reporter = make_reporter()
    now = timezone.now()
    make_article("공개", section=under, reporters=[reporter], published_at=now - datetime.timedelta(days=3))
    make_article("예약", section=top, hours_ago=-5)
    make_article("초고", section=other, state=State.DRAFT, origin=Origin.RELEASE)
    client = signed_in(make_user("desk"))
    assert found(client, state="public") == ["공개"]
    assert found(client, state="scheduled") == ["예약"]
    assert found(client, state="draft") == ["초고"]
    assert set(found(client, section=top.pk)) == {"공개", "예약"}
    assert found(client, section=under.pk) == ["공개"]
    assert found(client, reporter=reporter.pk) == ["공개"]
    assert found(client, origin__exact=Origin.RELEASE) == ["초고"]
    day = timezone.localdate(now - datetime.timedelta(days=3)).isoformat()
    assert found(client, **{"from": day, "to": day}) == ["공개"]


@pytest.mark.parametrize(
    "query",
    [
        "reporter=abc", "reporter=999999999999999999999999", "section=x", "section=99999999999999999999", "state=gone",
        "from=2026-13-45", "to=9999-12-31", "from=x&to=y", "q=" + "가" * 900, "p=99999", "p=x", "o=99", "e=1",
        "q=%22%27%25_",
    ],
)  # fmt: skip
def test_garbled_questions_are_answered(query):
    """No question to the list ends in an error of ours."""
    make_article()
    answer = signed_in(make_user("desk")).get(f"{LIST}?{query}", follow=True)
    assert answer.status_code in {200, 400}


def test_a_reporter_lists_own_stories_and_the_desk_all():
    """Own are those begun and those with the reporter's byline."""
    user = make_user("reporter")
    make_article("시작한 글", state=State.DRAFT, created_by=user)
    make_article("이름이 있는 글", reporters=[make_reporter(user=user)])
    make_article("남의 글", state=State.DRAFT)
    assert set(found(signed_in(user))) == {"시작한 글", "이름이 있는 글"}
    assert len(found(signed_in(make_user("desk")))) == 3
    assert found(signed_in(make_user("moderator"))) == []


def test_newest_saved_comes_first():
    """The order is that of the last save, not of publication."""
    now = timezone.now()
    make_article("먼저", saved_at=now - datetime.timedelta(hours=1))
    make_article("나중", saved_at=now, hours_ago=50)
    assert found(signed_in(make_user("desk"))) == ["나중", "먼저"]


def offered(client, field: str, model: str, term: str = "") -> list[dict]:
    """Return what is offered in a field while somebody types."""
    asked = {"app_label": "articles", "model_name": model, "field_name": field, "term": term}
    return client.get(reverse("admin:autocomplete"), asked).json()["results"]


def test_pickers_offer_what_may_be_seen():
    """For related stories reporters are offered public ones, the desk all; photos come with their picture."""
    make_article("공개된 글")
    make_article("비밀 초고", state=State.DRAFT)
    photo = make_photo("새벽 나루")
    reporter, desk = signed_in(make_user("reporter")), signed_in(make_user("desk"))
    assert [each["text"] for each in offered(reporter, "related", "relatedarticle")] == ["공개된 글"]
    assert len(offered(desk, "related", "relatedarticle")) == 2
    assert [each["text"] for each in offered(desk, "related", "relatedarticle", "초고 비밀")] == ["비밀 초고"]
    assert offered(reporter, "photo", "placement", "나루")[0]["image"] == photo.url(400)
    anonymous = signed_in(make_user("moderator"))
    answer = anonymous.get(
        reverse("admin:autocomplete"),
        {"app_label": "articles", "model_name": "placement", "field_name": "photo"},
    )
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "address",
    ["photo", "reporter", "section", "series", "source", "sidebar", "correction"],
)
def test_lists_around_stories_cost_the_same_at_any_length(address):
    """Each list of the desk asks as much for one row as for many, at most twelve queries."""
    client = signed_in(make_user("admin"))
    section = make_section()
    for number in range(2):
        make_correction(make_article(photos=[make_photo()], reporters=[make_reporter()]))
        make_sidebar("list" if number else "front", kinds=("latest", "photo_news"))
    few = queries_of(client, f"/admin/articles/{address}/")
    for _ in range(9):
        make_correction(make_article(photos=[make_photo()], reporters=[make_reporter(user=make_user())]))
        under = make_section(parent=section)
        make_sidebar("article", section=under, kinds=("latest", "notice"))
    lots = queries_of(client, f"/admin/articles/{address}/")
    assert len(lots) == len(few) <= MOST_QUERIES


def test_a_photo_is_uploaded_with_its_words():
    """The photo, its renditions and who uploaded it are stored; garbage is an error of the field, and no row."""
    user = make_user("photographer")
    client = signed_in(user)
    address = reverse("admin:articles_photo_add")
    values = fields_of(client.get(address)) | {"caption": "새벽 나루", "alt": "물안개"}
    bad = client.post(address, values | {"file": SimpleUploadedFile("a.jpg", b"no picture")})
    assert bad.status_code == 200
    assert "file" in bad.context["adminform"].form.errors
    assert fields_of(bad)["caption"] == "새벽 나루"
    assert not Photo.objects.exists()
    assert (
        client.post(address, values | {"file": SimpleUploadedFile("a.jpg", picture_bytes())}).status_code
        == 302
    )
    photo = Photo.objects.get()
    assert (photo.created_by, photo.width, photo.alt) == (user, 900, "물안개")


def test_a_photo_page_names_its_stories_and_takes_the_focal_point():
    """Changing the words and the point needs no new file; the stories that show the photo are linked."""
    photo = make_photo()
    article = make_article(photos=[photo])
    client = signed_in(make_user("desk"))
    address = reverse("admin:articles_photo_change", args=[photo.pk])
    page = client.get(address)
    assert reverse("admin:articles_article_change", args=[article.pk]) in page.content.decode()
    assert (
        client.post(address, fields_of(page) | {"focal_x": 10, "focal_y": 90, "alt": "강"}).status_code == 302
    )
    photo.refresh_from_db()
    assert (photo.focal_x, photo.focal_y, photo.alt) == (10, 90, "강")
    answer = client.post(address, fields_of(page) | {"focal_x": 101})
    assert "focal_x" in answer.context["adminform"].form.errors


def test_addresses_are_given_once():
    """A slug that another section, series or reporter has is an error of its field."""
    client = signed_in(make_user("admin"))
    make_section(slug="taken")
    address = reverse("admin:articles_section_add")
    answer = client.post(address, fields_of(client.get(address)) | {"name": "다른 섹션", "slug": "taken"})
    assert "slug" in answer.context["adminform"].form.errors
    assert fields_of(answer)["name"] == "다른 섹션"


def test_sections_stand_under_the_one_they_belong_to():
    """The list shows the tree, each section behind its own top section."""
    second, first = make_section("둘째", order=2), make_section("첫째", order=1)
    make_section("둘째 아래", parent=second, order=0)
    make_section("첫째 아래", parent=first, order=9)
    page = signed_in(make_user("admin")).get("/admin/articles/section/")
    assert [each.name for each in page.context["cl"].result_list] == [
        "첫째",
        "첫째 아래",
        "둘째",
        "둘째 아래",
    ]


def test_blocks_of_a_sidebar_are_ordered_and_pinned():
    """Blocks change their order and kind in one form; a block's page pins stories, and an unknown kind is refused."""
    sidebar = make_sidebar(kinds=("latest", "photo_news"))
    client = signed_in(make_user("desk"))
    address = reverse("admin:articles_sidebar_change", args=[sidebar.pk])
    values = fields_of(client.get(address)) | {
        "blocks-0-order": 1,
        "blocks-1-order": 0,
        "blocks-1-kind": "related",
    }
    assert client.post(address, values).status_code == 302
    assert list(sidebar.blocks.values_list("kind", flat=True)) == ["related", "latest"]
    answer = client.post(address, values | {"blocks-0-kind": "nonsense"})
    assert answer.status_code == 200
    assert list(sidebar.blocks.values_list("kind", flat=True)) == ["related", "latest"]

    block, article = sidebar.blocks.first(), make_article()
    address = reverse("admin:articles_sidebarblock_change", args=[block.pk])
    values = fields_of(client.get(address)) | row("pins", 0, article=article.pk)
    assert client.post(address, values)["Location"] == reverse(
        "admin:articles_sidebar_change", args=[sidebar.pk]
    )
    assert BlockPin.objects.get().article == article
    page = client.get(reverse("admin:articles_sidebar_change", args=[sidebar.pk])).content.decode()
    assert "1 pinned" in page


def test_a_block_of_a_kind_that_is_gone_can_still_be_opened():
    """A block whose app was taken out keeps its kind in the form."""
    block = make_sidebar().blocks.get()
    pin(block, make_article())
    type(block).objects.filter(pk=block.pk).update(kind="gone")
    page = signed_in(make_user("desk")).get(reverse("admin:articles_sidebarblock_change", args=[block.pk]))
    assert fields_of(page)["kind"] == "gone"
    assert "gone" not in dict(blocks.kind_choices())


def test_a_correction_declares_itself_on_its_story():
    """A notice moves the story's update time and stands in its history; a draft gets none, a reporter writes none."""
    article, draft = make_article(), make_article(state=State.DRAFT)
    client = signed_in(make_user("desk"))
    address = reverse("admin:articles_correction_add")
    values = fields_of(client.get(address)) | {"title": "바로잡습니다", "text": "숫자를 바로잡습니다."}
    answer = client.post(address, values | {"article": draft.pk})
    assert "article" in answer.context["adminform"].form.errors
    assert fields_of(answer)["text"] == "숫자를 바로잡습니다."
    assert client.post(address, values | {"article": article.pk}).status_code == 302
    article.refresh_from_db()
    assert article.updated_at is not None
    change = article.state_changes.get()
    assert (change.change, change.reason) == (Change.CORRECTION, "바로잡습니다")
    assert signed_in(make_user("reporter")).post(address, values | {"article": article.pk}).status_code == 403

    notice = article.corrections.get()
    client.post(reverse("admin:articles_correction_delete", args=[notice.pk]), {"post": "yes"})
    assert article.state_changes.count() == 2


def test_changes_and_deadlines_stand_in_the_list_and_are_found():
    """The state of a change in words, a late deadline marked; an approved story is late no more."""
    now, hour = timezone.now(), datetime.timedelta(hours=1)
    make_article("쓰는 중", change_state=State.DRAFT)
    make_article("낸 것", change_state=State.SUBMITTED, change_submitted_at=now)
    waits = make_article("예약된 것")
    ScheduledChange.objects.create(article=waits, version=1, at=now + hour, kind=Change.UPDATE)
    make_article("늦은 것", state=State.DRAFT, deadline=now - hour)
    make_article("다음 주", state=State.DRAFT, deadline=now + 6 * 24 * hour)
    make_article("이미 승인", deadline=now - hour)
    client = signed_in(make_user("desk"))
    assert set(found(client, change="any")) == {"쓰는 중", "낸 것"}
    assert found(client, change="submitted") == ["낸 것"]
    assert found(client, change="scheduled") == ["예약된 것"]
    assert found(client, change="gone") == []
    assert found(client, due="late") == ["늦은 것"]
    assert set(found(client, due="week")) == {"늦은 것", "다음 주"}
    assert len(found(client, due="x")) == 6
    page = client.get(LIST).content.decode()
    assert page.count('<span class="late">late') == 1
    assert '<span class="badge badge--submitted">Submitted</span>' in page


def test_the_deadlines_of_today_end_at_midnight_in_the_papers_time():
    """A deadline just before midnight is today's, one just after it is not."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + datetime.timedelta(
        days=1
    )
    make_article("오늘 밤", state=State.DRAFT, deadline=midnight - datetime.timedelta(minutes=1))
    make_article("내일", state=State.DRAFT, deadline=midnight + datetime.timedelta(minutes=1))
    assert found(signed_in(make_user("desk")), due="today") == ["오늘 밤"]
