"""Notices: who is told of what, the list, the number in the header, and that none is lost with a failed verb."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from articles import actions as verbs
from articles.models import ScheduledChange
from articles.signals import notice_wanted
from articles.snapshots import Snapshot
from articles.states import Change, State
from newsroom.notices import actions
from newsroom.notices.kinds import TOPICS, Kind, Topic
from newsroom.notices.models import Note, Notice
from newsroom.notices.people import desk_of, named_in, people_of

from ..desk_forms import signed_in
from ..factories import make_article, make_reporter, make_section, make_user

pytestmark = pytest.mark.django_db

LIST = "admin:newsroom_notices_notice_changelist"


@pytest.fixture
def writer():
    return make_user("reporter", username="writer", first_name="나래", last_name="한")


@pytest.fixture
def editor():
    return make_user("desk", username="editor", first_name="라온", last_name="서")


def kinds(user) -> list[str]:
    """Return the kinds of a person's notices, the oldest first."""
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def draft(writer, **fields):
    return make_article("다리 점검", state=State.DRAFT, created_by=writer, **fields)


def changed(article, by, body: str = "<p>고친 문단이다.</p>"):
    """Save a change to an approved story."""
    snapshot = Snapshot.from_json(Snapshot.of(article).as_json() | {"body": body})
    return verbs.save(article=article, snapshot=snapshot, by=by).article


class TestVerbs:
    """What is told when a verb has changed a story."""

    def test_the_desk_learns_of_what_is_submitted(self, writer, editor):
        """Those who may approve get a notice with the headline and the way to it; the writer does not."""
        article = verbs.submit(article=draft(writer), by=writer)
        notice = Notice.objects.get(user=editor)
        assert (notice.kind, notice.subject, notice.by) == (Kind.SUBMITTED, "다리 점검", writer)
        assert notice.address == reverse("admin:articles_article_change", args=[article.pk])
        assert kinds(writer) == []

    def test_the_desk_of_other_sections_is_left_in_peace(self, writer):
        """Whoever answers for sections learns of these and of those under them; without duties, of all."""
        local = make_section("지역")
        village = make_section("읍면", parent=local)
        other = make_section("문화")
        here, above, elsewhere, everywhere = (make_user("desk") for _ in range(4))
        for user, section in (
            (here, village),
            (above, local),
            (elsewhere, other),
            (elsewhere, make_section("책")),
        ):
            user.section_duties.create(section=section)
        verbs.submit(article=draft(writer, section=village), by=writer)
        assert [kinds(user) for user in (here, above, elsewhere, everywhere)] == [
            ["submitted"], ["submitted"], [], ["submitted"],
        ]  # fmt: skip

    def test_a_story_without_a_section_is_everybodys(self, writer):
        """So that somebody puts it where it belongs."""
        user = make_user("desk")
        user.section_duties.create(section=make_section())
        article = draft(writer)
        article.section = None
        assert user in desk_of(article)

    def test_the_people_of_a_story_are_told_once_with_the_reason(self, writer, editor):
        """Who began it and who stands in the byline, though somebody is both; others and people who left are not."""
        colleague, gone, stranger = (
            make_user("reporter"),
            make_user("reporter", is_active=False),
            make_user("reporter"),
        )
        reporters = [make_reporter(user=user) for user in (writer, colleague, gone)]
        article = verbs.submit(article=draft(writer, reporters=reporters), by=writer)
        verbs.return_(article=article, by=editor, reason="날짜를 확인해 주세요.")
        for user in (writer, colleague):
            notice = Notice.objects.get(user=user)
            assert (notice.kind, notice.words) == (Kind.RETURNED, "날짜를 확인해 주세요.")
        assert kinds(gone) == kinds(stranger) == []

    def test_the_reason_of_a_return_is_a_note_too(self, writer, editor):
        """It stands in the thread, where it can be answered and settled; it cannot be changed."""
        article = verbs.submit(article=draft(writer), by=writer)
        verbs.return_(article=article, by=editor, reason="@한나래 날짜를 확인해 주세요.")
        note = Note.objects.get(article=article)
        assert note.return_of == article.state_changes.get(verb="return")
        assert not note.may_be_edited_by(editor)
        assert kinds(writer) == ["returned"]

    def test_approval_now_and_for_later(self, writer, editor):
        """A story approved for later says from when readers see it."""
        verbs.approve(article=draft(writer), by=editor)
        later = timezone.now() + datetime.timedelta(hours=5)
        verbs.approve(article=draft(writer), by=editor, published_at=later)
        first, second = Notice.objects.filter(user=writer).order_by("pk")
        assert (first.kind, first.due_at) == (Kind.APPROVED, None)
        assert (second.kind, second.due_at) == (Kind.SCHEDULED, later)

    def test_what_is_held_withdrawn_and_restored(self, writer):
        """Each has its own notice."""
        chief = make_user("editor-in-chief")
        verbs.hold(article=draft(writer), by=chief)
        article = verbs.approve(article=draft(writer), by=chief)
        verbs.withdraw(article=article, by=chief, reason="사실 확인")
        verbs.restore(article=article, by=chief)
        assert kinds(writer) == ["held", "approved", "withdrawn", "restored"]

    def test_whoever_does_it_is_not_told(self, editor):
        """A desk that approves its own story knows."""
        verbs.approve(article=draft(editor), by=editor)
        assert kinds(editor) == []

    def test_what_the_desk_has_dealt_with_is_no_news_any_more(self, writer, editor):
        """The others of the desk keep the notice, but as a read one."""
        other = make_user("desk")
        article = verbs.submit(article=draft(writer), by=writer)
        verbs.recall(article=article, by=writer)
        assert Notice.objects.get(user=other).read_at is not None
        verbs.submit(article=article, by=writer)
        assert Notice.objects.filter(user=other).unread().count() == 1
        verbs.approve(article=article, by=editor)
        assert not Notice.objects.filter(user=other).unread().exists()

    def test_no_verb_costs_more_for_a_large_desk(self, writer):
        """As many queries with one person to tell as with twelve."""
        make_user("desk")

        def cost() -> int:
            article = draft(writer)
            with CaptureQueriesContext(connection) as captured:
                verbs.submit(article=article, by=writer)
            return len(captured)

        cost()
        few = cost()
        for _ in range(12):
            make_user("desk")
        assert cost() == few


