"""Planning: who sees, gives, takes and begins assignments, and what comes of them."""

import datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import actions as verbs
from articles.models import Article
from articles.signals import notice_wanted
from articles.states import State
from newsroom.planning import access, actions
from newsroom.planning.models import Assignment

from ..desk_forms import fields_of, messages_of, signed_in
from ..factories import make_reporter, make_section, make_user

pytestmark = pytest.mark.django_db

LIST = "admin:newsroom_planning_assignment_changelist"
ADD = "admin:newsroom_planning_assignment_add"
CHANGE = "admin:newsroom_planning_assignment_change"
DO = "admin:newsroom_planning_assignment_do"
WRITERS = ("view_assignment", "add_assignment", "take_assignment")
PLANNED, WRITING, DONE, DROPPED = Assignment.State.values


@pytest.fixture(autouse=True)
def rights():
    """The rights of the roles: reporters see, propose and take; the desk does everything."""
    known = Permission.objects.filter(content_type__app_label="newsroom_planning")
    for role in ("reporter", "photographer"):
        Group.objects.get(name=role).permissions.add(*known.filter(codename__in=WRITERS))
    for role in ("desk", "editor-in-chief"):
        Group.objects.get(name=role).permissions.add(*known)


@pytest.fixture
def told():
    """What notices were asked for: people, subject, words."""
    asked = []

    def listen(sender, *, users, subject, words, **said):
        asked.extend((user, subject, words) for user in users)

    notice_wanted.connect(listen)
    yield asked
    notice_wanted.disconnect(listen)


def plan(what: str = "군의회 임시회 개회", *people, **fields) -> Assignment:
    row = Assignment.objects.create(what=what, **fields)
    row.assignees.add(*people)
    return row


def press(user, row: Assignment, verb: str):
    return signed_in(user).post(reverse(DO, args=[row.pk]), {"verb": verb})


class TestSeeing:
    """Reporters see their own and free ones, the desk everything."""

    def test_the_list_of_a_reporter(self):
        """Own, proposed and free ones; not those of others, and no free one that is over."""
        user, other = make_user("reporter"), make_user("reporter")
        plan("내 취재", user)
        plan("내가 낸 것", other, created_by=user)
        plan("아무나")
        plan("남의 취재", other)
        plan("접은 것", state=DROPPED)
        page = signed_in(user).get(reverse(LIST) + "?state=all").content.decode()
        assert [name in page for name in ("내 취재", "내가 낸 것", "아무나", "남의 취재", "접은 것")] == [
            True, True, True, False, False,
        ]  # fmt: skip
        desk = signed_in(make_user("desk")).get(reverse(LIST) + "?state=all").content.decode()
        assert "남의 취재" in desk
        assert "접은 것" in desk

    def test_those_of_others_cannot_be_opened_or_moved(self):
        """Their pages and buttons are as if they were not there."""
        row = plan("남의 취재", make_user("reporter"))
        user = make_user("reporter")
        assert signed_in(user).get(reverse(CHANGE, args=[row.pk])).status_code == 302
        for verb in ("take", "begin", "dropped"):
            assert press(user, row, verb).status_code == 302
        row.refresh_from_db()
        assert (row.state, row.article, row.assignees.count()) == (PLANNED, None, 1)

    def test_the_list_shows_what_is_still_to_be_done(self):
        """The next deadline first; «mine» and each state are filters."""
        user = make_user("desk")
        now = timezone.now()
        plan("나중", user, deadline=now + datetime.timedelta(days=2))
        plan("먼저", deadline=now + datetime.timedelta(days=1))
        plan("끝난 일", state=DONE)
        client = signed_in(user)

        def shown(query: str) -> list[str]:
            return [row.what for row in client.get(reverse(LIST) + query).context["cl"].result_list]

        assert shown("") == ["먼저", "나중"]
        assert shown("?state=mine") == ["나중"]
        assert shown("?state=done") == ["끝난 일"]

    def test_the_list_costs_the_same_at_any_length(self):
        """As many queries for one assignment as for many."""
        client = signed_in(make_user("desk"))

        def cost() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(LIST)).status_code == 200
            return len(captured)

        plan("하나", make_user("reporter"), section=make_section())
        few = cost()
        for number in range(12):
            plan(f"또 {number}", make_user("reporter"), make_user("reporter"), section=make_section())
        assert cost() == few <= 12


