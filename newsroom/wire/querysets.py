"""Stories as machines read them, with the moment of their last change."""

import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from articles.models import Article, Correction

# Google reads the stories of two days from a news sitemap, at most a thousand.
NEWS_DAYS, NEWS_SIZE = 2, 1000


def with_corrected_at(stories: QuerySet) -> QuerySet:
    """Add ``corrected_at``, the time of the newest notice that readers see; asked for each row returned only."""
    notices = Correction.objects.filter(article=OuterRef("pk"), published_at__lte=timezone.now())
    return stories.annotate(
        corrected_at=Subquery(notices.order_by("-published_at").values("published_at")[:1])
    )


def modified_at(story: Article) -> datetime.datetime | None:
    """Return when the story was last updated or corrected, None where it is as it was published."""
    moments = [moment for moment in (story.updated_at, story.corrected_at) if moment]
    newest = max(moments, default=None)
    return newest if newest and newest > story.published_at else None


def with_changed_at(stories: QuerySet) -> QuerySet:
    """Add ``changed_at``, when any story that is or was public was last saved: the same in every row."""
    seen = Article.objects.public() | Article.objects.withdrawn_from_public()
    return stories.annotate(changed_at=Subquery(seen.order_by("-saved_at").values("saved_at")[:1]))


def recent_news() -> QuerySet:
    """Return the newest stories of the last days, without advertising, which is no news."""
    since = timezone.now() - datetime.timedelta(days=NEWS_DAYS)
    stories = Article.objects.public().news().filter(published_at__gte=since)
    return with_corrected_at(stories.newest())[:NEWS_SIZE]