class TestChanges:
    """What is told of a change to a story that was approved."""

    @pytest.fixture
    def public(self, writer, editor):
        article = verbs.approve(article=draft(writer), by=editor)
        Notice.objects.all().delete()
        return article

    def test_a_change_is_submitted_returned_and_approved(self, public, writer, editor):
        """The words say that it is a change; the story that readers see is meant nowhere."""
        changed(public, writer)
        verbs.submit(article=public, by=writer)
        assert kinds(editor) == ["change_submitted"]
        verbs.return_(article=public, by=editor, reason="출처를 밝혀 주세요.")
        changed(public, writer, "<p>출처를 밝힌 문단이다.</p>")
        verbs.submit(article=public, by=writer)
        verbs.approve(article=public, by=editor, change=Change.UPDATE)
        assert kinds(writer) == ["change_returned", "change_approved"]

    def test_a_change_for_later_is_told_once(self, public, writer, editor):
        """When it is approved, with its time; not again when it is applied."""
        changed(public, writer)
        verbs.submit(article=public, by=writer)
        later = timezone.now() + datetime.timedelta(hours=2)
        verbs.approve(article=public, by=editor, change=Change.UPDATE, at=later)
        notice = Notice.objects.get(user=writer)
        assert (notice.kind, notice.due_at) == (Kind.CHANGE_SCHEDULED, later)
        ScheduledChange.objects.update(at=timezone.now())
        assert verbs.apply_due() == 1
        assert kinds(writer) == ["change_scheduled"]

    def test_a_declared_notice_is_no_change(self, public, writer, editor):
        """A correction beside the text was not asked for by the writer."""
        verbs.amend(article=public, by=editor, change=Change.CORRECTION, note="이름")
        assert kinds(writer) == []


