"""The table of verbs: from which state to which, and who may."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy

from ..access import may_use
from ..models import Article
from ..states import State


@dataclass(frozen=True)
class Verb:
    """What the table of verbs says of one verb.

    ``on_change``: on a story that was approved it works on the change to it, and starts from that one's state.
    """

    name: str
    label: str
    permission: str
    start: frozenset[State]
    end: State
    needs_reason: bool = False
    on_change: bool = False
    done: str = field(default="")


def verb(
    name, label, permission, start, end, done, *, needs_reason=False, on_change=False
) -> tuple[str, Verb]:
    """Return a row of ``VERBS``."""
    return name, Verb(name, label, permission, frozenset(start), end, needs_reason, on_change, done)


VERBS: dict[str, Verb] = dict(
    [
        verb("submit", gettext_lazy("Submit"), "submit_article", {State.DRAFT, State.RETURNED}, State.SUBMITTED,
             gettext_lazy("The story has been submitted to the desk."), on_change=True),
        verb("recall", gettext_lazy("Take back"), "submit_article", {State.SUBMITTED}, State.DRAFT,
             gettext_lazy("The story has been taken back and can be written in."), on_change=True),
        verb("approve", gettext_lazy("Approve"), "approve_article",
             {State.DRAFT, State.SUBMITTED, State.RETURNED, State.HELD}, State.APPROVED,
             gettext_lazy("The story has been approved."), on_change=True),
        verb("return", gettext_lazy("Return"), "approve_article", {State.SUBMITTED, State.HELD}, State.RETURNED,
             gettext_lazy("The story has been returned to its reporter."), needs_reason=True, on_change=True),
        verb("hold", gettext_lazy("Hold"), "approve_article",
             {State.DRAFT, State.SUBMITTED, State.RETURNED, State.APPROVED}, State.HELD,
             gettext_lazy("The story is held.")),
        verb("discard", gettext_lazy("Drop the change"), "submit_article",
             {State.DRAFT, State.RETURNED}, State.APPROVED,
             gettext_lazy("The change has been dropped; readers’ version stands."), on_change=True),
        verb("unschedule", gettext_lazy("Cancel the schedule"), "approve_article", {State.APPROVED}, State.DRAFT,
             gettext_lazy("The change waits no longer for its time; it is a draft again."), on_change=True),
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
    """Tell whether the verb starts from where the story stands.

    What readers already see is withdrawn and cannot be held; what they do not see yet is held.
    """
    if row.name == "unschedule":
        return article.was_approved and article.has_scheduled_change
    if row.on_change and article.was_approved:
        return bool(article.change_state) and article.change_state in row.start
    if row.name == "discard":
        return False
    if row.name in {"hold", "withdraw"} and article.is_public() != (row.name == "withdraw"):
        return False
    return article.state in row.start