class TestForm:
    """Giving and proposing."""

    def fill(self, user, **changes):
        client = signed_in(user)
        values = fields_of(client.get(reverse(ADD))) | {"what": "장날 풍경"} | changes
        return client.post(reverse(ADD), values)

    def test_the_desk_gives_one_and_those_who_get_it_are_told(self, told):
        """With time, place, photo and deadline; the giver is not told, and nobody twice."""
        desk, user = make_user("desk"), make_user("reporter")
        answer = self.fill(
            desk, assignees=[user.pk], starts_at="2026-12-01T10:00", place="장터", photo_needed="on",
            details="물가를\n물어볼 것", deadline="2026-12-01T18:00",
        )  # fmt: skip
        assert answer.status_code == 302
        row = Assignment.objects.get()
        assert (row.created_by, row.place, row.photo_needed, row.state) == (desk, "장터", True, PLANNED)
        assert timezone.localtime(row.deadline).hour == 18
        assert told == [(user, "장날 풍경", "장터\n물가를\n물어볼 것")]
        client = signed_in(desk)
        values = fields_of(client.get(reverse(CHANGE, args=[row.pk])))
        client.post(reverse(CHANGE, args=[row.pk]), values | {"assignees": [user.pk], "place": "구장터"})
        assert len(told) == 1

    def test_a_reporter_proposes_for_oneself(self, told):
        """There is no choice of people, and a forged one is passed over."""
        user, other = make_user("reporter"), make_user("reporter")
        assert self.fill(user, assignees=[other.pk]).status_code == 302
        row = Assignment.objects.get()
        assert list(row.assignees.all()) == [user]
        assert row.created_by == user

    def test_a_reporter_changes_what_was_proposed_until_it_is_begun(self):
        """Not what the desk gave, and not the people."""
        user = make_user("reporter")
        own, given = plan("내 제안", user, created_by=user), plan("받은 것", user)
        client = signed_in(user)
        values = {"what": "고친 제안", "assignees": []}
        assert client.post(reverse(CHANGE, args=[own.pk]), values).status_code == 302
        assert client.post(reverse(CHANGE, args=[given.pk]), values).status_code == 403
        own.refresh_from_db()
        assert (own.what, list(own.assignees.all())) == ("고친 제안", [user])
        actions.begin(assignment=own, by=user)
        assert client.post(reverse(CHANGE, args=[own.pk]), values).status_code == 403

    def test_what_is_wrong_comes_back_with_everything_typed(self):
        """Nothing is stored, nothing is lost."""
        answer = self.fill(make_user("desk"), what="", place="장터", deadline="언젠가")
        assert answer.status_code == 200
        assert fields_of(answer)["place"] == "장터"
        assert not Assignment.objects.exists()

    @pytest.mark.parametrize(
        ("day", "offered"), [("2026-12-24", "2026-12-24T09:00"), ("2026-13-99", ""), ("x", "")]
    )
    def test_the_calendars_day_is_offered(self, day, offered):
        """From the calendar the form opens with the day; rubbish offers nothing."""
        page = signed_in(make_user("desk")).get(reverse(ADD), {"day": day})
        assert fields_of(page)["starts_at"] == offered

    def test_what_a_story_came_from_is_not_deleted(self):
        """It is dropped or done."""
        desk = make_user("desk")
        row = plan("하나", desk)
        assert (
            signed_in(desk)
            .get(reverse("admin:newsroom_planning_assignment_delete", args=[row.pk]))
            .status_code
            == 200
        )
        actions.begin(assignment=row, by=desk)
        assert (
            signed_in(desk)
            .get(reverse("admin:newsroom_planning_assignment_delete", args=[row.pk]))
            .status_code
            == 403
        )


class TestTaking:
    """Free ones are taken by whoever has time."""

    def test_a_free_one_is_taken_once(self):
        """Whoever is second is told so."""
        row, first, second = plan(), make_user("reporter"), make_user("reporter")
        press(first, row, "take")
        with pytest.raises(PermissionDenied):
            actions.take(assignment=row, by=second)
        assert list(row.assignees.all()) == [first]

    def test_without_the_right_nobody_takes(self):
        """A moderator does not report."""
        with pytest.raises(PermissionDenied):
            actions.take(assignment=plan(), by=make_user("moderator"))

    def test_the_page_offers_what_the_person_may_do(self):
        """No button that would be refused."""
        user = make_user("reporter")
        free, mine = plan("아무나"), plan("내 것", user)
        client = signed_in(user)

        def buttons(row) -> set[str]:
            context = client.get(reverse(CHANGE, args=[row.pk])).context
            return {name for name in ("may_take", "may_begin", "may_move") if context[name]}

        assert buttons(free) == {"may_take", "may_begin"}
        assert buttons(mine) == {"may_begin", "may_move"}

    @pytest.mark.parametrize("verb", ["", "explode", "begin\x00"])
    def test_an_unknown_button_does_nothing(self, verb):
        """Nor does a GET."""
        user = make_user("reporter")
        row = plan("내 것", user)
        assert press(user, row, verb).status_code == 302
        assert signed_in(user).get(reverse(DO, args=[row.pk])).status_code == 302
        row.refresh_from_db()
        assert row.state == PLANNED


