"""Stories go into the index and out of it with the verbs that change them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from articles.models import Article
from articles.signals import article_changed

from .backends import backend
from .rebuild import rebuild


def connect(app: AppConfig) -> None:
    """Listen to the signals of the ground floor, and to the migration that makes the index."""
    article_changed.connect(keep_up, dispatch_uid="search_keeps_up")
    post_migrate.connect(begin, sender=app, dispatch_uid="search_begins")


def keep_up(sender, *, article: Article, **kwargs) -> None:
    """Write the terms of an approved story within the transaction of the verb, so that both stand or fall.

    Whether it may be found is asked when somebody searches; a story that is work again is taken out.
    """
    if article.was_approved:
        backend().index([article])
    else:
        backend().delete([article.pk])


def begin(sender, *, plan=(), **kwargs) -> None:
    """Take in the stories of a paper that had some before it had this index; about a second for 700 of them."""
    made = any(migration.app_label == sender.label and not backwards for migration, backwards in plan)
    if made and Article.objects.exists():
        for _progress in rebuild():
            pass
