"""Pages of stories and lists: read the request, pick a template."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from taggit.models import Tag

from .access import MAX_KEY, get_public_article
from .blocks import sidebars
from .lists import cut, day_of, end_of, listing, running_series
from .models import Article, Correction, Reporter, Series

# More people than a paper has and more series than it runs; the page stays bounded all the same.
MAX_PEOPLE = 500
MAX_SERIES = 300
PHOTOS_A_PAGE = 24


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a story; one that was taken down says so with 410 Gone."""
    try:
        article = get_public_article(pk)
    except Http404:
        if pk <= MAX_KEY and Article.objects.withdrawn_from_public().filter(pk=pk).exists():
            return render(request, "articles/withdrawn.html", status=410)
        raise
    bars = sidebars(["article", "below"], article=article)
    return render(request, "articles/detail.html", {"article": article, "bars": bars})


def print_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The story as a document; ``?photos=0`` leaves the pictures out."""
    article = get_public_article(pk)
    context = {"article": article, "with_photos": request.GET.get("photos") != "0"}
    return render(request, "articles/print.html", context)


def latest(request: HttpRequest) -> HttpResponse:
    """All stories, newest first; ``?date=2026-11-20`` begins with the last story of that day."""
    day = day_of(request)
    found = listing(request, Article.objects.public().newest(), start=end_of(day) if day else None)
    return render(request, "articles/latest.html", {"page": found.page, "bars": found.bars, "day": day})


def photos(request: HttpRequest) -> HttpResponse:
    """Stories with a photo, newest first."""
    found = listing(request, Article.objects.public().with_photo().newest(), size=PHOTOS_A_PAGE)
    return render(request, "articles/photos.html", {"page": found.page, "bars": found.bars})


def series_index(request: HttpRequest) -> HttpResponse:
    """The series of the paper that have a story."""
    return render(request, "articles/series_index.html", {"series_list": running_series()[:MAX_SERIES]})


def series(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories of a series, newest first."""
    series = get_object_or_404(Series, slug=slug)
    found = listing(request, Article.objects.public().in_series(series))
    return render(request, "articles/series.html", {"page": found.page, "bars": found.bars, "series": series})


def tag(request: HttpRequest, name: str) -> HttpResponse:
    """The stories with a tag, newest first; a name in another case leads to the tag's own address.

    A tag that no public story has answers like one that does not exist: it could name what is embargoed.
    """
    tag = Tag.objects.filter(name=name).first() or Tag.objects.filter(name__iexact=name).first()
    stories = Article.objects.public().tagged(tag)
    if tag is None or (tag.name != name and not stories.exists()):
        raise Http404
    if tag.name != name:
        return redirect("articles:tag", tag.name, permanent=True)
    found = listing(request, stories)
    if found.page.is_first and not found.page.items:
        raise Http404
    return render(request, "articles/tag.html", {"page": found.page, "bars": found.bars, "tag": tag})


def reporter_index(request: HttpRequest) -> HttpResponse:
    """The reporters on the staff."""
    people = Reporter.objects.filter(is_active=True).select_related("portrait")[:MAX_PEOPLE]
    return render(request, "articles/reporter_index.html", {"reporters": people})


def reporter(request: HttpRequest, slug: str) -> HttpResponse:
    """A reporter and the stories with the reporter's byline, newest first."""
    reporter = get_object_or_404(Reporter.objects.select_related("portrait"), slug=slug)
    found = listing(request, Article.objects.public().by_reporter(reporter))
    context = {"page": found.page, "bars": found.bars, "reporter": reporter}
    return render(request, "articles/reporter.html", context)


def corrections(request: HttpRequest) -> HttpResponse:
    """Corrections, replies and follow-ups, newest first, each with the story it belongs to."""
    notices = Correction.objects.public().select_related("article__section")
    page = cut(request, notices.newest())
    return render(request, "articles/corrections.html", {"page": page, "bars": sidebars(["list"])})
