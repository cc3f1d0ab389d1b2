"""What waits for a member of staff: the first thing the desk shows."""

from functools import cached_property

from django.db.models import prefetch_related_objects
from django.utils import timezone

from articles.models import Article
from articles.states import State

ROWS = 8


class Dashboard:
    """The lists of the desk's first page for one person; one query each, and two for all bylines."""

    def __init__(self, user) -> None:
        self.user = user

    @cached_property
    def lists(self) -> dict[str, list[Article]]:
        """The stories by list: ``queue``, ``returned``, ``drafts``, ``scheduled``; each short, none unbounded."""
        lists = {"queue": self.queue(), "scheduled": self.scheduled(), **self.mine()}
        prefetch_related_objects([story for rows in lists.values() for story in rows], "bylines__reporter")
        return lists

    def editable(self):
        """Return what the person may open, as lists show it."""
        return Article.objects.editable_by(self.user).for_listing()

    def queue(self) -> list[Article]:
        """Return what was submitted: to those who approve everything, to others their own; longest wait first."""
        return list(self.editable().filter(state=State.SUBMITTED).order_by("submitted_at", "pk")[: ROWS * 2])

    def scheduled(self) -> list[Article]:
        """Return what is approved for a later time, the next first."""
        waiting = self.editable().filter(state=State.APPROVED, published_at__gt=timezone.now())
        return list(waiting.order_by("published_at", "pk")[:ROWS])

    def mine(self) -> dict[str, list[Article]]:
        """Return the person's own open stories, those that came back apart: one query."""
        own = Article.objects.filter(created_by=self.user).for_listing()
        rows = list(
            own.filter(state__in=[State.RETURNED, State.DRAFT]).order_by("-saved_at", "-pk")[: ROWS * 2]
        )
        return {
            "returned": [story for story in rows if story.state == State.RETURNED],
            "drafts": [story for story in rows if story.state == State.DRAFT][:ROWS],
        }
