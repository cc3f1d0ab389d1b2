"""What is told when a verb has changed a story. Everything is written in the verb's own transaction."""

import hashlib

from django.core.cache import cache
from django.utils import timezone

from articles.models import Article, ScheduledChange, StateChange
from articles.signals import article_changed, notice_wanted, rights_end_soon
from articles.states import State

from . import actions
from .kinds import Kind
from .models import Notice
from .people import desk_of, people_of
from .rights import AHEAD, tell_of_ends

# Verbs after which a story waits for the desk no longer.
ENDS_WAITING = {"recall", "approve", "return", "hold", "withdraw", "amend", "discard"}
# Seconds.
LOOKED_AT_EVERY = 3600
SUBMISSIONS = {Kind.SUBMITTED, Kind.CHANGE_SUBMITTED}
# Kinds by verb: of a story, and of a change to one that was approved (None: nobody is told).
KINDS: dict[str, tuple[Kind | None, Kind | None]] = {
    "submit": (Kind.SUBMITTED, Kind.CHANGE_SUBMITTED),
    "return": (Kind.RETURNED, Kind.CHANGE_RETURNED),
    "approve": (Kind.APPROVED, Kind.CHANGE_APPROVED),
    "amend": (None, Kind.CHANGE_APPROVED),
    "hold": (Kind.HELD, Kind.HELD),
    "withdraw": (Kind.WITHDRAWN, Kind.WITHDRAWN),
    "restore": (Kind.RESTORED, Kind.RESTORED),
}


def connect() -> None:
    """Listen to the signals of the ground floor."""
    article_changed.connect(tell_of_verb, dispatch_uid="notices_of_verbs")
    notice_wanted.connect(tell_as_asked, dispatch_uid="notices_wanted")
    rights_end_soon.connect(tell_of_rights, dispatch_uid="notices_of_rights")


def tell_of_verb(sender, *, article: Article, verb: str, by, **kwargs) -> None:
    """Tell the desk of what was submitted, and the people of a story of what was done with it."""
    if verb in ENDS_WAITING:
        actions.read(notices=Notice.objects.filter(article=article, kind__in=SUBMISSIONS))
    if verb not in KINDS:
        return
    log = article.state_changes.filter(verb=verb).order_by("-pk").first()
    kind = KINDS[verb][is_on_change(article, verb, log)]
    if kind is None:
        return
    due_at = waits_until(article) if verb == "approve" else None
    if due_at:
        kind = Kind.SCHEDULED if kind == Kind.APPROVED else Kind.CHANGE_SCHEDULED
    users = desk_of(article) if kind in SUBMISSIONS else people_of(article)
    address = actions.address_of(article).partition("#")[0]
    reason = log.reason if log else ""
    actions.tell(users=users, kind=kind, by=by, article=article, words=reason, address=address, due_at=due_at)
    if verb == "return" and reason:
        actions.write_note(article=article, by=by, text=reason, return_of=log)


def is_on_change(article: Article, verb: str, log: StateChange | None) -> bool:
    """Tell whether the verb was used on a change beside the story that readers may see.

    A notice added to an approved story, and a change whose time has come, are none: their log begins with
    the approved state.
    """
    if verb == "amend":
        return log is not None and log.from_state != State.APPROVED
    return article.state == State.APPROVED and (verb != "approve" or bool(log and log.change))


def waits_until(article: Article):
    """Return the moment that an approved story, or change, still waits for; None for none."""
    change = ScheduledChange.objects.filter(article=article).values_list("at", flat=True).first()
    if change:
        return change
    return None if article.is_public() else article.published_at


def tell_as_asked(sender, *, signal, users, kind: str, **said) -> None:
    """Tell people what another app asks for (see ``articles.signals.notice_wanted``)."""
    actions.tell(users=users, kind=kind, **said)


def tell_of_rights(sender, *, photos, **kwargs) -> None:
    """Tell people of the rights that end within days, where any of ``photos`` is so near.

    The same photos are looked at once an hour, so that opening the desk asks nothing of what is told.
    """
    near = [(photo.pk, photo.ends_at) for photo in photos if photo.ends_at < timezone.now() + AHEAD]
    mark = hashlib.blake2b(repr(near).encode(), digest_size=16).hexdigest()
    if near and cache.add(f"notices-rights:{mark}", True, LOOKED_AT_EVERY):
        tell_of_ends()
