"""Versions of a story: every one is kept, work on an approved story stands beside it until it is approved."""

import datetime
from dataclasses import replace

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import actions
from articles.errors import Immutable, NotAllowed, NotReady, WrongState
from articles.models import Article, Revision, ScheduledChange
from articles.models.revision import broken_link
from articles.signals import article_changed
from articles.snapshots import Snapshot
from articles.states import Change, Occasion, State

from ..factories import make_article, make_photo, make_reporter, make_section, make_series, make_user

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
NEW = "새로 쓴 제목"


def change(article: Article, by, **values) -> actions.Saved:
    """Save the newest version with other values."""
    return actions.save(article=article, snapshot=replace(actions.newest(article), **values), by=by)


@pytest.fixture
def desk():
    return make_user("desk")


@pytest.fixture
def story():
    """A public story with everything a version holds."""
    photos = [make_photo("하나."), make_photo("둘.")]
    body = f'<p>첫 문단이다.</p><figure data-photo="{photos[1].pk}"></figure><p>둘째 문단이다.</p>'
    article = make_article(
        series=make_series(), deck="부제", body=body, reporters=[make_reporter()], guests=["온누리"],
        photos=photos[:1], tags=["강변", "다리"],
    )  # fmt: skip
    article.related.add(make_article("이웃 이야기"))
    return article


def test_a_version_is_read_kept_and_written_whole(story, desk):
    """What a row says, its version as JSON, and the row written from it are the same."""
    before = Snapshot.of(story)
    assert Snapshot.from_json(before.as_json()) == before
    other = make_article("다른 기사", state=State.DRAFT, section=make_section("문화"), body="<p>글</p>")
    actions.save(article=other, snapshot=replace(before, related=[]), by=desk)
    after = Snapshot.of(Article.objects.get(pk=other.pk))
    assert after == replace(before, related=[])
    assert other.lead_photo_id == before.lead_photo


def test_every_save_is_a_version_and_the_row_of_a_draft_follows(desk):
    """Each save of a draft counts one up, is sealed with the one before, and stands in the row."""
    article = make_article(state=State.DRAFT)
    first = change(article, desk, headline="하나")
    second = change(article, desk, headline="둘", tags=["강"])
    article.refresh_from_db()
    assert (first.revision.number, second.revision.number, article.version) == (2, 3, 3)
    assert (article.headline, article.tag_list) == ("둘", ["강"])
    rows = list(article.revisions.order_by("number"))
    assert [row.content["headline"] for row in rows] == ["나루터 창고, 배움터로 다시 문 연다", "하나", "둘"]
    assert [row.occasion for row in rows] == [Occasion.IMPORT, Occasion.SAVE, Occasion.SAVE]
    assert [row.by for row in rows[1:]] == [desk, desk]
    assert broken_link(rows) is None


def test_a_new_story_begins_with_its_first_version(desk):
    """``create`` makes row and revision at once; who may not begin stories makes nothing."""
    saved = actions.create(snapshot=Snapshot(headline="  새  기사 ", body="글", tags=["눈"]), by=desk)
    article = Article.objects.get()
    assert (article.headline, article.body, article.created_by) == ("새 기사", "<p>글</p>", desk)
    assert (saved.revision.number, article.version, article.tag_list) == (1, 1, ["눈"])
    with pytest.raises(NotAllowed):
        actions.create(snapshot=Snapshot(headline="남"), by=make_user("moderator"))
    assert Article.objects.count() == 1


def test_saving_the_same_again_makes_no_version(story, desk):
    """Nothing changed, nothing stored, whatever form the words came in."""
    change(story, desk, headline=NEW)
    saved = change(story, desk, headline=f" {NEW} ", body=actions.newest(story).body + "<p>&nbsp;</p>")
    assert saved.revision is None
    assert Revision.objects.filter(article=story).count() == 2


def test_a_version_is_never_changed_and_a_change_would_show(story, desk):
    """Saving a revision again is an error of the program; altered or removed rows break the seal."""
    change(story, desk, headline=NEW)
    change(story, desk, headline="셋째")
    revision = story.revisions.get(number=2)
    with pytest.raises(Immutable):
        revision.save()
    Revision.objects.filter(pk=revision.pk).update(content=revision.content | {"headline": "바꿔 쓴 것"})
    assert broken_link(story.revisions.order_by("number")).number == 2
    Revision.objects.filter(pk=revision.pk).delete()
    assert broken_link(story.revisions.order_by("number")).number == 3


