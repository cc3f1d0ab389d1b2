"""The verbs that change a story: permission, transaction, validation, row, log, signal.

Every verb takes keyword arguments, locks the row, and returns the changed story. It raises
``NotAllowed`` (the person may not), ``WrongState`` (not from this state) or ``NotReady``
(something is missing, with a sentence for each field), and changes nothing then.
"""

import datetime
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .access import may_edit, may_use
from .errors import NotAllowed, NotReady, WrongState
from .images import make_renditions
from .models import Article, Photo, Placement, Section, StateChange
from .signals import article_changed, photo_changed
from .states import Change, Origin, State
from .text import clean_lines


@dataclass(frozen=True)
class Verb:
    """What the table of verbs says of one verb."""

    name: str
    label: str
    permission: str
    start: frozenset[State]
    end: State
    needs_reason: bool = False
    done: str = field(default="")


def verb(name, label, permission, start, end, done, *, needs_reason=False) -> tuple[str, Verb]:
    """Return a row of ``VERBS``."""
    return name, Verb(name, label, permission, frozenset(start), end, needs_reason, done)


VERBS: dict[str, Verb] = dict(
    [
        verb("submit", gettext_lazy("Submit"), "submit_article", {State.DRAFT, State.RETURNED}, State.SUBMITTED,
             gettext_lazy("The story has been submitted to the desk.")),
        verb("recall", gettext_lazy("Take back"), "submit_article", {State.SUBMITTED}, State.DRAFT,
             gettext_lazy("The story has been taken back and can be written in.")),
        verb("approve", gettext_lazy("Approve"), "approve_article",
             {State.DRAFT, State.SUBMITTED, State.RETURNED, State.HELD}, State.APPROVED,
             gettext_lazy("The story has been approved.")),
        verb("return", gettext_lazy("Return"), "approve_article", {State.SUBMITTED, State.HELD}, State.RETURNED,
             gettext_lazy("The story has been returned to its reporter."), needs_reason=True),
        verb("hold", gettext_lazy("Hold"), "approve_article",
             {State.DRAFT, State.SUBMITTED, State.RETURNED, State.APPROVED}, State.HELD,
             gettext_lazy("The story is held.")),
        verb("withdraw", gettext_lazy("Withdraw"), "withdraw_article", {State.APPROVED}, State.WITHDRAWN,
             gettext_lazy("The story has been withdrawn; readers no longer see it."), needs_reason=True),
        verb("restore", gettext_lazy("Restore"), "withdraw_article", {State.WITHDRAWN}, State.APPROVED,
             gettext_lazy("The story is public again.")),
    ]
)  # fmt: skip


def possible_verbs(article: Article, user) -> list[Verb]:
    """Return the verbs that ``user`` may use on the story now, in the order of the table."""
    return [row for row in VERBS.values() if fits(row, article) and may_use(user, row.permission, article)]


def fits(row: Verb, article: Article) -> bool:
    """Tell whether the verb starts from the story's state.

    What readers already see is withdrawn and cannot be held; what they do not see yet is held.
    """
    if row.name in {"hold", "withdraw"} and article.is_public() != (row.name == "withdraw"):
        return False
    return article.state in row.start


def submit(*, article: Article, by) -> Article:
    """Hand the story to the desk."""
    return _use("submit", article=article, by=by)


def recall(*, article: Article, by) -> Article:
    """Take a submitted story back to write on."""
    return _use("recall", article=article, by=by)


def approve(*, article: Article, by, published_at: datetime.datetime | None = None) -> Article:
    """Approve the story: readers see it from ``published_at`` on, or from the time set in it, or at once.

    A time that has passed means «at once»: approval never dates a story back.
    """
    return _use("approve", article=article, by=by, published_at=published_at)


def return_(*, article: Article, by, reason: str) -> Article:
    """Give the story back to its reporter, with the reason."""
    return _use("return", article=article, by=by, reason=reason)


def hold(*, article: Article, by, reason: str = "") -> Article:
    """Keep the story from going on; also stops one that is approved for a later time."""
    return _use("hold", article=article, by=by, reason=reason)


def withdraw(*, article: Article, by, reason: str) -> Article:
    """Take a story away from readers, with the reason."""
    return _use("withdraw", article=article, by=by, reason=reason)


def restore(*, article: Article, by, reason: str = "") -> Article:
    """Show a withdrawn story again, under the times it had."""
    return _use("restore", article=article, by=by, reason=reason)


BY_NAME = {
    "submit": submit, "recall": recall, "approve": approve, "return": return_,
    "hold": hold, "withdraw": withdraw, "restore": restore,
}  # fmt: skip


