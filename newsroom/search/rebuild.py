"""The index made anew: in steps by the key of stories, each a transaction, so that it can go on where it stood."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from articles.models import Article
from articles.states import State

from .analysis import ANALYZER
from .backends import backend
from .backends.sizes import SIZES
from .models import SearchDoc

STEP = 500
WRITTEN = [State.APPROVED, State.WITHDRAWN]


@dataclass(frozen=True)
class Progress:
    """How far it has come: the last key that was looked at, the last of all, stories written and taken out."""

    key: int
    last: int
    written: int
    removed: int


def rebuild(*, after: int = 0, every: bool = False, step: int = STEP) -> Iterator[Progress]:
    """Write the stories behind the key ``after`` that the index lacks or holds of an older analyzer.

    With ``every`` all are written. Yields after each step of ``step`` stories; stopped and begun again it
    writes what is missing. Stories that are work again are taken out.
    """
    last = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    written = removed = 0
    while after < last:
        with transaction.atomic():
            end, more_written, more_removed = rebuild_step(after, last, every, step)
        after, written, removed = end, written + more_written, removed + more_removed
        yield Progress(after, last, written, removed)
    tidy()


def rebuild_step(after: int, last: int, every: bool, step: int) -> tuple[int, int, int]:
    """Do the next ``step`` stories; return the last key looked at, how many were written, how many taken out."""
    keys = list(
        Article.objects.filter(pk__gt=after, pk__lte=last).order_by("pk").values_list("pk", flat=True)[:step]
    )
    end = keys[-1] if len(keys) == step else last
    stories = Article.objects.filter(pk__gt=after, pk__lte=end)
    wanted = stories.filter(state__in=WRITTEN).defer("excerpt")
    if not every:
        wanted = wanted.exclude(Exists(SearchDoc.objects.filter(pk=OuterRef("pk"), analyzer=ANALYZER)))
    rows = list(wanted)
    if rows:
        backend().index(rows)
    gone = stories.exclude(state__in=WRITTEN).filter(Exists(SearchDoc.objects.filter(pk=OuterRef("pk"))))
    gone = list(gone.values_list("pk", flat=True))
    if gone:
        backend().delete(gone)
    return end, len(rows), len(gone)


def tidy() -> None:
    """Let the database put its index in order after many changes, and read its figures anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE newsroom_search_searchdoc")
        else:
            cursor.execute("INSERT INTO newsroom_search_index (newsroom_search_index) VALUES ('optimize')")
    SIZES.forget()
