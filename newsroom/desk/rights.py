"""Photos of the paper whose right ends soon, for those who may change photos."""

import datetime

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from articles.models import Article, Photo, Placement, Reporter

AHEAD = datetime.timedelta(days=14)
# Stories named beside a photo; a symbol picture may stand in hundreds.
MOST_STORIES = 3
FACTS = {"pk": "article", "headline": "article__headline", "list_title": "article__list_title"}


def ending_photos(now: datetime.datetime | None = None):
    """Return the photos in use whose right ends within fourteen days, the first to end in front: one query.

    ``story_0`` to ``story_3`` are what a link needs of the newest public stories that show it (``FACTS``), None
    where there are fewer; ``portrait_of`` is the name of the reporter whose portrait it is.
    """
    now = now or timezone.now()
    public = Article.objects.public(now).filter(pk=OuterRef("article"))
    places = Placement.objects.filter(Exists(public), photo=OuterRef("pk"))
    newest = places.order_by("-article__published_at", "-article").values(facts=JSONObject(**FACTS))
    stories = {f"story_{place}": Subquery(newest[place : place + 1]) for place in range(MOST_STORIES + 1)}
    reporter = Reporter.objects.filter(portrait=OuterRef("pk")).order_by("pk").values("name")[:1]
    photos = Photo.objects.ending(now, now + AHEAD).in_use(now)
    return photos.annotate(portrait_of=Subquery(reporter), **stories)


def stories_of(photo: Photo) -> list[Article]:
    """Return the newest stories that show a photo of ``ending_photos``, one more than are named where there are."""
    found = (getattr(photo, f"story_{place}") for place in range(MOST_STORIES + 1))
    return [Article(**facts) for facts in found if facts]
