"""Tags of the desk's own pages."""

import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from articles.models import Article
from articles.states import State

register = template.Library()


@register.filter
def waiting(moment: datetime.datetime | None) -> str:
    """Return how long ago ``moment`` was, in its largest unit; «» for none."""
    return timesince(moment, timezone.now(), depth=1) if moment else ""


@register.filter
def clock(moment: datetime.datetime | None) -> str:
    """Return a time as lists show it: today's by the clock, others with the day; «» for none."""
    if moment is None:
        return ""
    local, now = timezone.localtime(moment), timezone.localtime()
    if local.date() == now.date():
        return date_format(local, "H:i")
    return date_format(local, "m-d H:i" if local.year == now.year else "Y-m-d H:i")


@register.filter
def handed_in(story: Article) -> datetime.datetime | None:
    """Return when the story, or the change to it, was last submitted."""
    return story.change_submitted_at if story.change_state else story.submitted_at


@register.filter
def roughly(number: int) -> int:
    """Return a number without the digits that nobody asks of a length: hundreds, tens below a thousand."""
    return round(number, -2 if number >= 1000 else -1)


@register.simple_tag
def deadline(story: Article) -> SafeString | str:
    """Return the deadline in words; marked where it has passed. «» for a story without one."""
    if story.deadline is None:
        return ""
    late = story.deadline < timezone.now()
    words = _("late, was due %s") if late else _("due %s")
    return format_html('<span class="{}">{}</span>', "late" if late else "due", words % clock(story.deadline))


@register.simple_tag
def change_mark(story: Article) -> SafeString | str:
    """Return the mark of where the change of an approved story stands; «» for a story without one."""
    if not story.change_state:
        return ""
    words = _("Change: %s") % State(story.change_state).label
    return format_html('<span class="badge badge--{}">{}</span>', story.change_state, words)


@register.simple_tag
def queue_address(queue, page: int) -> str:
    """Return the question of another page of the queue, with what was asked for."""
    return queue.address(page=page)