class TestTell:
    """How notices are written."""

    def test_they_stand_or_fall_with_the_verb(self, writer, editor):
        """A transaction that is rolled back leaves no notice."""
        with pytest.raises(RuntimeError), transaction.atomic():
            verbs.approve(article=draft(writer), by=editor)
            raise RuntimeError
        assert not Notice.objects.exists()

    def test_another_app_may_ask_for_one(self, writer, editor):
        """By the signal of the ground floor."""
        said = {"subject": "군의회 개회", "words": "2층", "address": "/admin/"}
        notice_wanted.send(None, users=[writer, editor, writer], kind="assignment", by=editor, **said)
        notice = Notice.objects.get()
        assert (notice.user, notice.kind, notice.subject, notice.words) == (
            writer,
            "assignment",
            "군의회 개회",
            "2층",
        )

    def test_a_notice_outlives_its_story(self, writer, editor):
        """It still says which story it was."""
        article = draft(writer)
        verbs.hold(article=article, by=editor)
        article.delete()
        notice = Notice.objects.get()
        assert (notice.article, notice.subject) == (None, "다리 점검")

    def test_every_kind_belongs_to_a_topic(self):
        """And every topic has a kind: each can be chosen for mail."""
        assert set(TOPICS) == set(Kind)
        assert set(TOPICS.values()) == set(Topic)


class TestNames:
    """Whom «@» calls."""

    @pytest.mark.parametrize(
        ("text", "called"),
        [
            ("@한나래 확인해 주세요", ["writer"]),
            ("@한나래님, @서라온이 본 표입니다", ["editor", "writer"]),
            ("@editor 부탁합니다 (@writer)", ["editor", "writer"]),
            ("@EDITOR", ["editor"]),
            ("@editorial 회의", []),
            ("메일은 writer@editor.example 로", []),
            ("한나래 기자", []),
            ("@ 한나래", []),
            ("@모르는사람", []),
        ],
    )
    def test_names_are_found(self, writer, editor, text, called):
        """Full names and user names, with whatever stands behind them; addresses call nobody."""
        assert sorted(user.username for user in named_in(text)) == called

    def test_the_longest_name_counts(self, writer):
        """«@한나래울» is not 한나래."""
        longer = make_user("reporter", first_name="나래울", last_name="한")
        assert named_in("@한나래울 부탁") == [longer]
        assert named_in("@한나래가 부탁") == [writer]

    def test_two_of_one_name_are_both_called_and_those_who_left_are_not(self, writer):
        """Better one too many than the wrong one."""
        twin = make_user("desk", first_name="나래", last_name="한")
        make_user("desk", first_name="나래", last_name="한", is_active=False)
        assert named_in("@한나래") == [writer, twin]

    def test_the_name_of_bylines_calls_too(self):
        """A reporter may write under another name than the account's."""
        user = make_user("reporter", username="kdh")
        make_reporter("도하람", user=user)
        assert named_in("@도하람님") == [user]

    def test_people_of_a_story_without_anybody(self):
        """An imported story belongs to nobody here."""
        assert people_of(make_article(guests=["온누리"])) == []


