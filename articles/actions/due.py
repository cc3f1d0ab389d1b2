"""Approved changes: put into the row that readers see, at once or when their time has come."""

import datetime
from dataclasses import replace

from django.db import transaction
from django.db.models import Value
from django.utils import timezone

from ..models import Article, Photo, Revision, ScheduledChange
from ..prechecks import remember
from ..signals import article_changed
from ..snapshots import Snapshot, write
from ..states import Change, State
from .photos import turn
from .rows import log, settle

# What is done in one request; more than a paper ever has due at one moment.
MOST_AT_ONCE = 50


def apply_change(article: Article, revision: Revision, *, kind: str, note: str, by, at) -> None:
    """Put an approved version into the row; the caller holds the row's lock.

    ``at`` is the time that an update or a correction shows as its own.
    """
    was_public, before, now = article.is_public(), article.stage, timezone.now()
    snapshot = Snapshot.from_json(revision.content)
    if not was_public and article.state == State.APPROVED:
        # Another time for what readers have not seen yet; never one that has passed.
        snapshot = replace(snapshot, published_at=max(snapshot.published_at or now, now))
    write(article, snapshot, keep_time=was_public or article.state != State.APPROVED)
    article.approved_version = revision.number
    article.saved_at = now
    if kind != Change.TYPO and article.is_public():
        article.updated_at = max(at, article.published_at)
    if revision.number == article.version:
        article.change_state, article.change_submitted_at = "", None
    article.save(
        update_fields=["approved_version", "saved_at", "updated_at", "change_state", "change_submitted_at"]
    )
    settle(article=article)
    remember(article)
    log(article, "amend", before, by, note, kind)
    article_changed.send(Article, article=article, verb="amend", by=by, was_public=was_public)


def apply_due(now: datetime.datetime | None = None) -> int:
    """Apply every scheduled change and every end of a photo's right whose time has come; return how many.

    Called by whoever comes first: a reader's request, a worker, the tick. Each is applied once, in a
    transaction of its own; whoever comes second finds nothing to do.
    """
    now = now or timezone.now()
    return sum(DO[kind](key, now) for kind, key, _at in what_is_due(now)[:MOST_AT_ONCE])


def what_is_due(now: datetime.datetime) -> list[tuple[str, int, datetime.datetime]]:
    """Return the kind, key and time of what is due, the oldest first; one query."""
    changes = ScheduledChange.objects.filter(at__lte=now).order_by()
    photos = Photo.objects.due(now).order_by()
    rows = changes.values_list(Value("change"), "article_id", "at").union(
        photos.values_list(Value("photo"), "pk", "due_at"), all=True
    )
    return sorted(rows, key=lambda row: row[2])


@transaction.atomic
def apply_one(key: int, now: datetime.datetime) -> int:
    """Apply the due change of the story ``key``, if nobody has done it meanwhile; return 1 or 0."""
    article = Article.objects.select_for_update().filter(pk=key).first()
    change = ScheduledChange.objects.filter(article_id=key, at__lte=now).select_related("by").first()
    if article is None or change is None:
        return 0
    revision = article.revisions.get(number=change.version)
    change.delete()
    apply_change(article, revision, kind=change.kind, note=change.note, by=change.by, at=change.at)
    return 1


DO = {"change": apply_one, "photo": turn}
