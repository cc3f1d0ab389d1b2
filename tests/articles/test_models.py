"""What the database refuses, and what rows do to their own words."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone

from articles.models import (
    Article,
    BlockPin,
    Byline,
    Correction,
    Photo,
    Placement,
    RelatedArticle,
    Section,
    Sidebar,
    SidebarBlock,
    TaggedArticle,
)
from articles.models.article import EXCERPT_LENGTH
from articles.states import State
from tests.factories import (
    make_article,
    make_correction,
    make_photo,
    make_reporter,
    make_section,
    make_series,
    make_sidebar,
    make_source,
    make_user,
    pin,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def refused(constraint: str, change) -> None:
    """Assert that the database refuses ``change`` and names ``constraint`` (SQLite: the columns of a unique one)."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        change()
    said = str(error.value)
    assert constraint in said or "UNIQUE constraint failed" in said, said


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("article_state_known", {"state": "published"}),
        ("article_state_known", {"state": ""}),
        ("article_origin_known", {"origin": "stolen"}),
        ("article_approved_complete", {"published_at": None}),
        ("article_approved_complete", {"approved_at": None}),
        ("article_approved_complete", {"section": None}),
        ("article_approved_complete", {"top_section": None}),
        ("article_approved_complete", {"headline": ""}),
        ("article_approved_complete", {"state": State.WITHDRAWN, "published_at": None}),
        ("article_submitted_has_time", {"state": State.SUBMITTED, "submitted_at": None}),
        (
            "article_updated_after_published",
            {"updated_at": F("published_at") - datetime.timedelta(seconds=1)},
        ),
    ],
)
def test_a_story_that_cannot_be_is_refused(constraint, fields):
    """Whatever program writes it: the rules of states and times are the database's own."""
    article = make_article()
    before = Article.objects.values().get()
    refused(constraint, lambda: Article.objects.filter(pk=article.pk).update(**fields))
    assert Article.objects.values().get() == before


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED, State.HELD])
def test_a_story_in_work_may_lack_everything(state):
    """Nothing is asked of a draft."""
    article = Article.objects.create(state=state, headline="")
    assert (article.section, article.published_at, article.excerpt) == (None, None, "")


def test_other_rows_that_cannot_be_are_refused():
    """Bylines, photos, placements, related stories, tags, pins, corrections, sidebars and sections."""
    section, reporter, photo = make_section(), make_reporter(), make_photo()
    article = make_article(reporters=[reporter], photos=[photo], tags=["강"])
    other, sidebar = make_article(), make_sidebar()
    block, tag = sidebar.blocks.get(), TaggedArticle.objects.get().tag
    article.related.add(other)
    pin(block, other)
    byline, placement = Byline.objects.filter(article=article), Placement.objects.filter(article=article)
    cases = [
        ("byline_reporter_or_guest", lambda: byline.update(guest_name="손님")),
        ("byline_reporter_or_guest", lambda: byline.update(reporter=None)),
        ("byline_role_known", lambda: byline.update(role="cook")),
        ("byline_once", lambda: Byline.objects.create(article=article, reporter=reporter)),
        ("photo_focal_point_inside", lambda: Photo.objects.update(focal_x=101)),
        ("photo_focal_point_inside", lambda: Photo.objects.update(focal_y=101)),
        ("placement_place_known", lambda: placement.update(place="top")),
        ("placement_once", lambda: Placement.objects.create(article=article, photo=photo)),
        ("related_to_another", lambda: RelatedArticle.objects.create(article=article, related=article)),
        ("related_once", lambda: RelatedArticle.objects.create(article=article, related=other)),
        ("tagged_once", lambda: TaggedArticle.objects.create(content_object=article, tag=tag)),
        ("pin_once", lambda: BlockPin.objects.create(block=block, article=other)),
        ("correction_kind_known", lambda: make_correction(article, kind="rumour")),
        ("sidebar_place_known", lambda: Sidebar.objects.create(place="roof")),
        ("sidebar_once", lambda: Sidebar.objects.create(place="article")),
        (
            "sidebar_once_a_section",
            lambda: [Sidebar.objects.create(place="list", section=section) for _ in "12"],
        ),
        ("block_count_bounded", lambda: SidebarBlock.objects.update(count=0)),
        ("block_count_bounded", lambda: SidebarBlock.objects.update(count=21)),
        ("section_not_under_itself", lambda: Section.objects.filter(pk=section.pk).update(parent=F("pk"))),
        ("slug", lambda: make_section(slug=section.slug)),
        ("slug", lambda: make_reporter(slug=reporter.slug)),
        ("slug", lambda: [make_series(slug="same") for _ in "12"]),
        ("name", lambda: [make_source("통신") for _ in "12"]),
    ]
    for constraint, change in cases:
        refused(constraint, change)


