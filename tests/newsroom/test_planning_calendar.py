"""The calendar: what stands on which day, for whom, and at which cost."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, ScheduledChange
from articles.states import Change, State
from newsroom.planning.calendar import MONTH, WEEK, Span, days_of, parse_day
from newsroom.planning.models import Assignment

from ..desk_forms import signed_in
from ..factories import make_article, make_user

pytestmark = pytest.mark.django_db

ADDRESS = "admin:newsroom_planning_assignment_calendar"
# Far ahead, so that what waits for its time still does whenever the tests run.
DAY = datetime.date(2099, 11, 22)


@pytest.fixture(autouse=True)
def rights():
    """Everybody who writes sees assignments; the desk does everything."""
    known = Permission.objects.filter(content_type__app_label="newsroom_planning")
    Group.objects.get(name="reporter").permissions.add(
        *known.filter(codename__in=["view_assignment", "add_assignment"])
    )
    Group.objects.get(name="desk").permissions.add(*known)


def at(hour: int, minute: int = 0, day: datetime.date = DAY) -> datetime.datetime:
    """Return a moment of a day in the paper's time."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))


def plan(what: str, *people, **fields) -> Assignment:
    row = Assignment.objects.create(what=what, **fields)
    row.assignees.add(*people)
    return row


def scheduled_change(article, moment) -> ScheduledChange:
    return ScheduledChange.objects.create(article=article, version=2, at=moment, kind=Change.UPDATE)


def entries(user, day: datetime.date = DAY, view: str = MONTH) -> list[tuple[str, str]]:
    """Return kind and title of what stands on a day."""
    found = next(one for one in days_of(Span.around(day, view), user) if one.date == day)
    return [(entry.kind, entry.title) for entry in found.entries]


class TestSpan:
    """The days of a month or a week."""

    @pytest.mark.parametrize(
        ("view", "first", "last", "shown", "before", "after"),
        [
            (MONTH, "2026-11-01", "2026-11-30", ("2026-10-26", "2026-12-06"), "2026-10-31", "2026-12-01"),
            (WEEK, "2026-11-16", "2026-11-22", ("2026-11-16", "2026-11-22"), "2026-11-15", "2026-11-23"),
        ],
    )
    def test_weeks_are_whole_and_begin_on_monday(self, view, first, last, shown, before, after):
        """The way back and on is a day in the span beside it."""
        span = Span.around(datetime.date(2026, 11, 22), view)
        assert (f"{span.first}", f"{span.last}") == (first, last)
        assert (f"{span.days[0]}", f"{span.days[-1]}") == shown
        assert len(span.days) % 7 == 0
        assert (f"{span.before}", f"{span.after}") == (before, after)

    @pytest.mark.parametrize("text", ["", "2026-02-30", "x" * 10, "20261122", "2026-W47-7", "9" * 400])
    def test_what_is_no_day_is_today(self, text):
        """No address fails."""
        assert parse_day(text, DAY) == DAY

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    @pytest.mark.parametrize("view", [MONTH, WEEK])
    def test_the_ends_of_time_can_be_asked_for(self, day, view):
        """Even they are answered."""
        page = signed_in(make_user("desk")).get(reverse(ADDRESS), {"day": day, "view": view})
        assert page.status_code == 200


