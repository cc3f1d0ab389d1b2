"""Who may do what to a story, and the one door through which a story's page is read."""

from django.http import Http404

from .models import Article
from .states import State

# The largest key of a row; a larger number in an address is no story, and no error of the database.
MAX_KEY = 2**63 - 1
# States in which the people of a story may still write in it; later ones belong to the desk.
OPEN_TO_WRITERS = {State.DRAFT, State.RETURNED}


def is_own(user, article: Article) -> bool:
    """Tell whether ``user`` began the story or stands in its byline."""
    if user.pk is None:
        return False
    return article.created_by_id == user.pk or article.bylines.filter(reporter__user=user).exists()


def may_edit(user, article: Article) -> bool:
    """Tell whether ``user`` may write in the story in the state it is in."""
    if user.has_perm("articles.edit_any_article"):
        # What readers see belongs to those who may approve.
        return article.state not in {State.APPROVED, State.WITHDRAWN} or user.has_perm(
            "articles.approve_article"
        )
    if not user.has_perm("articles.change_article") or article.state not in OPEN_TO_WRITERS:
        return False
    return is_own(user, article)


def may_use(user, permission: str, article: Article) -> bool:
    """Tell whether ``user`` has ``permission`` ("submit_article" …) on this story.

    Those who may only submit may do so for stories of their own.
    """
    if not user.has_perm(f"articles.{permission}"):
        return False
    return user.has_perm("articles.edit_any_article") or is_own(user, article)


def get_public_article(pk: int) -> Article:
    """Return the story with all that its page shows; raise Http404 for one that readers may not see.

    «Does not exist» and «not public» answer alike.
    """
    article = Article.objects.public().for_detail().filter(pk=pk).first() if pk <= MAX_KEY else None
    if article is None:
        raise Http404
    return article