class TestPages:
    """The list and the number in the header."""

    def tell(self, user, number: int = 1, **fields) -> list[Notice]:
        fields = {
            "kind": Kind.MENTION,
            "subject": "다리 점검",
            "words": "확인 부탁",
            "address": "/admin/",
        } | fields
        return [row for _ in range(number) for row in actions.tell(users=[user], **fields)]

    def bell(self, user) -> str:
        request = RequestFactory().get("/admin/")
        request.user = user
        with translation.override("en"):
            return Template("{% load notices %}{% notices_bell %}").render(Context({"request": request}))

    def test_the_bell_counts_with_one_query(self, writer, editor, django_assert_num_queries):
        """Unread ones of this person only; more than 99 are «99+»; none is no number."""
        assert "<strong>" not in self.bell(writer)
        self.tell(editor)
        first, *_others = self.tell(writer, 3)
        actions.read(notices=Notice.objects.filter(pk=first.pk))
        with django_assert_num_queries(1):
            assert "<strong>2</strong>" in self.bell(writer)
        self.tell(writer, 100)
        assert "<strong>99+</strong>" in self.bell(writer)

    def test_everybody_sees_their_own(self, writer, editor):
        """Newest first, and nothing of others; nobody who is not signed in sees any."""
        self.tell(writer, subject="먼저")
        self.tell(writer, subject="나중")
        self.tell(editor, subject="남의 것")
        page = signed_in(writer).get(reverse(LIST)).content.decode()
        assert page.index("나중") < page.index("먼저")
        assert "남의 것" not in page
        assert "/login/" in signed_in(make_user("reporter", is_staff=False)).get(reverse(LIST))["Location"]

    def test_a_story_that_one_may_not_open_is_no_link(self, writer, editor):
        """Whoever is named in a note reads it, and finds no door that is closed."""
        article = make_article("남의 기사", state=State.DRAFT, created_by=editor)
        own = draft(writer)
        for story in (article, own):
            self.tell(writer, article=story, subject="")
        rows = signed_in(writer).get(reverse(LIST)).context["rows"]
        assert [(row.subject, row.can_open) for row in rows] == [("다리 점검", True), ("남의 기사", False)]

    def test_opening_one_reads_it(self, writer, editor):
        """The link leads to what it is about; somebody else's is not there."""
        notice, other = *self.tell(writer), *self.tell(editor)
        client = signed_in(writer)
        assert (
            client.get(reverse("admin:newsroom_notices_notice_open", args=[notice.pk]))["Location"]
            == "/admin/"
        )
        assert client.get(reverse("admin:newsroom_notices_notice_open", args=[other.pk])).status_code == 404
        notice.refresh_from_db()
        other.refresh_from_db()
        assert notice.read_at
        assert other.read_at is None

    def test_one_or_all_are_marked_as_read(self, writer, editor):
        """«All» means those that were on the page: what came meanwhile stays unread; others' stay as they are."""
        first, second, third = self.tell(writer, 3)
        (foreign,) = self.tell(editor)
        client, address = signed_in(writer), reverse("admin:newsroom_notices_notice_read")
        client.post(address, {"notice": first.pk})
        assert list(Notice.objects.unread()) == [second, third, foreign]
        client.post(address, {"up_to": second.pk})
        client.post(address, {"notice": foreign.pk})
        assert list(Notice.objects.unread()) == [third, foreign]

    @pytest.mark.parametrize("values", [{}, {"notice": "x"}, {"up_to": "9" * 40}, {"notice": "١٢²"}])
    def test_rubbish_marks_nothing(self, writer, values):
        """And answers like any other press of a button."""
        self.tell(writer)
        answer = signed_in(writer).post(reverse("admin:newsroom_notices_notice_read"), values)
        assert answer.status_code == 302
        assert Notice.objects.unread().count() == 1

    def test_the_list_goes_on(self, writer):
        """A page ends with the way to the next; a position that is none begins at the top."""
        rows = self.tell(writer, 35)
        client = signed_in(writer)
        page = client.get(reverse(LIST))
        assert page.context["next"] == rows[5].pk
        rest = client.get(reverse(LIST), {"before": page.context["next"]}).context["rows"]
        assert [row.pk for row in rest] == [row.pk for row in reversed(rows[:5])]
        assert len(client.get(reverse(LIST), {"before": "x²"}).context["rows"]) == 30
        actions.read(notices=Notice.objects.filter(pk__gt=rows[2].pk))
        assert len(client.get(reverse(LIST) + "?unread").context["rows"]) == 3

    def test_the_list_costs_the_same_at_any_length(self, writer):
        """As many queries for one notice as for thirty."""
        client = signed_in(writer)

        def cost() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(LIST)).status_code == 200
            return len(captured)

        self.tell(writer, article=draft(writer))
        few = cost()
        for _ in range(12):
            self.tell(writer, article=draft(writer), by=make_user("desk"))
        assert cost() == few <= 10

    def test_what_people_wrote_is_escaped(self, writer):
        """Words of a note are words."""
        self.tell(writer, words="<b>굵게</b>", subject="<i>제목</i>")
        page = signed_in(writer).get(reverse(LIST)).content.decode()
        assert "<b>굵게" not in page
        assert "&lt;i&gt;제목" in page


def test_an_empty_note_is_refused():
    """With a sentence, and nothing is told."""
    with translation.override("en"), pytest.raises(ValidationError, match="the note is empty"):
        actions.write_note(article=make_article(), by=make_user("desk"), text=" \n ")
    assert not Note.objects.exists()