class TestDays:
    """What stands on a day."""

    def test_everything_that_is_to_come_in_the_order_of_its_time(self):
        """Assignments, their deadlines, those of stories, stories and changes that wait, planned embargoes."""
        user = make_user("desk")
        plan("개회", starts_at=at(10), deadline=at(17))
        make_article("마감 있는 글", state=State.DRAFT, deadline=at(16))
        make_article("예약된 글", published_at=at(6))
        embargoed = make_article("엠바고 걸린 글", state=State.SUBMITTED)
        Article.objects.filter(pk=embargoed.pk).update(published_at=at(12))
        scheduled_change(make_article("바뀔 글"), at(14))
        assert entries(user) == [
            ("scheduled", "예약된 글"),
            ("assignment", "개회"),
            ("embargo", "엠바고 걸린 글"),
            ("change", "바뀔 글"),
            ("deadline", "마감 있는 글"),
            ("due", "개회"),
        ]

    def test_what_is_over_is_left_out(self):
        """Dropped assignments, deadlines that were met, stories that readers see already or were withdrawn."""
        user, today = make_user("desk"), timezone.localdate()
        now = timezone.now()
        plan("접은 것", starts_at=now, state=Assignment.State.DROPPED)
        plan("끝난 것", starts_at=now, deadline=now, state=Assignment.State.DONE)
        make_article("이미 나간 글", hours_ago=0.01, deadline=now)
        make_article("내린 글", state=State.WITHDRAWN, published_at=at(9))
        assert entries(user, today) == [("assignment", "끝난 것")]
        assert entries(user) == []

    def test_days_are_those_of_the_paper(self):
        """One minute before midnight in Seoul is still that day, midnight the next."""
        user = make_user("desk")
        plan("밤", starts_at=at(23, 59))
        plan("자정", starts_at=at(0, 0, DAY + datetime.timedelta(days=1)))
        assert entries(user) == [("assignment", "밤")]
        assert entries(user, DAY + datetime.timedelta(days=1)) == [("assignment", "자정")]

    def test_an_assignment_stands_on_its_own_days_only(self):
        """One that is due in this month and was in another is not put on a wrong day."""
        user = make_user("desk")
        plan("긴 취재", starts_at=at(10, 0, datetime.date(2099, 6, 1)), deadline=at(17))
        assert entries(user) == [("due", "긴 취재")]

    def test_a_reporter_sees_their_own_and_what_is_free(self):
        """Neither the stories nor the assignments of others, embargoed ones least of all."""
        user, other = make_user("reporter"), make_user("reporter")
        plan("내 취재", user, starts_at=at(9))
        plan("아무나", starts_at=at(10))
        plan("남의 취재", other, starts_at=at(11))
        make_article("내 글", published_at=at(12), created_by=user)
        foreign = make_article("남의 글", published_at=at(13), deadline=at(13), created_by=other)
        scheduled_change(foreign, at(14))
        assert [title for _kind, title in entries(user)] == ["내 취재", "아무나", "내 글"]


class TestPage:
    """The page itself."""

    def test_a_deadline_that_has_passed_says_so(self):
        """In words; one that is to come does not, and neither does what takes place."""
        now = timezone.now()
        plan("지난 마감", deadline=now - datetime.timedelta(minutes=1))
        plan("지난 일", starts_at=now - datetime.timedelta(minutes=1))
        plan("앞으로", deadline=now + datetime.timedelta(minutes=1))
        page = signed_in(make_user("desk")).get(reverse(ADDRESS))
        entries = BeautifulSoup(page.content, "html.parser").select(".entry")
        late = {entry.select_one(".entry__title").text for entry in entries if "late" in entry.text}
        assert late == {"지난 마감"}

    def test_month_and_week_lead_to_each_other(self):
        """And back and on; each entry leads to its story or assignment."""
        row = plan("개회", starts_at=at(10))
        client = signed_in(make_user("desk"))
        for view in (MONTH, WEEK):
            response = client.get(reverse(ADDRESS), {"day": "2099-11-22", "view": view})
            page = BeautifulSoup(response.content, "html.parser")
            link = page.select_one(".entry a")
            assert link["href"] == reverse("admin:newsroom_planning_assignment_change", args=[row.pk])
            assert f"view={view}" in page.select_one("[rel=next]")["href"]
            assert page.select_one(".planning__views [aria-current]").text.lower() == view

    def test_only_those_who_see_assignments_open_it(self):
        """Others are refused, strangers asked to sign in."""
        assert signed_in(make_user("moderator")).get(reverse(ADDRESS)).status_code == 403
        assert "/login/" in signed_in(make_user(is_staff=False)).get(reverse(ADDRESS))["Location"]

    def test_titles_are_words(self):
        """Markup in them is shown, not obeyed."""
        plan("<script>1</script>", starts_at=at(10))
        page = signed_in(make_user("desk")).get(reverse(ADDRESS), {"day": "2099-11-22"}).content.decode()
        assert "<script>1" not in page

    @pytest.mark.parametrize("role", ["desk", "reporter"])
    def test_it_costs_the_same_however_much_is_planned(self, role):
        """At most twelve queries."""
        user = make_user(role)
        client = signed_in(user)

        def fill(number: int) -> None:
            for _ in range(number):
                plan("개회", user, starts_at=at(10), deadline=at(17))
                make_article(state=State.DRAFT, deadline=at(16), created_by=user)
                scheduled_change(make_article(published_at=at(12), created_by=user), at(14))

        def cost() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(ADDRESS), {"day": "2099-11-22"}).status_code == 200
            return len(captured)

        fill(1)
        few = cost()
        fill(12)
        assert cost() == few <= 12
