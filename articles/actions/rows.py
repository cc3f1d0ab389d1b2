"""Verbs on the row of a story and on what stands around it."""

from django.db import transaction
from django.db.models import Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access import may_use
from ..errors import NotAllowed, NotReady, WrongState
from ..models import Article, Section, StateChange
from ..signals import article_changed
from ..states import Change, State
from ..text import clean_lines


@transaction.atomic
def amend(*, article: Article, by, change: str, note: str = "") -> Article:
    """Declare a change beside the text of an approved story, such as a notice: ``change`` is a ``Change``.

    An update or a correction moves ``updated_at`` of a story that is public; a typo moves nothing.
    """
    lock(article)
    if not may_use(by, "approve_article", article):
        raise NotAllowed(_("You may not change this story."))
    if article.state != State.APPROVED:
        raise WrongState(_("Only a change to an approved story is declared."))
    check_kind(change)
    if change != Change.TYPO and article.is_public():
        article.updated_at = timezone.now()
        article.save(update_fields=["updated_at"])
    settle(article=article)
    log(article, "amend", article.state, by, clean_lines(note), change)
    article_changed.send(Article, article=article, verb="amend", by=by, was_public=article.is_public())
    return article


def check_kind(change: str) -> None:
    """Raise ``NotReady`` for a kind of change that is none."""
    if change not in Change.values:
        raise NotReady({"change_kind": _("Choose one of: %s.") % ", ".join(Change.values)})


@transaction.atomic
def settle(*, article: Article) -> Article:
    """Copy onto the rows of the story what lists read there: lead photo, names of tags, its time.

    Called by every verb. Reads the rows, not ``article``, which may be older than what another person has
    saved since.
    """
    row = Article.objects.filter(pk=article.pk)
    names = article.tagged_items.order_by("pk").values_list("tag__name", flat=True)
    article.tag_names = ",".join(names)
    row.choose_lead(tag_names=article.tag_names)
    article.refresh_from_db(fields=["lead_photo"])
    article.bylines.update(published_at=Subquery(row.values("published_at")))
    article.tagged_items.update(published_at=Subquery(row.values("published_at")))
    return article


@transaction.atomic
def move_section(*, section: Section) -> int:
    """File the stories of ``section`` under the top section it belongs to now; return how many.

    Called by whoever saved a section with another parent; the lists of top sections read the copy.
    """
    return Article.objects.filter(section=section).update(top_section=section.top)


def lock(article: Article) -> None:
    """Take the row for this transaction and bring ``article`` to what stands in it.

    Two people may have had the story open: a verb goes by what is saved, not by what one of them saw.
    """
    article.refresh_from_db(from_queryset=Article.objects.select_for_update())


def log(article: Article, verb: str, before: str, by, reason: str, change: str = "") -> None:
    """Note in the story's history what was done, on which version."""
    StateChange.objects.create(
        article=article,
        verb=verb,
        from_state=before,
        to_state=article.stage,
        by=by,
        reason=reason,
        change=change,
        version=article.version,
    )