def test_two_guests_may_stand_in_one_byline():
    """Only reporters are counted once; a byline may hold several guests."""
    article = make_article(guests=["손님 하나", "손님 둘"])
    assert [str(byline) for byline in article.bylines.all()] == ["손님 하나", "손님 둘"]


def test_what_stories_stand_on_cannot_be_deleted():
    """A section, series, source, reporter or photo in use is protected; a user who left is not."""
    user = make_user()
    reporter, photo = make_reporter(user=user), make_photo()
    section, series, source = make_section(), make_series(), make_source()
    article = make_article(
        section=section, series=series, source=source, reporters=[reporter], photos=[photo], created_by=user
    )
    for row in (section, series, source, reporter, photo):
        with pytest.raises(ProtectedError):
            row.delete()
    user.delete()
    article.refresh_from_db()
    reporter.refresh_from_db()
    assert article.created_by is None and reporter.user is None


def test_a_story_tidies_its_own_words():
    """Lines are lines, the text fits the schema, the excerpt and the top section follow."""
    top = make_section("지역")
    article = Article.objects.create(
        kicker=" 단독\n", headline=" 다리\x00  놓는다 ", list_title="다리\t놓기", deck=" 하나 \n\n 둘\u200b ",
        source_name=" 군청 ", dateline=" [새여울신문] ", section=make_section(parent=top),
        body="<script>x</script><div>첫 문단이다.</div>둘째",
    )  # fmt: skip
    article.refresh_from_db()
    assert (article.kicker, article.headline, article.list_title) == ("단독", "다리 놓는다", "다리 놓기")
    assert (article.deck_lines, article.source_name, article.dateline) == (
        ["하나", "둘"],
        "군청",
        "[새여울신문]",
    )
    assert article.body == "<p>첫 문단이다.</p><p>둘째</p>"
    assert article.excerpt == "첫 문단이다. 둘째"
    assert article.top_section == top


def test_the_longest_excerpt_fits_its_column():
    """Also when the text is nothing but open quotations."""
    for body in ("가" * 5000, "“‘(" * 2000, "‘가 " * 2000):
        article = Article.objects.create(body=body)
        assert len(article.excerpt) <= EXCERPT_LENGTH


@pytest.mark.parametrize("fields", [["body"], ["section"], ["headline"], ("body", "section"), {"body"}])
def test_what_is_made_from_a_column_is_saved_with_it(fields):
    """Saving the text alone keeps the excerpt in step, saving the section the top section."""
    article = make_article()
    article.headline, article.body, article.section = "새 제목", "<p>새 글이다.</p>", make_section("새 섹션")
    article.save(update_fields=fields)
    row = Article.objects.get()
    assert (row.headline == "새 제목") is ("headline" in fields)
    assert (row.body == row.excerpt.join(["<p>", "</p>"])) is ("body" in fields)
    assert row.top_section == row.section


