"""Pages of a list: read the position from the address, cut the page, name the next one."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from .keyset import Position, parse_position
from .querysets import take

PAGE_SIZE = 20
KEY = "before"


@dataclass(frozen=True)
class Page:
    """One page of a list: its stories, whether it is the first, and the query string of the next («» at the end)."""

    items: list
    is_first: bool
    next: str


def position_of(request: HttpRequest) -> Position | None:
    """Return the position that the address asks for, None for the first page; raise Http404 for a garbled key."""
    key = request.GET.get(KEY)
    if not key:
        return None
    position = parse_position(key)
    if position is None:
        raise Http404
    return position


def cut(request: HttpRequest, stories, *, size: int = PAGE_SIZE) -> Page:
    """Return the page of ``stories`` (an ordered queryset with ``listed_at``) that the address asks for.

    One query, whatever the page; pages behind the first cost what the first costs.
    """
    position = position_of(request)
    items, more = take(stories.before(position), size)
    after = f"?{KEY}={Position(items[-1].published_at, items[-1].pk)}" if more else ""
    return Page(items, position is None, after)
