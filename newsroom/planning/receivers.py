"""What a verb on a story means for the assignment that it came from."""

from articles.models import Article
from articles.signals import article_changed

from .models import Assignment


def connect() -> None:
    """Listen to the signals of the ground floor."""
    article_changed.connect(finish, dispatch_uid="assignments_finished")


def finish(sender, *, article: Article, verb: str, **kwargs) -> None:
    """An assignment is done once its story was approved."""
    if verb == "approve":
        rows = Assignment.objects.filter(article=article, state=Assignment.State.WRITING)
        rows.update(state=Assignment.State.DONE)
