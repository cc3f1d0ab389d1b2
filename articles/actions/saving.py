"""Saving: every version of a story is kept; two people's versions are merged, none is written over."""

import datetime
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access import may_edit
from ..errors import NotAllowed, WrongState
from ..merging import Conflict, merge
from ..models import Article, Revision
from ..snapshots import Snapshot, write
from ..states import Occasion, State
from ..text import clean_lines
from .rows import lock, settle

# «Leave it as it is», where None means «none».
KEEP = object()


@dataclass(frozen=True)
class Saved:
    """What saving did. ``revision`` is None where nothing had changed.

    ``merged`` tells that somebody else had saved in between and both versions were put together;
    ``conflicts`` are the places where both had changed the same.
    """

    article: Article
    revision: Revision | None = None
    merged: bool = False
    conflicts: list[Conflict] = field(default_factory=list)


def newest(article: Article) -> Snapshot:
    """Return the newest version of a story: that of a change to it where there is one, else what the row says."""
    if article.was_approved and article.approved_version not in {None, article.version}:
        content = article.revisions.filter(number=article.version).values_list("content", flat=True).first()
        if content is not None:
            return Snapshot.from_json(content)
    return Snapshot.of(article)


@transaction.atomic
def create(*, snapshot: Snapshot, by, note: str = "", deadline: datetime.datetime | None = None) -> Saved:
    """Begin a story as a draft of ``by`` (None: an import); raises ``NotAllowed``."""
    if by is not None and not by.has_perm("articles.add_article"):
        raise NotAllowed(_("You may not begin a story."))
    snapshot = snapshot.normal()
    article = Article(created_by=by, headline=snapshot.headline, deadline=deadline, version=1)
    article.save()
    write(article, snapshot)
    settle(article=article)
    revision = store(article, snapshot, by=by, occasion=Occasion.SAVE, note=note, number=1)
    return Saved(article, revision)


@transaction.atomic
def save(
    *,
    article: Article,
    snapshot: Snapshot,
    by,
    based_on: int | None = None,
    note: str = "",
    occasion: str = Occasion.SAVE,
    deadline=KEEP,
) -> Saved:
    """Store a version of a story; raises ``NotAllowed``.

    ``based_on`` is the version that the person had before them (None: the newest). Where somebody else has
    saved since, both are merged (``merging.merge``) and the merge is stored; for a number that the story does
    not have, against its first version, from which all others come. The row that readers see stays as it
    is, once the story was approved.
    """
    lock(article)
    if not may_edit(by, article):
        raise NotAllowed(_("You may not change this story."))
    keep_base(article)
    now = newest(article)
    snapshot, conflicts, merged = snapshot.normal(), [], False
    if article.is_public():
        snapshot = replace(snapshot, published_at=article.published_at)
    if based_on is not None and based_on != article.version:
        base = content_of(article, based_on) or first_content(article)
        found = merge(base, snapshot.as_json(), now.as_json())
        merged, conflicts = True, found.conflicts
        snapshot, occasion = Snapshot.from_json(found.content).normal(), Occasion.MERGE
    if deadline is not KEEP and deadline != article.deadline:
        article.deadline = deadline
        article.save(update_fields=["deadline"])
    if snapshot == now:
        return Saved(article, None, merged, conflicts)
    revision = store(article, snapshot, by=by, occasion=occasion, note=clean_lines(note), based_on=based_on)
    keep(article, snapshot, revision)
    return Saved(article, revision, merged, conflicts)


def keep(article: Article, snapshot: Snapshot, revision: Revision) -> None:
    """Make the stored version the newest one: in the row, or beside it once the story was approved."""
    before = article.version
    article.version, article.saved_at = revision.number, revision.at
    if article.was_approved:
        article.approved_version = article.approved_version or before
        article.change_state = article.change_state or State.DRAFT
        if snapshot == Snapshot.of(article) and not article.has_scheduled_change:
            # Back to what readers see: there is no change any more.
            article.approved_version, article.change_state = revision.number, ""
            article.change_submitted_at = None
    else:
        write(article, snapshot)
        settle(article=article)
    article.save(
        update_fields=["version", "approved_version", "change_state", "change_submitted_at", "saved_at"]
    )


def restore_revision(*, article: Article, number: int, by, note: str = "") -> Saved:
    """Make an old version the newest one again, as a revision of its own; raises ``NotAllowed``, ``WrongState``."""
    content = content_of(article, number)
    if content is None:
        raise WrongState(_("This story has no version %d.") % number)
    snapshot = Snapshot.from_json(content)
    return save(article=article, snapshot=snapshot, by=by, note=note, occasion=Occasion.RESTORE)


def content_of(article: Article, number: int) -> dict | None:
    """Return what a revision says, None for one that there is not."""
    return article.revisions.filter(number=number).values_list("content", flat=True).first()


def first_content(article: Article) -> dict:
    """Return what the first version of a story says; ``keep_base`` has seen to it that there is one."""
    return article.revisions.order_by("number").values_list("content", flat=True)[:1].get()


def keep_base(article: Article) -> None:
    """Store what stands in the row as a revision, where it came there by another way (an import)."""
    if not article.revisions.filter(number=article.version).exists():
        snapshot = Snapshot.of(article)
        store(article, snapshot, by=article.created_by, occasion=Occasion.IMPORT, number=article.version,
              at=article.saved_at)  # fmt: skip


def store(
    article: Article,
    snapshot: Snapshot,
    *,
    by,
    occasion: str,
    note: str = "",
    based_on: int | None = None,
    number: int | None = None,
    at: datetime.datetime | None = None,
) -> Revision:
    """Add a revision, sealed together with the one before it."""
    before = article.revisions.order_by("-number").values_list("digest", flat=True).first()
    return Revision.objects.create(
        article=article,
        number=number or article.version + 1,
        content=snapshot.as_json(),
        by=by,
        at=at or timezone.now(),
        occasion=occasion,
        note=note,
        based_on=based_on,
        previous_digest=before or "",
    )