def test_work_on_a_public_story_is_not_in_its_row(story, desk):
    """The row, its bylines, photos and tags stay as approved; the newest version holds the change."""
    before = (Article.objects.values().get(pk=story.pk), Snapshot.of(story))
    change(story, desk, headline=NEW, tags=["쌀값"], bylines=[], lead_photo=None, body="<p>딴 글</p>")
    stored = Article.objects.get(pk=story.pk)
    assert Snapshot.of(stored) == before[1]
    assert (stored.version, stored.approved_version, stored.change_state) == (2, 1, State.DRAFT)
    assert (actions.newest(stored).headline, actions.newest(stored).tags) == (NEW, ["쌀값"])


def test_a_change_goes_the_way_of_a_story(story):
    """Its reporter submits it, the desk returns it, it comes again and is approved; each step is in the log."""
    reporter, desk = make_user("reporter"), make_user("desk")
    Article.objects.filter(pk=story.pk).update(created_by=reporter)
    change(story, reporter, headline=NEW)
    actions.submit(article=story, by=reporter)
    with pytest.raises(NotAllowed):
        change(story, reporter, headline="더")
    actions.return_(article=story, by=desk, reason="근거를 밝혀 주세요")
    change(story, reporter, deck="근거를 밝혔다")
    actions.submit(article=story, by=reporter)
    with pytest.raises(NotReady):
        actions.approve(article=story, by=desk)  # what kind of change?
    actions.approve(article=story, by=desk, change=Change.UPDATE, note="근거 추가")
    stored = Article.objects.get(pk=story.pk)
    assert (stored.headline, stored.deck, stored.state) == (NEW, "근거를 밝혔다", State.APPROVED)
    assert (stored.approved_version, stored.change_state, stored.version) == (3, "", 3)
    steps = [(row.verb, row.change, row.version) for row in stored.state_changes.all()]
    assert steps == [
        ("amend", "update", 3), ("submit", "", 3), ("return", "", 2), ("submit", "", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "moves"), [("typo", False), ("update", True), ("correction", True)])
def test_what_an_approved_change_moves(story, desk, kind, moves):
    """A typo moves no public time, an update and a correction move «updated»; one signal tells of it."""
    heard = []

    def listen(sender, **said):
        heard.append(said["verb"])

    article_changed.connect(listen)
    change(story, desk, headline=NEW)
    assert heard == []
    actions.approve(article=story, by=desk, change=kind)
    article_changed.disconnect(listen)
    stored = Article.objects.get(pk=story.pk)
    assert (stored.headline, stored.updated_at is not None) == (NEW, moves)
    assert stored.published_at == story.published_at
    assert heard == ["amend"]


def test_nothing_is_approved_unseen(story, desk):
    """Who approves version 2 while version 3 is there is told to look again."""
    change(story, desk, headline=NEW)
    change(story, make_user("desk"), headline="몰래 바꾼 제목")
    with pytest.raises(WrongState):
        actions.approve(article=story, by=desk, change=Change.TYPO, version=2)
    assert Article.objects.get(pk=story.pk).headline not in {NEW, "몰래 바꾼 제목"}


def test_a_change_dropped_leaves_what_readers_see(story, desk):
    """The newest version says again what was approved; the dropped words stay in the history."""
    approved = actions.newest(story)
    change(story, desk, headline=NEW)
    actions.discard(article=story, by=desk)
    stored = Article.objects.get(pk=story.pk)
    assert (actions.newest(stored), stored.change_state) == (approved, "")
    assert stored.revisions.filter(content__headline=NEW).exists()
    with pytest.raises(WrongState):
        actions.discard(article=story, by=desk)


def test_writing_back_what_readers_see_ends_the_change(story, desk):
    """A change undone by hand leaves nothing to approve."""
    headline = story.headline
    change(story, desk, headline=NEW)
    change(story, desk, headline=headline)
    stored = Article.objects.get(pk=story.pk)
    assert (stored.change_state, stored.approved_version) == ("", 3)


def test_an_old_version_comes_back_as_a_new_one(story, desk):
    """Restoring makes a version of its own; on a public story it waits for approval like any change."""
    first = story.headline
    change(story, desk, headline=NEW)
    actions.approve(article=story, by=desk, change=Change.TYPO)
    saved = actions.restore_revision(article=story, number=1, by=desk, note="잘못 고쳤다")
    assert (saved.revision.number, saved.revision.occasion, saved.revision.note) == (
        3,
        "restore",
        "잘못 고쳤다",
    )
    stored = Article.objects.get(pk=story.pk)
    assert (stored.headline, actions.newest(stored).headline) == (NEW, first)
    with pytest.raises(WrongState):
        actions.restore_revision(article=story, number=99, by=desk)