@transaction.atomic
def amend(*, article: Article, by, change: str, note: str = "") -> Article:
    """Declare what a saved change to an approved story was: a ``Change``.

    An update or a correction moves ``updated_at`` of a story that is public; a typo moves nothing.
    """
    _lock(article)
    if not may_edit(by, article):
        raise NotAllowed(_("You may not change this story."))
    if article.state != State.APPROVED:
        raise WrongState(_("Only a change to an approved story is declared."))
    if change not in Change.values:
        raise NotReady({"change": _("Choose one of: %s.") % ", ".join(Change.values)})
    if change != Change.TYPO and article.is_public():
        article.updated_at = timezone.now()
        article.save(update_fields=["updated_at"])
    settle(article=article)
    _log(article, "amend", article.state, by, clean_lines(note), change)
    article_changed.send(Article, article=article, verb="amend", by=by, was_public=article.is_public())
    return article


@transaction.atomic
def settle(*, article: Article) -> Article:
    """Copy onto the rows of the story what lists read there: lead photo, names of tags, its time.

    Called by every verb, and by whoever saved the story's bylines, photos or tags. Reads the rows, not
    ``article``, which may be older than what another person has saved since.
    """
    row = Article.objects.filter(pk=article.pk)
    lead = article.placements.filter(place=Placement.Place.LEAD).first()
    article.lead_photo_id = lead.photo_id if lead else None
    names = article.tagged_items.order_by("pk").values_list("tag__name", flat=True)
    article.tag_names = ",".join(names)
    row.update(lead_photo=article.lead_photo_id, tag_names=article.tag_names)
    article.bylines.update(published_at=Subquery(row.values("published_at")))
    article.tagged_items.update(published_at=Subquery(row.values("published_at")))
    return article


@transaction.atomic
def move_section(*, section: Section) -> int:
    """File the stories of ``section`` under the top section it belongs to now; return how many.

    Called by whoever saved a section with another parent; the lists of top sections read the copy.
    """
    return Article.objects.filter(section=section).update(top_section=section.top)


def store_photo(*, photo: Photo, by=None) -> Photo:
    """Save a photo and make its renditions; raise ``PhotoFileError`` for a file that is no picture.

    The pictures are made before the transaction begins, because on SQLite it keeps all others from writing.
    """
    if photo.pk is None:
        photo.created_by = by
    make_renditions(photo)
    with transaction.atomic():
        photo.save()
        photo_changed.send(Photo, photo=photo)
    return photo


@transaction.atomic
def _use(name: str, *, article: Article, by, published_at=None, reason: str = "") -> Article:
    row = VERBS[name]
    reason = clean_lines(reason)
    _lock(article)
    if not may_use(by, row.permission, article):
        raise NotAllowed(_("You may not do this: %s.") % row.label)
    if not fits(row, article):
        raise WrongState(
            _("«%(verb)s» is not possible while the story is «%(state)s».")
            % {"verb": row.label, "state": article.get_state_display()}
        )
    if row.needs_reason and not reason:
        raise NotReady({"reason": _("Give the reason: it is shown to the people of the story.")})
    if row.end in {State.SUBMITTED, State.APPROVED}:
        check_ready(article, for_readers=row.end == State.APPROVED)
    was_public, before = article.is_public(), article.state
    article.state = row.end
    _stamp(article, row, published_at)
    article.save(
        update_fields=["state", "submitted_at", "approved_at", "published_at", "saved_at", "top_section"]
    )
    settle(article=article)
    _log(article, name, before, by, reason)
    article_changed.send(Article, article=article, verb=name, by=by, was_public=was_public)
    return article


def _lock(article: Article) -> None:
    """Take the row for this transaction and bring ``article`` to what stands in it.

    Two people may have had the story open: the verb goes by what is saved, not by what one of them saw.
    """
    article.refresh_from_db(from_queryset=Article.objects.select_for_update())


def check_ready(article: Article, *, for_readers: bool) -> None:
    """Raise ``NotReady``, with a sentence for each field, for a story that lacks what its next step needs."""
    missing = {}
    if not article.headline:
        missing["headline"] = _("The story has no headline.")
    if not article.body:
        missing["body"] = _("The story has no text.")
    if article.section_id is None:
        missing["section"] = _("Choose a section.")
    if for_readers and article.origin in {Origin.AGENCY, Origin.REPRINT} and article.source_id is None:
        missing["source"] = _("Say which agency or paper the story comes from.")
    if for_readers and article.origin == Origin.AD and not article.source_name:
        missing["source_name"] = _("Name the advertiser (Newspapers Act, art. 6: advertising is told apart).")
    if missing:
        raise NotReady(missing)


def _stamp(article: Article, row: Verb, published_at: datetime.datetime | None) -> None:
    """Set the times that the verb sets."""
    now = timezone.now()
    article.saved_at = now
    if row.name == "submit":
        article.submitted_at = now
    if row.name == "approve":
        article.approved_at = now
        article.published_at = published_at or article.published_at
        if article.published_at is None or article.published_at < now:
            article.published_at = now


def _log(article, name, before, by, reason, change="") -> None:
    StateChange.objects.create(
        article=article,
        verb=name,
        from_state=before,
        to_state=article.state,
        by=by,
        reason=reason,
        change=change,
    )
