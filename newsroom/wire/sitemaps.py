"""Sitemaps: an index of pages by ranges of story numbers, and the stories of two days for news search."""

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.access import MAX_KEY
from articles.models import Article, Reporter, Section, Series

from .querysets import modified_at, recent_news, with_corrected_at

# Stories whose numbers stand in one page; the limit of the protocol is 50,000 addresses.
RANGE = 1000
LISTS = 1000
FIXED = (
    "front:home", "articles:latest", "articles:photos", "articles:corrections", "articles:series_index",
    "articles:reporter_index", "readers:most_read", "publication:about",
)  # fmt: skip
XML = "application/xml; charset=utf-8"


def page_numbers() -> range:
    """Return the numbers of the pages; asks for the lowest and the highest public story, and counts nothing."""
    # Asked this way round every database walks along the keys and stops at the first hit.
    public = Exists(Article.objects.public().filter(pk=OuterRef("pk")))
    lowest, highest = (
        Article.objects.filter(public).order_by(key).values_list("pk", flat=True).first()
        for key in ("pk", "-pk")
    )
    return range(lowest // RANGE, highest // RANGE + 1) if lowest is not None else range(0)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The index: the page of lists, and the pages of stories."""
    pages = [reverse("wire:sitemap_stories", args=[number]) for number in page_numbers()]
    addresses = [reverse("wire:sitemap_lists"), *pages]
    return render(request, "newsroom/wire/sitemap_index.xml", {"addresses": addresses}, content_type=XML)


@require_safe
def stories(request: HttpRequest, number: int) -> HttpResponse:
    """The public stories of one range of numbers; 404 for a range without any."""
    if number > MAX_KEY // RANGE - 1:
        raise Http404
    found = (
        Article.objects.public().filter(pk__gte=number * RANGE, pk__lt=(number + 1) * RANGE).order_by("pk")
    )
    rows = list(with_corrected_at(found).only("published_at", "updated_at"))
    if not rows:
        raise Http404
    addresses = [(row.get_absolute_url(), modified_at(row) or row.published_at) for row in rows]
    return render(request, "newsroom/wire/sitemap.xml", {"addresses": addresses}, content_type=XML)


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """The front page, the lists, and the pages of sections, series and reporters with public stories."""
    fixed = [reverse(name) for name in FIXED]
    public = Article.objects.public()
    found = [
        *Section.objects.active()[:LISTS],
        *Series.objects.filter(Exists(public.filter(series=OuterRef("pk"))))[:LISTS],
        *Reporter.objects.filter(Exists(public.filter(bylines__reporter=OuterRef("pk"))))[:LISTS],
    ]
    addresses = [(address, None) for address in [*fixed, *(row.get_absolute_url() for row in found)]]
    return render(request, "newsroom/wire/sitemap.xml", {"addresses": addresses}, content_type=XML)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The stories of the last two days, for news search."""
    return render(request, "newsroom/wire/news_sitemap.xml", {"stories": recent_news()}, content_type=XML)
