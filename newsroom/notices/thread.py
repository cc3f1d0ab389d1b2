"""The notes on a story as one person sees them."""

from dataclasses import dataclass, field

from django.shortcuts import get_object_or_404

from articles.access import MAX_KEY
from articles.models import Article

from .models import Note
from .pins import Place, locate, paragraphs_of


@dataclass
class Line:
    """A note with what the person may do with it; ``place`` is where its words stand now."""

    note: Note
    may_edit: bool
    place: Place | None = None


@dataclass
class Thread:
    """The notes on a story: those that are open, and those that are settled, each the oldest first.

    ``typed`` and ``error`` bring back what could not be stored.
    """

    article: Article
    open: list[Line] = field(default_factory=list)
    settled: list[Line] = field(default_factory=list)
    typed: str = ""
    error: str = ""


def openable(user, pk: int) -> Article:
    """Return the story ``pk`` where ``user`` may open it on the desk; raise Http404 for any other."""
    may = user.has_perm("articles.view_article") or user.has_perm("articles.change_article")
    stories = Article.objects.editable_by(user) if may else Article.objects.none()
    return get_object_or_404(stories, pk=min(pk, MAX_KEY))


def thread_of(article: Article, user, *, typed: str = "", error: str = "") -> Thread:
    """Return the notes on a story: one query, and one for the text of a change where some are pinned."""
    notes = list(Note.objects.thread(article))
    paragraphs = paragraphs_of(newest_body(article)) if any(note.quote for note in notes) else []
    thread = Thread(article, typed=typed, error=error)
    for note in notes:
        place = locate(note.quote, note.pinned_paragraph, paragraphs)
        line = Line(note, note.may_be_edited_by(user), place)
        (thread.settled if note.resolved_at else thread.open).append(line)
    return thread


def newest_body(article: Article) -> str:
    """Return the text that the editor shows: that of a change to an approved story where there is one."""
    if article.change_state:
        found = article.revisions.filter(number=article.version).values_list("content__body", flat=True)
        return found.first() or ""
    return article.body
