"""What the checks need of the database, with a constant number of queries."""

import datetime

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Article, Photo, Placement, Reporter
from ..models.precheck import PrecheckSetting, TextMark
from ..text import plain_text
from .finding import Finding
from .registry import Set, findings
from .shingles import marks
from .subject import Known, Neighbour, Subject

WINDOW = datetime.timedelta(days=30)
# Stories whose text is read and compared.
CANDIDATES = 4
# Fewer shared marks are a phrase, not a paragraph.
FEWEST_SHARED = 2
# Old marks taken away at a time, so that no save of a story waits for long.
SWEPT = 2_000
MOST_RELEASE = 60_000


def check(
    snapshot: dict,
    article: Article | None = None,
    *,
    release: str = "",
    now: datetime.datetime | None = None,
) -> list[Finding]:
    """Run the checks over a version of a story (``Snapshot.as_json()``): five queries, stops first.

    ``article`` is the story it belongs to, so that it is not compared with itself; ``release`` a text pasted
    in to be compared with.
    """
    subject = Subject.of(snapshot, now=now or timezone.now())
    return findings(load(subject, snapshot, article, release), stored_settings())


def stored_settings() -> dict[str, Set]:
    """Return what the paper set for its checks, by name: one query."""
    rows = PrecheckSetting.objects.values_list("name", "severity", "parameters")
    return {
        name: Set(severity, parameters if isinstance(parameters, dict) else {})
        for name, severity, parameters in rows
    }


def load(subject: Subject, snapshot: dict, article: Article | None, release: str = "") -> Subject:
    """Return the subject with what the database knows of its photos, people and sources: four queries."""
    photos = photos_of(subject, article)
    named = {row.get("reporter") for row in snapshot.get("bylines") or ()}
    reporters = {
        pk: name
        for pk, name, is_active in Reporter.objects.values_list("pk", "name", "is_active")
        if is_active or pk in named
    }
    neighbours = alike(subject, article)
    if release.strip():
        neighbours.insert(0, Neighbour(_("the text pasted in"), release[:MOST_RELEASE]))
    known = Known(
        photos=photos,
        rights=photos,
        uses={key: photo.other_story for key, photo in photos.items() if photo.other_story},
        reporters=reporters,
        neighbours=tuple(neighbours),
        hosts=tuple(settings.ALLOWED_HOSTS),
        desk_paths=(reverse("admin:index"), "/preview/"),
    )
    return Subject.of(snapshot, known, subject.now)


def photos_of(subject: Subject, article: Article | None) -> dict[int, Photo]:
    """Return the photos of the story by key, with ``other_story``, the headline of another public one: one query."""
    public = Article.objects.public(subject.now).filter(pk=OuterRef("article"))
    others = Placement.objects.filter(Exists(public), photo=OuterRef("pk"))
    if article and article.pk:
        others = others.exclude(article=article)
    first = others.order_by("pk").values("article__headline")[:1]
    photos = Photo.objects.select_related("photographer").annotate(other_story=Subquery(first))
    return photos.in_bulk({one.photo_id for one in subject.figures})


def alike(subject: Subject, article: Article | None) -> list[Neighbour]:
    """Return the stories of the last 30 days that share most with the text, at most four: two queries.

    The whole paper is searched along the index of marks; only what shares two marks or more is read.
    """
    now = subject.now or timezone.now()
    own = marks(subject.plain)
    shared = (
        TextMark.objects.filter(mark__in=own, at__gte=now - WINDOW)
        .exclude(article=article)
        .values_list("article")
        .annotate(count=Count("pk"))
        .filter(count__gte=min(FEWEST_SHARED, max(len(own), 1)))
        .order_by("-count", "article")[:CANDIDATES]
    )
    keys = [key for key, _count in shared]
    stories = Article.objects.only("headline", "body").in_bulk(keys)
    return [
        Neighbour(
            story.headline, plain_text(story.body), reverse("admin:articles_article_change", args=[key])
        )
        for key in keys
        if (story := stories.get(key))
    ]


def remember(article: Article) -> int:
    """Store the marks of what stands in the story's row, so that later texts are compared with it.

    Called when a story was submitted, approved or changed. Touches nothing when the marks are the same;
    returns how many there are. Takes away some marks that are older than the window.
    """
    now = timezone.now()
    new = set(marks(Subject(body=article.body).plain))
    stored = TextMark.objects.filter(article=article)
    old = set(stored.values_list("mark", flat=True))
    if old - new:
        stored.filter(mark__in=old - new).delete()
    rows = [TextMark(article=article, mark=mark, at=now) for mark in new - old]
    TextMark.objects.bulk_create(rows, ignore_conflicts=True)
    stale = TextMark.objects.filter(at__lt=now - WINDOW).order_by("at").values("pk")[:SWEPT]
    TextMark.objects.filter(pk__in=list(stale.values_list("pk", flat=True))).delete()
    return len(new)
