"""A person's own stories, by where they stand, and what was typed and not saved yet."""

import datetime
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, WorkingCopy
from articles.states import State

MOST_STORIES = 200
MOST_COPIES = 20
RECENT = datetime.timedelta(days=7)
# The change that waits for its time, where there is one: a mark of every row.
WAITING = ("scheduled_change",)
HEADINGS = {
    "returned": _("Returned to me"),
    "drafts": _("My drafts"),
    "changes": _("Changes of approved stories"),
    "submitted": _("Submitted, waiting for the desk"),
    "held": _("Held"),
    "scheduled": _("Scheduled"),
    "awaited": _("Changes that wait for their time"),
    "recent": _("Published in the last seven days"),
}


def unsaved_copies(user):
    """Return what the person typed and never saved, as lists show it, the newest first; no text is loaded."""
    rows = WorkingCopy.objects.unstored().filter(by=user).for_listing()
    return rows.select_related("article").defer("data", "article__body")


class Mine:
    """The own stories of one person: begun by them, or with their byline."""

    def __init__(self, user) -> None:
        self.user = user

    @cached_property
    def copies(self) -> list[WorkingCopy]:
        """What was typed and not saved."""
        return list(unsaved_copies(self.user)[:MOST_COPIES])

    @cached_property
    def open_work(self) -> list[Article]:
        """The stories and changes on which work goes on, the last saved first."""
        rows = Article.objects.open_work_of(self.user).for_listing().with_newest_words().with_desk_note()
        return list(rows.select_related(*WAITING)[:MOST_STORIES])

    @cached_property
    def settled(self) -> list[Article]:
        """The stories without open work that readers will see, or saw first a few days ago; the latest first."""
        own = Article.objects.own_of(self.user).filter(state__in=[State.APPROVED, State.WITHDRAWN])
        recent = own.filter(published_at__gte=timezone.now() - RECENT, change_state="")
        return list(
            recent.for_listing().select_related(*WAITING).order_by("-published_at", "-pk")[:MOST_STORIES]
        )

    @cached_property
    def awaited(self) -> list[Article]:
        """The stories with an approved change that waits for its time, the next first."""
        rows = Article.objects.own_of(self.user).filter(scheduled_change__isnull=False)
        return list(rows.for_listing().select_related(*WAITING).order_by("scheduled_change__at", "pk"))

    @property
    def is_cut(self) -> bool:
        """Whether there are more open stories than are shown."""
        return len(self.open_work) == MOST_STORIES

    @property
    def sections(self) -> list[tuple[str, str, list[Article]]]:
        """The lists that hold anything, as name, heading and stories, in the order of the page."""
        return [(name, HEADINGS[name], stories) for name, stories in self.lists.items() if stories]

    @cached_property
    def lists(self) -> dict[str, list[Article]]:
        """The stories by list, with their bylines."""
        lists = {name: [] for name in HEADINGS}
        for story in self.open_work:
            lists[list_of(story)].append(story)
        lists |= {
            "scheduled": [story for story in reversed(self.settled) if is_ahead(story)],
            "awaited": self.awaited,
            "recent": [story for story in self.settled if not is_ahead(story)],
        }
        stories = [story for rows in lists.values() for story in rows]
        prefetch_related_objects(stories, Article.objects.all().names())
        return lists


def is_ahead(story: Article) -> bool:
    """Tell whether an approved story waits for its time."""
    return story.state == State.APPROVED and not story.is_public()


def list_of(story: Article) -> str:
    """Return the list in which an open story stands; what came back and what waits goes before the rest."""
    stages = {State.RETURNED: "returned", State.SUBMITTED: "submitted", State.HELD: "held"}
    return stages.get(story.stage, "changes" if story.change_state else "drafts")
