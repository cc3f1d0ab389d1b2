"""Working copies: what is typed is kept before it is saved, offered again, and laid aside once it is stored.

Every window that shows the form of a story has a key of its own, so that two windows never write over one
another; a window that was filled with the words of an earlier one continues it (``Continued``).
"""

import datetime
import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .errors import NotAllowed
from .models import Article, WorkingCopy

# Words that stand somewhere else too are kept so long all the same.
KEPT = datetime.timedelta(days=30)
KEPT_MS = int(KEPT.total_seconds() * 1000)
# A hidden window is let speak once a minute by its browser.
PRESENT = datetime.timedelta(seconds=70)
TYPING = datetime.timedelta(seconds=6)
GONE = datetime.timedelta(hours=1)
MOST_WINDOWS = 50
OFFERED_STORIES = 5
# What no database of ours can store in JSON: PostgreSQL refuses NUL and lone surrogates.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Window:
    """One open form: its key, who has it open, the story (None: a new one) and the version it began with."""

    key: uuid.UUID
    by: Any
    article: Article | None = None
    based_on: int = 0


@dataclass(frozen=True)
class Continued:
    """The working copy that a window was filled with, as it stood then."""

    key: uuid.UUID
    sequence: int

    @classmethod
    def read(cls, text: str) -> "Continued | None":
        """Return the value of «key:sequence», None for anything else."""
        key, _colon, sequence = str(text).partition(":")
        read = read_key(key)
        return cls(read, int(sequence)) if read and sequence.isascii() and sequence.isdigit() else None


@dataclass(frozen=True)
class Presence:
    """Somebody who has the story open; seconds since the window's last sign of life and since the last key."""

    name: str
    seen_seconds: int
    typed_seconds: int | None

    def as_json(self) -> dict[str, Any]:
        """Return plain values; ``typing`` tells whether somebody writes just now."""
        typing = self.typed_seconds is not None and self.typed_seconds <= TYPING.total_seconds()
        return {
            "name": self.name,
            "seen_seconds": self.seen_seconds,
            "typed_seconds": self.typed_seconds,
            "typing": typing,
        }


def read_key(text: Any) -> uuid.UUID | None:
    """Return the key that ``text`` is, None for anything else."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


@transaction.atomic
def keep(
    window: Window,
    *,
    sequence: int,
    data: dict[str, list[str]],
    continued: Continued | None = None,
    settled: bool = False,
    age: datetime.timedelta = datetime.timedelta(),
) -> WorkingCopy:
    """Keep what stands in a window, unless something newer of it is kept already; return what is kept.

    ``settled`` says that the form is as the server sent it, so that there is nothing to offer. ``age`` is
    how long ago it was typed. Raises ``NotAllowed`` for the window of somebody else.
    """
    copy, now = opened(window), timezone.now()
    if sequence > copy.sequence:
        copy.sequence, copy.based_on, copy.data = sequence, window.based_on, storable(data)
        copy.saved_at = now - age
        copy.stored_as = WorkingCopy.LAID_ASIDE if settled else None
        # A new story that was saved meanwhile stays that story.
        copy.article = window.article or copy.article
        if continued and not settled:
            lay_aside(continued, by=window.by)
    copy.seen_at = now
    copy.save()
    return copy


@transaction.atomic
def beat(window: Window, *, leaving: bool = False) -> WorkingCopy:
    """Note that a window is open, or that it is being left; return its working copy."""
    copy = opened(window)
    copy.seen_at = timezone.now() - (GONE if leaving else datetime.timedelta())
    copy.save(update_fields=["seen_at"])
    return copy


def opened(window: Window) -> WorkingCopy:
    """Return the row of a window, locked, made where it is missing; raise ``NotAllowed`` for somebody else's."""
    copy, made = WorkingCopy.objects.select_for_update().get_or_create(
        key=window.key,
        defaults={"by": window.by, "article": window.article, "based_on": window.based_on},
    )
    if made:
        prune(window.by)
    elif copy.by_id != window.by.pk:
        raise NotAllowed(_("This window belongs to somebody else."))
    return copy


