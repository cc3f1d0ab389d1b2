"""RSS 2.0 feeds: all stories, of a section, of a reporter."""

import hashlib

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from articles.lists import load_bylines
from articles.models import Article, Placement, Reporter, Section

from .querysets import modified_at, with_changed_at, with_corrected_at

SIZE = 30
RSS = "application/rss+xml; charset=utf-8"
# Times that make a feed newer. ``changed_at`` moves when a story is withdrawn, which the others do not.
TIMES = ("published_at", "updated_at", "corrected_at", "changed_at", "begun_at", "ended_at")
# What a change of shows in the feed; read along an index, without the texts.
TRACES = (
    "pk",
    "version",
    "saved_at",
    "headline",
    "excerpt",
    "tag_names",
    "lead_photo_id",
    "section_id",
    "origin",
)


@require_safe
def all_stories(request: HttpRequest) -> HttpResponse:
    """The newest stories of the paper."""
    return feed(request, Article.objects.public().newest())


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest stories of a section."""
    found = get_object_or_404(Section.objects.select_related("parent"), slug=slug)
    return feed(request, Article.objects.public().in_section(found), section=found)


@require_safe
def reporter(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest stories with the reporter's byline."""
    found = get_object_or_404(Reporter, slug=slug)
    return feed(request, Article.objects.public().by_reporter(found), reporter=found)


def feed(request: HttpRequest, stories: QuerySet, **subject) -> HttpResponse:
    """Answer with the newest ``stories`` as RSS, or with 304 after one query that loads no texts."""
    stories = with_corrected_at(stories)
    traces = list(with_turned_at(with_changed_at(stories)).values(*TIMES, *TRACES)[:SIZE])
    etag, newest = (
        etag_of(traces),
        max((row[name] for row in traces for name in TIMES if row[name]), default=None),
    )
    answer = get_conditional_response(request, etag, int(newest.timestamp()) if newest else None)
    if answer is None:
        context = {"items": items_of(stories), "newest": newest} | subject
        answer = render(request, "newsroom/wire/feed.xml", context, content_type=RSS)
    answer.headers["ETag"] = etag
    if newest:
        answer.headers["Last-Modified"] = http_date(newest.timestamp())
    # Readers of feeds ask every time, so that what was withdrawn is gone at once.
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def with_turned_at(stories: QuerySet) -> QuerySet:
    """Add ``begun_at`` and ``ended_at``, when the right to a photo of the story last began and ended."""
    now, places = timezone.now(), Placement.objects.filter(article=OuterRef("pk")).order_by()

    def last(moment: str) -> Subquery:
        passed = places.filter(**{f"photo__{moment}__lte": now})
        return Subquery(passed.order_by(f"-photo__{moment}").values(f"photo__{moment}")[:1])

    return stories.annotate(begun_at=last("begins_at"), ended_at=last("ends_at"))


def etag_of(traces: list[dict]) -> str:
    """Return a tag that changes with anything in ``traces``."""
    return f'"{hashlib.blake2b(repr(traces).encode(errors="replace"), digest_size=16).hexdigest()}"'


def items_of(stories: QuerySet) -> list[Article]:
    """Return the stories of a feed with bylines and ``modified_at``: two queries."""
    items = list(stories.defer("body").select_related("section", "lead_photo__photographer")[:SIZE])
    load_bylines(items)
    for item in items:
        item.modified_at = modified_at(item)
    return items
