"""What waits for a member of staff: the first thing the desk shows."""

import datetime
from functools import cached_property

from django.db.models import BooleanField, Case, Q, Value, When, prefetch_related_objects
from django.utils import timezone

from articles.models import Article, WorkingCopy
from articles.querysets import take
from articles.states import State

from .mine import list_of, unsaved_copies
from .rights import MOST_STORIES, ending_photos, stories_of

ROWS = 8


class Dashboard:
    """The lists of the desk's first page for one person; few queries, however long they are."""

    def __init__(self, user) -> None:
        self.user = user

    @cached_property
    def lists(self) -> dict[str, dict]:
        """The lists by name, each with its ``stories`` and whether there are ``more``; none unbounded.

        ``queue``, ``returned``, ``drafts`` (with changes of public stories), ``scheduled``.
        """
        waiting = self.waiting()
        lists = {"queue": waiting["queue"], **self.mine(), "scheduled": waiting["scheduled"]}
        stories = [story for listed in lists.values() for story in listed["stories"]]
        prefetch_related_objects(stories, Article.objects.all().names())
        return lists

    @cached_property
    def copies(self) -> list[WorkingCopy]:
        """What the person typed and never saved, the newest first."""
        return list(unsaved_copies(self.user)[:ROWS])

    @cached_property
    def ending(self) -> dict:
        """The ``photos`` whose right ends soon, for those who may change photos, and whether there are ``more``."""
        if not self.user.has_perm("articles.change_photo"):
            return {"photos": [], "more": False}
        photos, more = take(ending_photos(), ROWS)
        for photo in photos:
            stories = stories_of(photo)
            photo.stories, photo.in_others = stories[:MOST_STORIES], len(stories) > MOST_STORIES
        return {"photos": photos, "more": more}

    def waiting(self) -> dict[str, dict]:
        """Return what was submitted and what is approved for a later time: one query.

        ``queue`` is what waits for the desk in its sections, to others their own, the longest wait first;
        ``scheduled`` the next first. The keys of each are found by its own index.
        """
        approved = Article.objects.editable_by(self.user).filter(state=State.APPROVED)
        scheduled = approved.filter(published_at__gt=timezone.now()).order_by("published_at", "pk")
        queue = Article.objects.waiting_for(self.user)
        keys = [rows.values("pk")[: ROWS + 1] for rows in (queue, scheduled)]
        halves = [Article.objects.filter(pk__in=found).values("pk") for found in keys]
        stories = Article.objects.filter(pk__in=halves[0].union(halves[1], all=True)).annotate(
            is_queued=holds(keys[0]), is_scheduled=holds(keys[1])
        )
        rows = list(stories.for_listing())
        queued = sorted((row for row in rows if row.is_queued), key=lambda row: (waits_since(row), row.pk))
        later = sorted((row for row in rows if row.is_scheduled), key=lambda row: (row.published_at, row.pk))
        return {"queue": cut(queued), "scheduled": cut(later)}

    def mine(self) -> dict[str, dict]:
        """Return the person's own stories to write on, those that came back apart: one query."""
        own = Article.objects.open_work_of(self.user).exclude(state__in=[State.SUBMITTED, State.HELD])
        own = own.exclude(change_state=State.SUBMITTED).with_desk_note()
        rows, more = take(own.for_listing(), ROWS * 2)
        back = [story for story in rows if list_of(story) == "returned"]
        begun = [story for story in rows if list_of(story) != "returned"]
        return {
            "returned": {"stories": back, "more": False},
            "drafts": {"stories": begun[:ROWS], "more": more or len(begun) > ROWS},
        }


def holds(keys) -> Case:
    """Return the expression for whether the story is one of ``keys``."""
    return Case(When(Q(pk__in=keys), then=Value(True)), default=Value(False), output_field=BooleanField())


def waits_since(story: Article) -> datetime.datetime:
    """Return when what waits of a story was submitted, as ``ArticleQuerySet.waiting_for`` has it."""
    return story.change_submitted_at if story.change_state == State.SUBMITTED else story.submitted_at


def cut(rows: list[Article]) -> dict:
    """Return the first rows of a list, as the page shows it, and whether more follow."""
    return {"stories": rows[:ROWS], "more": len(rows) > ROWS}
