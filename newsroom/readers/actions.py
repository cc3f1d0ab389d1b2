"""What readers do, as verbs."""

import datetime

from django.db.models import F
from django.utils import timezone

from articles.models import Article

from .models import Comment, ReadCount


def hour_of(moment: datetime.datetime) -> datetime.datetime:
    """Return the beginning of the hour of ``moment``, in UTC."""
    return moment.astimezone(datetime.UTC).replace(minute=0, second=0, microsecond=0)


def count_read(*, article_id: int) -> None:
    """Count one read of a story in this hour; reads at the same moment are all counted.

    One statement, but for the first read of an hour.
    """
    hour = hour_of(timezone.now())
    row = ReadCount.objects.filter(article_id=article_id, hour=hour)
    if not row.update(count=F("count") + 1):
        ReadCount.objects.bulk_create(
            [ReadCount(article_id=article_id, hour=hour, count=0)], ignore_conflicts=True
        )
        row.update(count=F("count") + 1)


def write_comment(*, article: Article, name: str, text: str) -> Comment:
    """Keep a reader's comment until somebody of the paper has read it."""
    return Comment.objects.create(article=article, name=name, text=text)
