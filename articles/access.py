"""Who may do what to a story, and the one door through which a story's page is read."""

from django.http import Http404

from .models import Article
from .querysets import duty_sections
from .states import State

# The largest key of a row; a larger number in an address is no story, and no error of the database.
MAX_KEY = 2**63 - 1
# Stages (see ``Article.stage``) in which the people of a story may write in it; others belong to the desk.
# What they write in an approved one is a change that the desk approves.
OPEN_TO_WRITERS = {State.DRAFT, State.RETURNED, State.APPROVED}
# Rights that reach no further than the sections a person answers for, on own stories neither.
BOUND_TO_SECTIONS = {"edit_any_article", "approve_article", "withdraw_article"}


def key_of(value: str) -> int:
    """Return the key typed into an address, 0 (no row's key) for anything that is none."""
    return int(value) if value.isdecimal() and len(value) < 20 and int(value) <= MAX_KEY else 0


def is_own(user, article: Article) -> bool:
    """Tell whether ``user`` began the story or stands in its byline."""
    if user.pk is None:
        return False
    return article.created_by_id == user.pk or article.bylines.filter(reporter__user=user).exists()


def is_on_duty(user, article: Article) -> bool:
    """Tell whether the story stands in a section that ``user`` answers for, or in none yet.

    Goes by the stored section, so that nobody takes a story out of a section of others. It is
    ``ArticleQuerySet.on_duty`` of one row.
    """
    sections = duty_sections(user)
    place = {article.section_id, article.top_section_id}
    return not sections or article.section_id is None or not sections.isdisjoint(place)


def may_edit(user, article: Article) -> bool:
    """Tell whether ``user`` may write in the story at the stage it is in.

    Those who may approve it always do; those who edit the stories of others until it is withdrawn; its own
    people while it is open to writers, which a submitted change of an approved story is not.
    """
    if may_use(user, "approve_article", article):
        return True
    if article.state == State.WITHDRAWN:
        return False
    if may_use(user, "edit_any_article", article):
        return True
    if not user.has_perm("articles.change_article") or article.stage not in OPEN_TO_WRITERS:
        return False
    return is_own(user, article)


def may_use(user, permission: str, article: Article) -> bool:
    """Tell whether ``user`` has ``permission`` ("submit_article" …) on this story.

    Those who edit the stories of others have it in their sections; those who may only submit, on stories
    of their own, whatever the section. A withdrawn story is left to those who may approve it.
    """
    if not user.has_perm(f"articles.{permission}"):
        return False
    here = is_on_duty(user, article)
    if permission in BOUND_TO_SECTIONS and not here:
        return False
    if permission == "submit_article" and article.state == State.WITHDRAWN:
        return may_use(user, "approve_article", article)
    return (here and user.has_perm("articles.edit_any_article")) or is_own(user, article)


def get_public_article(pk: int) -> Article:
    """Return the story with all that its page shows; raise Http404 for one that readers may not see.

    «Does not exist» and «not public» answer alike.
    """
    article = Article.objects.public().for_detail().filter(pk=pk).first() if pk <= MAX_KEY else None
    if article is None:
        raise Http404
    return article
