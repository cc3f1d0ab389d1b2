"""Pages of a list: read the position from the address, cut the page, name the next one."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.http import Http404, HttpRequest
from django.utils import timezone

from .blocks import Context, Filled, fill, sidebar_blocks, wishes_for
from .keyset import Position, parse_position
from .models import Article, Byline, Section, Series
from .picking import Item, Strand, Wish, pick
from .querysets import take

PAGE_SIZE = 20
KEY = "before"
DAY = "date"
# The names under which a list and what stands above it are picked, before any sidebar chooses.
LIST, ABOVE = "list", "above"


@dataclass(frozen=True)
class Page:
    """One page of a list: its rows, whether it is the first, and the query string of the next («» at the end)."""

    items: list
    is_first: bool
    next: str


@dataclass(frozen=True)
class Listing:
    """A page of stories with what stands above it (``above``) and beside it (``bars``, blocks by place)."""

    page: Page
    bars: dict[str, list[Filled]]
    above: list[Item] = field(default_factory=list)


def position_of(request: HttpRequest, start: Position | None = None) -> Position | None:
    """Return the position that the address asks for, ``start`` without one; raise Http404 for a garbled key."""
    key = request.GET.get(KEY)
    if not key:
        return start
    position = parse_position(key)
    if position is None:
        raise Http404
    return position


def day_of(request: HttpRequest) -> datetime.date | None:
    """Return the day that ``?date=2026-11-20`` asks for, None without one; raise Http404 for what is no day."""
    asked = request.GET.get(DAY)
    if not asked:
        return None
    try:
        return datetime.date.fromisoformat(asked)
    except ValueError as error:
        raise Http404 from error


def end_of(day: datetime.date) -> Position:
    """Return the position that stands before the last story of ``day`` (in the paper's time zone)."""
    try:
        midnight = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min)
        return Position(timezone.make_aware(midnight).astimezone(datetime.UTC), 0)
    except OverflowError as error:  # the last day of the calendar has no next
        raise Http404 from error


def page_of(rows: list, more: bool, position: Position | None) -> Page:
    """Return the page that ``rows`` make, behind ``position``."""
    after = f"?{KEY}={Position(rows[-1].published_at, rows[-1].pk)}" if more else ""
    return Page(rows, position is None, after)


def cut(request: HttpRequest, rows, *, size: int = PAGE_SIZE) -> Page:
    """Return the page of ``rows`` (an ordered queryset with ``listed_at``) that the address asks for.

    One query, whatever the page; pages behind the first cost what the first costs.
    """
    position = position_of(request)
    items, more = take(rows.before(position), size)
    return page_of(items, more, position)


def listing(
    request: HttpRequest,
    stories: QuerySet,
    *,
    section: Section | None = None,
    above: Wish | None = None,
    start: Position | None = None,
    size: int = PAGE_SIZE,
) -> Listing:
    """Return the page of ``stories`` (public, ordered, with ``listed_at``) and its sidebar.

    Four queries in all (blocks, choice, stories, bylines): the page, what stands ``above`` it and the
    sidebar are picked together, so that no story stands on the page twice. Stories of ``above`` are
    left out of every page of the list, but shown with the first one only.
    """
    position = position_of(request, start)
    contexts = [Context(block, None, section) for block in sidebar_blocks(["list"], section)]
    wanted = Wish(LIST, [Strand(stories.before(position))], size + 1, priority=0)
    first = [Wish(ABOVE, above.strands, above.count, priority=-1)] if above else []
    picked = pick([*first, wanted, *wishes_for(contexts)])
    rows = [item.article for item in picked[LIST]]
    over = picked.get(ABOVE, []) if position is None else []
    load_bylines([*(item.article for item in over), *rows[:size]])
    return Listing(page_of(rows[:size], len(rows) > size, position), fill(contexts, picked), over)


def load_bylines(stories: list[Article]) -> None:
    """Load the bylines of stories in memory, with their reporters: one query."""
    prefetch_related_objects(stories, Prefetch("bylines", Byline.objects.select_related("reporter")))


def running_series() -> QuerySet:
    """Return the series that readers find a story of, running ones first, each with ``latest_at``,
    ``latest_pk`` and ``latest_title`` of its newest story."""
    newest = Article.objects.public().filter(series=OuterRef("pk")).order_by("-published_at", "-pk")
    return (
        Series.objects.filter(Exists(newest))
        .annotate(
            latest_at=Subquery(newest.values("published_at")[:1]),
            latest_pk=Subquery(newest.values("pk")[:1]),
            latest_title=Subquery(newest.values("headline")[:1]),
        )
        .order_by("is_finished", "-latest_at", "-pk")
    )
