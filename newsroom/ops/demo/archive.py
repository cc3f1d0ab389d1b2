"""A large archive for measuring: ``manage.py demo --stories 100000``."""

import datetime
import random
from collections.abc import Iterator

from django.db import connection, transaction
from taggit.models import Tag

from articles.html import with_figures
from articles.models import Article, Byline, Photo, Placement, Reporter, Section, Series, TaggedArticle
from articles.models.article import EXCERPT_LENGTH
from articles.states import Origin, State
from articles.text import excerpt

from .corpus import Corpus
from .newsdesk import DESK
from .rows import User

BATCH = 2_000
YEARS = 8
# The stories of the demonstration are younger than this, so the archive never stands before them.
YOUNGEST = datetime.timedelta(days=60)
SPAN = datetime.timedelta(days=365 * YEARS) - YOUNGEST
# Out of a thousand.
STATES = [
    (State.APPROVED, 985),
    (State.WITHDRAWN, 5),
    (State.DRAFT, 4),
    (State.SUBMITTED, 3),
    (State.HELD, 3),
]
ORIGINS = [(Origin.OWN, 820), (Origin.RELEASE, 180)]
WITH_PHOTO, WITH_SECOND_PHOTO, IN_SERIES, WITH_LIST_TITLE, WITH_DECK = 0.6, 0.2, 0.08, 0.3, 0.6
MAX_TAGS = 4
SENDER = "새여울군청"


class Material:
    """What the archive's stories are made of: words, and rows that are there already."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.corpus = Corpus()
        self.sections = [row for row in Section.objects.select_related("parent") if not row.children.exists()]
        self.series = list(Series.objects.all())
        self.reporters = list(Reporter.objects.filter(is_active=True))
        portraits = Reporter.objects.exclude(portrait=None).values("portrait")
        self.photos = list(Photo.objects.exclude(pk__in=portraits).values_list("pk", flat=True))
        self.tags = list(Tag.objects.order_by("pk"))
        self.desk = User.objects.filter(username=DESK).first()

    def one_of(self, weighted: list[tuple]):
        """Return one of the values, by their weights."""
        values, weights = zip(*weighted, strict=True)
        return self.chance.choices(values, weights)[0]


def fill_archive(run, stories: int) -> int:
    """Add stories until there are ``stories`` in all; return how many were added.

    Goes in batches of one transaction each; a run that was stopped goes on where it stood.
    """
    there = Article.objects.count()
    missing = max(0, stories - there)
    if not missing:
        return 0
    material = Material(there)
    for first in range(0, missing, BATCH):
        batch = range(first, min(first + BATCH, missing))
        with transaction.atomic():
            add_batch(run, material, batch, missing)
        run.show.part("Archive", batch.stop, missing)
    if connection.vendor == "postgresql":  # its planner knows nothing of rows that have just come in bulk
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    run.show.done("Archive", missing)
    return missing


def add_batch(run, material: Material, batch: range, total: int) -> None:
    """Make the stories numbered ``batch`` of ``total``, oldest first, with all that hangs on them."""
    start = run.clock.now - YOUNGEST - SPAN
    plans = [plan(material, start + SPAN * number / total) for number in batch]
    Article.objects.bulk_create(article for article, _tags, _photos in plans)
    Byline.objects.bulk_create(line for article, *_rest in plans for line in bylines(material, article))
    TaggedArticle.objects.bulk_create(
        TaggedArticle(content_object=article, tag=tag, published_at=article.published_at)
        for article, tags, _photos in plans
        for tag in tags
    )
    Placement.objects.bulk_create(
        Placement(article=article, photo_id=pk, order=order, place=place(order))
        for article, _tags, photos in plans
        for order, pk in enumerate(photos)
    )


def plan(material: Material, at: datetime.datetime) -> tuple[Article, list[Tag], list[int]]:
    """Return a story of the time ``at`` that is not saved yet, its tags and the keys of its photos.

    ``bulk_create`` calls no ``save``: the columns that ``Article.normalise`` and ``actions.settle``
    would set are set here.
    """
    chance, corpus = material.chance, material.corpus
    tags = chance.sample(material.tags, k=min(chance.randint(0, MAX_TAGS), len(material.tags)))
    photos = some_photos(material)
    text = corpus.text(chance)
    section = chance.choice(material.sections)
    origin = material.one_of(ORIGINS)
    article = Article(
        headline=corpus.headline(chance),
        list_title=chance.choice(corpus.starts) if chance.random() < WITH_LIST_TITLE else "",
        deck=chance.choice(corpus.decks) if chance.random() < WITH_DECK else "",
        section=section,
        top_section=section.top,
        series=chance.choice(material.series) if material.series and chance.random() < IN_SERIES else None,
        origin=origin,
        source_name=SENDER if origin == Origin.RELEASE else "",
        body=with_figures(text.body, [(pk, "", None) for pk in photos[1:]]),
        excerpt=excerpt(text.beginning, EXCERPT_LENGTH),
        tag_names=",".join(tag.name for tag in tags),
        lead_photo_id=photos[0] if photos else None,
        created_by=material.desk,
        **times(material.one_of(STATES), at),
    )
    return article, tags, photos


def times(state: str, at: datetime.datetime) -> dict:
    """Return the state with the times that belong to it."""
    found = {"state": state, "created_at": at - datetime.timedelta(hours=4), "saved_at": at}
    if state != State.DRAFT:
        found["submitted_at"] = at - datetime.timedelta(hours=1)
    if state in {State.APPROVED, State.WITHDRAWN}:
        found |= {"approved_at": at, "published_at": at}
    return found


def some_photos(material: Material) -> list[int]:
    """Return the keys of no, one or two photos."""
    wanted = (material.chance.random() < WITH_PHOTO) + (material.chance.random() < WITH_SECOND_PHOTO)
    return material.chance.sample(material.photos, k=min(wanted, len(material.photos)))


def place(order: int) -> str:
    """Return where the photo stands: the first one leads."""
    return Placement.Place.TEXT if order else Placement.Place.LEAD


def bylines(material: Material, article: Article) -> Iterator[Byline]:
    """Yield one or two bylines of the story."""
    count = material.one_of([(1, 85), (2, 15)])
    reporters = material.chance.sample(material.reporters, k=min(count, len(material.reporters)))
    for order, reporter in enumerate(reporters):
        yield Byline(article=article, reporter=reporter, order=order, published_at=article.published_at)
