"""What is to come, day by day: assignments, deadlines, and stories and changes that wait for their time."""

import calendar
import datetime
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from articles.querysets import OPEN
from articles.states import State

from .models import Assignment

MONTH, WEEK = "month", "week"
# The last day that can be shown whole in every time zone; the first is as far from the other end.
EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(9990, 12, 31)
# Entries of one kind on one page; a page with more could not be read.
MOST = 400


@dataclass(frozen=True)
class Entry:
    """One line of a day. ``kind``: assignment, due, deadline, scheduled, embargo or change."""

    at: datetime.datetime
    kind: str
    title: str
    address: str
    assignment: Assignment | None = None
    article: Article | None = None

    @property
    def is_late(self) -> bool:
        """Whether it is a deadline that has passed; those that were met stand on no day."""
        return self.kind in {"due", "deadline"} and self.at < timezone.now()


@dataclass
class Day:
    """A day with its entries in the order of their times."""

    date: datetime.date
    is_inside: bool = True
    is_today: bool = False
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Span:
    """The days that a page shows; ``first`` and ``last`` are those of the month or week itself."""

    view: str
    first: datetime.date
    last: datetime.date

    @classmethod
    def around(cls, day: datetime.date, view: str) -> "Span":
        """Return the month, or the week from Monday, in which ``day`` lies."""
        day = min(max(day, EARLIEST), LATEST)
        if view == WEEK:
            monday = day - datetime.timedelta(days=day.weekday())
            return cls(WEEK, monday, monday + datetime.timedelta(days=6))
        length = calendar.monthrange(day.year, day.month)[1]
        return cls(MONTH, day.replace(day=1), day.replace(day=length))

    @property
    def before(self) -> datetime.date:
        """A day in the span before."""
        return self.first - datetime.timedelta(days=1)

    @property
    def after(self) -> datetime.date:
        """A day in the span after."""
        return self.last + datetime.timedelta(days=1)

    @property
    def days(self) -> list[datetime.date]:
        """Every day of the weeks that the span touches, Monday first."""
        start = self.first - datetime.timedelta(days=self.first.weekday())
        end = self.last + datetime.timedelta(days=6 - self.last.weekday())
        return [start + datetime.timedelta(days=number) for number in range((end - start).days + 1)]


def parse_day(text: str, today: datetime.date) -> datetime.date:
    """Return the day that ``?day=`` names, today for what is none."""
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  (a day, no moment)
    except ValueError:
        return today


def days_of(span: Span, user) -> list[Day]:
    """Return the days of ``span`` with what ``user`` may see: five queries, however much there is."""
    today = timezone.localdate()
    days = {date: Day(date, span.first <= date <= span.last, date == today) for date in span.days}
    start, end = midnight(span.days[0]), midnight(span.days[-1] + datetime.timedelta(days=1))
    for entry in [*assignments(user, start, end), *stories(user, start, end), *changes(user, start, end)]:
        day = days.get(timezone.localdate(entry.at))
        if day and start <= entry.at < end:
            day.entries.append(entry)
    for day in days.values():
        day.entries.sort(key=lambda entry: (entry.at, entry.kind, entry.title))
    return list(days.values())


def midnight(date: datetime.date) -> datetime.datetime:
    """Return the moment at which a day of the paper begins."""
    return timezone.make_aware(datetime.datetime.combine(date, datetime.time.min))


def assignments(user, start, end) -> list[Entry]:
    """Return assignments at their time, and at their deadline where they are still to be done."""
    found = []
    rows = Assignment.objects.visible_to(user).between(start, end).for_listing()
    for row in rows.exclude(state=Assignment.State.DROPPED).order_by("pk")[:MOST]:
        address = reverse("admin:newsroom_planning_assignment_change", args=[row.pk])
        if row.starts_at:
            found.append(Entry(row.starts_at, "assignment", row.what, address, assignment=row))
        if row.deadline and row.is_current:
            found.append(Entry(row.deadline, "due", row.what, address, assignment=row))
    return found


def stories(user, start, end) -> list[Entry]:
    """Return stories at the deadline of their text, and at the time from which readers may see them."""
    mine = Article.objects.editable_by(user).for_listing()
    unfinished = mine.filter(state__in=OPEN)
    due = unfinished.filter(deadline__gte=start, deadline__lt=end).order_by("deadline")[:MOST]
    found = [Entry(row.deadline, "deadline", row.title, address_of(row), article=row) for row in due]
    # Named states and no exclusion: the index on state and time is entered with them.
    later = mine.filter(
        state__in=[*OPEN, State.APPROVED], published_at__gte=max(start, timezone.now()), published_at__lt=end
    )
    for row in later.order_by("published_at")[:MOST]:
        kind = "scheduled" if row.state == State.APPROVED else "embargo"
        found.append(Entry(row.published_at, kind, row.title, address_of(row), article=row))
    return found


def changes(user, start, end) -> list[Entry]:
    """Return approved changes that wait for their time."""
    mine = Article.objects.editable_by(user).for_listing().select_related("scheduled_change")
    rows = mine.filter(scheduled_change__at__gte=start, scheduled_change__at__lt=end)
    return [
        Entry(row.scheduled_change.at, "change", row.title, address_of(row), article=row)
        for row in rows.order_by("scheduled_change__at")[:MOST]
    ]


def address_of(article: Article) -> str:
    """Return the address of a story's page on the desk."""
    return reverse("admin:articles_article_change", args=[article.pk])