def test_what_was_deleted_since_is_left_out(story, desk):
    """A version that names a reporter or photo that is gone is written without them."""
    gone = {"reporter": 9999, "guest_name": "", "guest_title": "", "role": "writer"}
    change(story, desk, bylines=[gone], lead_photo=9999, related=[9999], series=9999)
    actions.approve(article=story, by=desk, change=Change.UPDATE)
    stored = Article.objects.get(pk=story.pk)
    assert (stored.bylines.count(), stored.lead_photo, stored.series) == (0, None, None)
    assert not stored.related_links.exists()


class TestTogether:
    """Two people in one story."""

    def test_both_paragraphs_are_kept(self, desk):
        """The second save is merged with the first; nothing of either is missing."""
        article = make_article(state=State.DRAFT, body="<p>하나.</p><p>둘.</p><p>셋.</p>")
        before = actions.newest(article)
        change(article, make_user("desk"), body="<p>하나, 고쳤다.</p><p>둘.</p><p>셋.</p>")
        mine = replace(before, body="<p>하나.</p><p>둘.</p><p>셋, 고쳤다.</p>", deck="내 부제")
        saved = actions.save(article=article, snapshot=mine, by=desk, based_on=1)
        assert (saved.merged, saved.conflicts) == (True, [])
        assert article.body == "<p>하나, 고쳤다.</p><p>둘.</p><p>셋, 고쳤다.</p>"
        assert (article.deck, saved.revision.occasion, saved.revision.based_on) == ("내 부제", "merge", 1)

    def test_what_both_changed_is_named(self, desk):
        """The same headline changed twice: mine stands, theirs is reported and kept as a version."""
        article = make_article(state=State.DRAFT)
        before = actions.newest(article)
        change(article, make_user("desk"), headline="남의 제목")
        saved = actions.save(article=article, snapshot=replace(before, headline=NEW), by=desk, based_on=1)
        assert [(row.field, row.theirs) for row in saved.conflicts] == [("headline", "남의 제목")]
        assert article.headline == NEW
        assert article.revisions.get(number=2).content["headline"] == "남의 제목"

    @pytest.mark.parametrize("number", [0, 77])
    def test_a_version_nobody_knows_overwrites_nothing(self, desk, number):
        """Based on a made-up number, both texts are there, and a line that both have changed is named."""
        article = make_article(state=State.DRAFT, body="<p>하나.</p><p>둘.</p><p>셋.</p>")
        before = actions.newest(article)
        change(article, make_user("desk"), headline="남의 제목", body="<p>하나, 남.</p><p>둘.</p><p>셋.</p>")
        mine = replace(before, headline=NEW, body="<p>하나.</p><p>둘.</p><p>셋, 나.</p>")
        saved = actions.save(article=article, snapshot=mine, by=desk, based_on=number)
        assert saved.merged
        assert article.body == "<p>하나, 남.</p><p>둘.</p><p>셋, 나.</p>"
        assert [(row.field, row.theirs) for row in saved.conflicts] == [("headline", "남의 제목")]


