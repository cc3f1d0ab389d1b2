"""The verbs of the desk."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import prechecks
from ..access import may_use
from ..errors import NotAllowed, NotReady, WrongState
from ..models import Article, ScheduledChange
from ..signals import article_changed
from ..snapshots import Snapshot, write
from ..states import Change, Occasion, State
from ..text import clean_lines
from .due import apply_change
from .readiness import check_ready
from .rows import check_kind, lock, log, settle
from .saving import content_of, keep_base, newest, store
from .table import VERBS, Verb, fits

NOTE_LENGTH = ScheduledChange._meta.get_field("note").max_length
STAMPED = (
    "state", "submitted_at", "approved_at", "published_at", "saved_at", "top_section", "approved_version",
    "change_state", "change_submitted_at",
)  # fmt: skip


def submit(*, article: Article, by) -> Article:
    """Hand the story, or the change to it, to the desk."""
    return _use("submit", article=article, by=by)


def recall(*, article: Article, by) -> Article:
    """Take what was submitted back to write on."""
    return _use("recall", article=article, by=by)


def approve(
    *,
    article: Article,
    by,
    published_at: datetime.datetime | None = None,
    version: int | None = None,
    change: str = "",
    note: str = "",
    at: datetime.datetime | None = None,
    override: str = "",
) -> Article:
    """Approve the story: readers see it from ``published_at`` on, or from the time set in it, or at once.

    A time that has passed means «at once»: approval never dates a story back. Of a story that was approved
    it is the change that is approved: ``change`` (a ``Change``, needed once readers see the story) says what
    it is, ``note`` what was changed, ``at`` a later time for it. ``version`` is what the person looked at;
    where another one has been saved since, ``WrongState`` is raised and nothing approved unseen.
    A check that stops it (``prechecks``) is passed over with a reason in ``override``, which is logged.
    """
    said = {"override": override, "change": change, "note": clean_lines(note)[:NOTE_LENGTH], "at": at}
    said["published_at"] = published_at
    return _use("approve", article=article, by=by, version=version, **said)


def return_(*, article: Article, by, reason: str) -> Article:
    """Give the story, or the change to it, back to its reporter, with the reason."""
    return _use("return", article=article, by=by, reason=reason)


def hold(*, article: Article, by, reason: str = "") -> Article:
    """Keep the story from going on; also stops one that is approved for a later time."""
    return _use("hold", article=article, by=by, reason=reason)


def discard(*, article: Article, by) -> Article:
    """Drop the change to an approved story: what was approved is the newest version again."""
    return _use("discard", article=article, by=by)


def unschedule(*, article: Article, by) -> Article:
    """Take back the approval of a change that waits for its time."""
    return _use("unschedule", article=article, by=by)


def withdraw(*, article: Article, by, reason: str) -> Article:
    """Take a story away from readers, with the reason; a change that waits for its time waits no longer."""
    return _use("withdraw", article=article, by=by, reason=reason)


def restore(*, article: Article, by, reason: str = "") -> Article:
    """Show a withdrawn story again, under the times it had."""
    return _use("restore", article=article, by=by, reason=reason)


BY_NAME = {
    "submit": submit, "recall": recall, "approve": approve, "return": return_, "hold": hold,
    "discard": discard, "unschedule": unschedule, "withdraw": withdraw, "restore": restore,
}  # fmt: skip


@transaction.atomic
def _use(name: str, *, article: Article, by, reason: str = "", version: int | None = None, **said) -> Article:
    row = VERBS[name]
    reason = clean_lines(reason)
    lock(article)
    refuse(row, article, by, version)
    if row.needs_reason and not reason:
        raise NotReady({"reason": _("Give the reason: it is shown to the people of the story.")})
    keep_base(article)
    if name in {"submit", "approve", "restore"}:
        shown = Snapshot.of(article) if name == "restore" else newest(article)
        check_ready(shown, for_readers=name != "submit")
    if name == "approve":
        found = prechecks.check(shown.as_json(), article)
        reason = prechecks.require_passable(found, clean_lines(said.pop("override")))
    if row.on_change and article.was_approved:
        _use_on_change(row, article, by, reason, **said)
    else:
        _use_on_story(row, article, by, reason, **said)
    return article


def refuse(row: Verb, article: Article, by, version: int | None) -> None:
    """Raise ``NotAllowed`` or ``WrongState`` where the verb cannot be used by this person now."""
    if not may_use(by, row.permission, article):
        raise NotAllowed(_("You may not do this: %s.") % row.label)
    if not fits(row, article):
        raise WrongState(
            _("«%(verb)s» is not possible while the story is «%(state)s».")
            % {"verb": row.label, "state": State(article.stage).label}
        )
    if version is not None and version != article.version:
        raise WrongState(_("Somebody has saved the story since you looked at it. Look at it again."))


def _use_on_story(row: Verb, article: Article, by, reason: str, *, published_at=None, **_said) -> None:
    was_public, before, was_approved = article.is_public(), article.state, article.was_approved
    goes_on = newest(article) if row.name == "hold" and was_approved else None
    article.state = row.end
    if row.name in {"hold", "withdraw"}:
        end_changes(article, was_approved)
    stamp(article, row, published_at)
    article.save(update_fields=STAMPED)
    if goes_on:
        # Once it is held: an approved row must have the time that a change may have taken out.
        write(article, goes_on)
    settle(article=article)
    if row.name in {"submit", "approve"}:
        prechecks.remember(article)
    log(article, row.name, before, by, reason)
    article_changed.send(Article, article=article, verb=row.name, by=by, was_public=was_public)


def end_changes(article: Article, was_approved: bool) -> None:
    """Of a story that readers no longer see, or will not see: no change waits for its time any more."""
    dropped, _rows = ScheduledChange.objects.filter(article=article).delete()
    if article.state == State.HELD:
        article.approved_version, article.change_state = None, ""
    elif dropped and was_approved:
        article.change_state = article.change_state or State.DRAFT


def _use_on_change(
    row: Verb, article: Article, by, reason: str, *, change="", note="", at=None, **_said
) -> None:
    if row.name == "approve":
        approve_change(article, by, change, "\n".join(filter(None, [note, reason])), at)
        return
    before = article.stage
    if row.name == "discard":
        drop(article, by)
    elif row.name == "unschedule":
        ScheduledChange.objects.filter(article=article).delete()
        article.change_state = article.change_state or State.DRAFT
    else:
        article.change_state = row.end
        article.change_submitted_at = timezone.now() if row.name == "submit" else article.change_submitted_at
    article.save(update_fields=["version", "approved_version", "change_state", "change_submitted_at"])
    log(article, row.name, before, by, reason)
    article_changed.send(Article, article=article, verb=row.name, by=by, was_public=article.is_public())


def approve_change(article: Article, by, kind: str, note: str, at: datetime.datetime | None) -> None:
    """Put the newest version into the row, or schedule it."""
    if article.is_public() or kind:
        check_kind(kind)
    kind = kind or Change.TYPO
    now = timezone.now()
    if at is None or at <= now:
        revision = article.revisions.get(number=article.version)
        ScheduledChange.objects.filter(article=article).delete()
        apply_change(article, revision, kind=kind, note=note, by=by, at=now)
        return
    before = article.stage
    waiting = {"version": article.version, "at": at, "kind": kind, "by": by}
    waiting["note"] = note[:NOTE_LENGTH]
    ScheduledChange.objects.update_or_create(article=article, defaults=waiting)
    article.change_state, article.change_submitted_at = "", None
    article.save(update_fields=["change_state", "change_submitted_at"])
    log(article, "approve", before, by, note, kind)
    article_changed.send(Article, article=article, verb="approve", by=by, was_public=article.is_public())


def drop(article: Article, by) -> None:
    """Store the newest approved version once more, so that it is the newest of all."""
    waiting = ScheduledChange.objects.filter(article=article).first()
    approved = waiting.version if waiting else article.approved_version
    snapshot = Snapshot.from_json(content_of(article, approved))
    revision = store(article, snapshot, by=by, occasion=Occasion.DISCARD, based_on=approved)
    article.version, article.change_state, article.change_submitted_at = revision.number, "", None
    if waiting:
        waiting.version = revision.number
        waiting.save(update_fields=["version"])
    else:
        article.approved_version = revision.number


def stamp(article: Article, row: Verb, published_at: datetime.datetime | None) -> None:
    """Set the times that the verb sets."""
    now = timezone.now()
    article.saved_at = now
    if row.name == "submit":
        article.submitted_at = now
    if row.name == "approve":
        article.approved_at, article.approved_version = now, article.version
        article.published_at = published_at or article.published_at
        if article.published_at is None or article.published_at < now:
            article.published_at = now