def prune(user) -> None:
    """Take away the person's old rows that hold no words which stand nowhere else."""
    now = timezone.now()
    old = Q(saved_at__lt=now - KEPT, stored_as__isnull=False) | Q(sequence=0, seen_at__lt=now - GONE)
    WorkingCopy.objects.filter(old, by=user, seen_at__lt=now - GONE).delete()


def storable(data: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the fields without the characters that a database refuses."""
    return {
        UNSTORABLE.sub("", name): [UNSTORABLE.sub("", value) for value in values]
        for name, values in data.items()
    }


def offered(article: Article, user) -> WorkingCopy | None:
    """Return the person's newest words on a story that were typed and not saved, None where there are none."""
    copies = WorkingCopy.objects.unstored().filter(article=article, by=user)
    return copies.order_by("-saved_at", "-pk").first()


def offered_new(key: uuid.UUID | None, user) -> WorkingCopy | None:
    """Return the words of a new story that was never saved, by the key of its window; None for any other."""
    return WorkingCopy.objects.unstored().filter(key=key, article=None, by=user).first() if key else None


def unsaved_stories(user) -> list[WorkingCopy]:
    """Return the person's newest new stories that were typed and never saved, as lists need them."""
    copies = WorkingCopy.objects.unstored().filter(article=None, by=user)
    return list(copies.for_listing()[:OFFERED_STORIES])


def story_of(key: uuid.UUID | None, user) -> Article | None:
    """Return the story that the window of ``key`` was saved as, None before that.

    A form that is sent twice, because the first answer never came, would make two stories of one.
    """
    if key is None:
        return None
    return Article.objects.filter(working_copies__key=key, working_copies__by=user).first()


def lay_aside(continued: Continued, *, by) -> None:
    """Offer these words no longer: they were dropped or went on elsewhere. What was typed later stays offered."""
    WorkingCopy.objects.unstored().filter(key=continued.key, by=by, sequence__lte=continued.sequence).update(
        stored_as=WorkingCopy.LAID_ASIDE
    )


@transaction.atomic
def mark_stored(window: Window, *, sequence: int, number: int, continued: Continued | None = None) -> None:
    """Note that the words of a window, up to ``sequence``, stand in revision ``number`` of ``window.article``.

    What was typed while the form was under way stays offered. A window that the server has not heard of
    yet is noted all the same, so that its browser is told.
    """
    copy = opened(window)
    # The window is being left for the page that follows.
    copy.article, copy.seen_at = window.article, timezone.now() - GONE
    if copy.sequence <= sequence:
        copy.sequence, copy.stored_as = sequence, number
    copy.save(update_fields=["article", "seen_at", "sequence", "stored_as"])
    if continued:
        lay_aside(continued, by=window.by)


def known(keys: list[uuid.UUID], user) -> dict[str, dict[str, Any]]:
    """Return by key what the server has of the person's windows: the newest sequence, and whether it is safe.

    ``stored`` tells that a browser may forget its words; a key that is missing was never heard of.
    """
    rows = WorkingCopy.objects.filter(key__in=keys, by=user).values_list("key", "sequence", "stored_as")
    return {
        str(key): {"sequence": sequence, "stored": stored_as is not None} for key, sequence, stored_as in rows
    }


def others(article: Article, user) -> list[Presence]:
    """Return who else has the story open, each once, the one who typed last first."""
    now = timezone.now()
    rows = (
        WorkingCopy.objects.filter(article=article, seen_at__gte=now - PRESENT)
        .exclude(by=user)
        .select_related("by")
        .defer("data")
        .order_by("-seen_at")[:MOST_WINDOWS]
    )
    people: dict[int, Presence] = {}
    for row in rows:
        typed = int((now - row.saved_at).total_seconds()) if row.sequence else None
        before = people.get(row.by_id)
        seen = before.seen_seconds if before else max(0, int((now - row.seen_at).total_seconds()))
        times = [time for time in (typed, before and before.typed_seconds) if time is not None]
        people[row.by_id] = Presence(str(row.by), seen, max(0, min(times)) if times else None)
    return sorted(
        people.values(), key=lambda person: (person.typed_seconds is None, person.typed_seconds or 0)
    )