class TestScheduled:
    """An approved change that waits for its time."""

    @pytest.fixture
    def waiting(self, story, desk):
        """The story with a change approved for an hour from now."""
        change(story, desk, headline=NEW)
        actions.approve(article=story, by=desk, change=Change.UPDATE, note="보강", at=timezone.now() + HOUR)
        return story

    def test_it_appears_at_its_time_with_nothing_running(self, waiting, client):
        """The first reader after the time sees the change on the page and in the lists; «updated» is its time."""
        due = waiting.scheduled_change.at
        assert NEW not in client.get(waiting.get_absolute_url()).content.decode()
        with time_machine.travel(due - datetime.timedelta(seconds=1), tick=False):
            assert NEW not in client.get("/latest/").content.decode()
        with time_machine.travel(due + 2 * HOUR, tick=False):
            assert NEW in client.get("/latest/").content.decode()
            assert NEW in client.get(waiting.get_absolute_url()).content.decode()
        stored = Article.objects.get(pk=waiting.pk)
        assert (stored.updated_at, stored.approved_version, stored.change_state) == (due, 2, "")
        assert not ScheduledChange.objects.exists()

    @pytest.mark.parametrize("error", [DatabaseError("read-only"), Revision.DoesNotExist()])
    def test_readers_read_on_when_it_cannot_be_applied(self, waiting, client, monkeypatch, caplog, error):
        """A database that takes no writes costs readers nothing but the change; the log says so."""

        def refuse(*args):
            raise error

        monkeypatch.setattr("newsroom.publication.middleware.apply_due", refuse)
        with time_machine.travel(waiting.scheduled_change.at + HOUR, tick=False):
            answer = client.get(waiting.get_absolute_url())
        assert answer.status_code == 200
        assert NEW not in answer.content.decode()
        assert "could not be applied" in caplog.text

    def test_it_is_applied_once(self, waiting):
        """Whoever comes second finds nothing to do."""
        due = waiting.scheduled_change.at
        assert [actions.apply_due(due - HOUR), actions.apply_due(due), actions.apply_due(due)] == [0, 1, 0]
        assert waiting.state_changes.filter(verb="amend").count() == 1

    def test_work_that_goes_on_is_not_shown_with_it(self, waiting, desk):
        """What is written after the approval is a change of its own and waits for an approval of its own."""
        change(waiting, desk, headline="그다음 제목")
        assert actions.apply_due(waiting.scheduled_change.at) == 1
        stored = Article.objects.get(pk=waiting.pk)
        assert (stored.headline, stored.change_state, stored.approved_version) == (NEW, State.DRAFT, 2)
        assert actions.newest(stored).headline == "그다음 제목"

    def test_its_schedule_is_cancelled(self, waiting, desk):
        """Cancelled, it is a draft of a change again and its time passes without effect."""
        due = waiting.scheduled_change.at
        actions.unschedule(article=waiting, by=desk)
        assert actions.apply_due(due) == 0
        stored = Article.objects.get(pk=waiting.pk)
        assert (stored.change_state, stored.headline == NEW) == (State.DRAFT, False)
        with pytest.raises(WrongState):
            actions.unschedule(article=waiting, by=desk)

    def test_a_withdrawn_story_waits_for_nothing(self, waiting, desk):
        """Withdrawing ends the schedule and keeps the change as a draft; restoring shows what was approved."""
        due, headline = waiting.scheduled_change.at, waiting.headline
        actions.withdraw(article=waiting, by=desk, reason="다시 확인")
        assert actions.apply_due(due) == 0
        actions.restore(article=waiting, by=desk)
        stored = Article.objects.get(pk=waiting.pk)
        assert (stored.headline, stored.change_state) == (headline, State.DRAFT)

    def test_dropping_later_work_keeps_the_schedule(self, waiting, desk):
        """Discarding what was written after the approval leaves the approved change waiting."""
        change(waiting, desk, headline="그다음 제목")
        actions.discard(article=waiting, by=desk)
        assert actions.newest(waiting).headline == NEW
        assert actions.apply_due(ScheduledChange.objects.get().at) == 1
        assert Article.objects.get(pk=waiting.pk).headline == NEW

    def test_readers_pages_ask_no_more_for_many_that_wait(self, waiting, client, desk):
        """Twenty changes that wait cost a page as many queries as none."""
        address = waiting.get_absolute_url()

        def queries() -> int:
            with CaptureQueriesContext(connection) as context:
                assert client.get(address).status_code == 200
            return len(context)

        few = queries()
        for number in range(20):
            other = make_article(f"기사 {number}", hours_ago=3)
            change(other, desk, headline=f"예약된 제목 {number}")
            actions.approve(article=other, by=desk, change=Change.TYPO, at=timezone.now() + HOUR)
        assert queries() == few


def test_a_story_held_before_its_time_goes_on_from_its_newest_version(desk):
    """Held, the row takes what was written beside it, so that the desk goes on from there."""
    article = make_article(hours_ago=-5)
    change(article, desk, headline=NEW)
    actions.hold(article=article, by=desk)
    stored = Article.objects.get()
    assert (stored.headline, stored.state, stored.approved_version) == (NEW, State.HELD, None)
    actions.approve(article=stored, by=desk)
    assert (stored.approved_version, stored.headline) == (2, NEW)


def test_a_story_is_held_whose_change_took_its_time_out(desk):
    """«As soon as it is approved» instead of a time, not approved yet, is no obstacle to holding the story."""
    article = make_article(hours_ago=-5)
    change(article, desk, published_at=None, headline=NEW)
    actions.hold(article=article, by=desk)
    stored = Article.objects.get()
    assert (stored.state, stored.published_at, stored.headline) == (State.HELD, None, NEW)


def test_the_time_of_a_story_that_waits_is_changed_by_approval(desk):
    """Another time for what readers have not seen is a change like any other, and never lies in the past."""
    article = make_article(hours_ago=-5)
    later = timezone.now() + 9 * HOUR
    change(article, desk, published_at=later)
    assert Article.objects.get().published_at == article.published_at != later
    actions.approve(article=article, by=desk)
    assert Article.objects.get().published_at == later
    change(article, desk, published_at=None)
    actions.approve(article=article, by=desk)
    assert Article.objects.get().is_public()