def test_saving_a_story_from_a_list_keeps_its_text():
    """A story that was loaded without its text is saved without touching it."""
    make_article(body="<p>글이다.</p>")
    listed = Article.objects.for_listing().get()
    listed.headline = "새 제목"
    listed.save()
    row = Article.objects.get()
    assert (row.headline, row.body, row.excerpt) == ("새 제목", "<p>글이다.</p>", "글이다.")


def test_titles_and_names():
    """The shorter headline in lists; names with their titles; guests as they were typed."""
    article = make_article("긴 제목", list_title="짧은 제목")
    assert (article.title, make_article("긴 제목").title, str(article)) == ("짧은 제목", "긴 제목", "긴 제목")
    assert str(make_reporter("한나래", title="")) == "한나래"
    assert Byline(reporter=make_reporter("한나래")).display_name == "한나래 기자"
    byline = Byline.objects.create(article=article, guest_name=" 김민준 ", guest_title="시인\n")
    assert byline.display_name == "김민준 시인"


def test_sections_have_two_levels():
    """A section under another cannot have sections under it, and one that has some stays on the first level."""
    top = make_section("지역")
    under = make_section("읍내", parent=top)
    for section, parent in ((Section(name="골목", slug="x"), under), (top, make_section("문화"))):
        section.parent = parent
        with pytest.raises(ValidationError) as error:
            section.clean()
        assert set(error.value.message_dict) == {"parent"}
    Section.objects.get(pk=under.pk).clean()
    assert under.top == Section.objects.get(pk=under.parent_id).top == under.parent


@pytest.mark.parametrize(
    ("width", "widths"),
    [(0, [0]), (1, [1]), (400, [400]), (401, [400, 401]), (900, [400, 800, 900]), (1200, [400, 800, 1200]),
     (1600, [400, 800, 1200, 1600]), (1601, [400, 800, 1200, 1600]), (12000, [400, 800, 1200, 1600])],
)  # fmt: skip
def test_widths_of_a_photo(width, widths):
    """Every standard width that the photo has, and its own where it is no larger than the largest."""
    photo = Photo(width=width, height=width, digest="ab12")
    assert photo.widths == widths
    assert [made for made, _url in photo.steps()] == widths
    assert photo.url(10_000).endswith(f"ab12-{widths[-1]}.jpg")
    assert photo.url(1).endswith(f"ab12-{widths[0]}.jpg")


def test_words_of_a_photo():
    """The caption of the story goes before the photo's own; the credit given before the photographer."""
    photographer = make_reporter("서지우", title="사진기자")
    photo = make_photo("새벽 나루.", photographer=photographer)
    article = make_article(photos=[photo])
    placement = article.placements.get()
    assert (placement.text, photo.credit_line) == ("새벽 나루.", "서지우 사진기자")
    placement.caption, photo.credit = "오늘 아침.", "독자 제공"
    assert (placement.text, photo.credit_line) == ("오늘 아침.", "독자 제공")
    assert str(photo) == "새벽 나루." and str(Photo(pk=7)) == "#7"


def test_every_row_has_a_name():
    """The desk shows rows by their names; none is empty and none fails."""
    article = make_article(reporters=[make_reporter()], photos=[make_photo()], tags=["강"])
    article.related.add(make_article())
    block = make_sidebar(section=make_section()).blocks.get()
    pin(block, article)
    make_correction(article)
    make_source(), make_series()
    for model in (
        Article,
        BlockPin,
        Byline,
        Correction,
        Photo,
        Placement,
        RelatedArticle,
        Section,
        Sidebar,
        SidebarBlock,
    ):
        for row in model.objects.all():
            assert str(row).strip(), model


def test_addresses_of_rows():
    """The number is the permanent address of a story; lists go by their slugs."""
    article = make_article()
    assert article.get_absolute_url() == f"/articles/{article.pk}/"
    assert make_series(slug="empty-houses").get_absolute_url() == "/series/empty-houses/"
    assert make_reporter(slug="han").get_absolute_url() == "/reporters/han/"
    assert make_section(slug="local").get_absolute_url() == "/sections/local/"
