"""What waits for a member of staff: the first thing the desk shows."""

from functools import cached_property

from django.db.models import prefetch_related_objects
from django.utils import timezone

from articles.models import Article, WorkingCopy
from articles.querysets import take
from articles.states import State

from .mine import list_of, unsaved_copies

ROWS = 8


class Dashboard:
    """The lists of the desk's first page for one person; one query each, and one for all bylines."""

    def __init__(self, user) -> None:
        self.user = user

    @cached_property
    def lists(self) -> dict[str, dict]:
        """The lists by name, each with its ``stories`` and whether there are ``more``; none unbounded.

        ``queue``, ``returned``, ``drafts`` (with changes of public stories), ``scheduled``.
        """
        lists = {"queue": self.queue(), **self.mine(), "scheduled": self.scheduled()}
        stories = [story for listed in lists.values() for story in listed["stories"]]
        prefetch_related_objects(stories, Article.objects.all().names())
        return lists

    @cached_property
    def copies(self) -> list[WorkingCopy]:
        """What the person typed and never saved, the newest first."""
        return list(unsaved_copies(self.user)[:ROWS])

    def queue(self) -> dict:
        """Return what was submitted: to the desk in its sections, to others their own; longest wait first."""
        return listed(Article.objects.waiting_for(self.user))

    def scheduled(self) -> dict:
        """Return what is approved for a later time, the next first."""
        approved = Article.objects.editable_by(self.user).filter(state=State.APPROVED)
        return listed(approved.filter(published_at__gt=timezone.now()).order_by("published_at", "pk"))

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


def listed(stories) -> dict:
    """Return the first rows of a list, as the page shows it, and whether more follow."""
    rows, more = take(stories.for_listing(), ROWS)
    return {"stories": rows, "more": more}