class TestBeginning:
    """From an assignment to a story."""

    def test_the_story_knows_what_was_planned(self):
        """Working headline, section, deadline, the names of those who do it; the details in its history."""
        user, colleague, section = make_user("reporter"), make_user("photographer"), make_section("지역")
        names = [make_reporter("한나래", user=user), make_reporter("백가람", user=colleague)]
        deadline = timezone.now() + datetime.timedelta(hours=4)
        row = plan(
            "다리 점검", user, colleague, section=section, deadline=deadline, details="보고서를 받을 것"
        )
        answer = press(user, row, "begin")
        article = Article.objects.get()
        assert answer["Location"] == reverse("admin:articles_article_change", args=[article.pk])
        assert (article.headline, article.section, article.deadline) == ("다리 점검", section, deadline)
        assert (article.state, article.created_by) == (State.DRAFT, user)
        assert [line.reporter for line in article.bylines.all()] == names
        assert article.revisions.get().note == "보고서를 받을 것"
        row.refresh_from_db()
        assert (row.article, row.state) == (article, WRITING)

    def test_two_clicks_are_one_story(self):
        """The second leads to the story of the first, the colleague's, too."""
        user, colleague = make_user("reporter"), make_user("reporter")
        row = plan("다리 점검", user, colleague)
        first = actions.begin(assignment=row, by=user)
        assert actions.begin(assignment=row, by=colleague) == first
        assert Article.objects.count() == 1

    def test_beginning_a_free_one_takes_it(self):
        """Nobody else begins it then."""
        row, user = plan(), make_user("reporter")
        actions.begin(assignment=row, by=user)
        assert list(row.assignees.all()) == [user]
        with pytest.raises(PermissionDenied):
            actions.begin(assignment=row, by=make_user("reporter"))

    def test_one_that_is_over_is_not_begun(self):
        """It is planned again first."""
        user = make_user("reporter")
        row = plan("접은 것", user, state=DROPPED)
        assert not access.may_begin(user, row)
        client = signed_in(user)
        answer = client.post(reverse(DO, args=[row.pk]), {"verb": "begin"})
        assert "may not begin" in messages_of(client, answer)
        assert not Article.objects.exists()
        press(user, row, "open")
        press(user, row, "begin")
        assert Article.objects.count() == 1

    def test_approval_is_its_end(self):
        """The assignment is done with the story; a story thrown away leaves it to be begun again."""
        user = make_user("desk")
        row = plan("다리 점검", user, section=make_section())
        article = actions.begin(assignment=row, by=user)
        article.delete()
        row.refresh_from_db()
        assert row.article is None
        article = actions.begin(assignment=row, by=user)
        Article.objects.filter(pk=article.pk).update(body="<p>글</p>")
        article.refresh_from_db()
        verbs.approve(article=article, by=user)
        row.refresh_from_db()
        assert row.state == DONE

    def test_it_stands_beside_its_story(self, django_assert_num_queries):
        """What, where, details as words; nothing for a story without one; one query."""
        user = make_user("desk")
        article = actions.begin(assignment=plan("점검", user, place="군청", details="<b>둘</b>"), by=user)
        template = Template("{% load planning %}{% story_assignment original %}")
        with django_assert_num_queries(1):
            page = template.render(Context({"original": article}))
        assert "군청" in page
        assert "&lt;b&gt;둘" in page
        assert template.render(Context({"original": None})).strip() == ""


class TestMoving:
    """Dropped, done without a story, planned again."""

    @pytest.mark.parametrize("state", [DONE, DROPPED])
    def test_there_and_back(self, state):
        """One without a story is planned again, one with a story is being written again."""
        user = make_user("reporter")
        row, begun = plan("하나", user), plan("둘", user)
        actions.begin(assignment=begun, by=user)
        for one, back in ((row, PLANNED), (begun, WRITING)):
            press(user, one, state)
            one.refresh_from_db()
            assert one.state == state
            press(user, one, "open")
            one.refresh_from_db()
            assert one.state == back

    def test_a_free_one_is_dropped_by_the_desk_only(self):
        """Not by whoever happens to see it."""
        row = plan()
        with pytest.raises(PermissionDenied):
            actions.move(assignment=row, by=make_user("reporter"), state=DROPPED)
        actions.move(assignment=row, by=make_user("desk"), state=DROPPED)
        row.refresh_from_db()
        assert row.state == DROPPED

    def test_late_is_what_should_have_been_done(self):
        """Only while it is to be done."""
        past = timezone.now() - datetime.timedelta(hours=1)
        assert Assignment(deadline=past).is_late is True
        assert Assignment(deadline=past, state=DONE).is_late is False
        assert Assignment().is_late is False
