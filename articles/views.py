"""Pages of stories and lists: read the request, pick a template."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from taggit.models import Tag

from .access import MAX_KEY, get_public_article
from .blocks import sidebars
from .lists import cut
from .models import Article, Correction, Reporter, Series


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


def listing(request: HttpRequest, template: str, stories, **context) -> HttpResponse:
    """Render a page of a list of stories with the sidebar of lists."""
    page = cut(request, stories.for_listing().with_bylines())
    taken = {story.pk for story in page.items}
    bars = sidebars(["list"], section=context.get("section"), taken=taken)
    return render(request, template, {"page": page, "bars": bars} | context)


def latest(request: HttpRequest) -> HttpResponse:
    """All stories, newest first."""
    return listing(request, "articles/latest.html", Article.objects.public().newest())


def photos(request: HttpRequest) -> HttpResponse:
    """Stories with a photo, newest first."""
    return listing(request, "articles/photos.html", Article.objects.public().with_photo().newest())


def series_index(request: HttpRequest) -> HttpResponse:
    """All series of the paper."""
    return render(request, "articles/series_index.html", {"series_list": Series.objects.all()})


def series(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories of a series, newest first."""
    found = get_object_or_404(Series, slug=slug)
    return listing(request, "articles/series.html", Article.objects.public().in_series(found), series=found)


def tag(request: HttpRequest, name: str) -> HttpResponse:
    """The stories with a tag, newest first."""
    found = get_object_or_404(Tag, name__iexact=name)
    return listing(request, "articles/tag.html", Article.objects.public().tagged(found), tag=found)


def reporter_index(request: HttpRequest) -> HttpResponse:
    """The reporters on the staff."""
    people = Reporter.objects.filter(is_active=True).select_related("portrait")
    return render(request, "articles/reporter_index.html", {"reporters": people})


def reporter(request: HttpRequest, slug: str) -> HttpResponse:
    """A reporter and the stories with the reporter's byline, newest first."""
    found = get_object_or_404(Reporter.objects.select_related("portrait"), slug=slug)
    stories = Article.objects.public().by_reporter(found)
    return listing(request, "articles/reporter.html", stories, reporter=found)


def corrections(request: HttpRequest) -> HttpResponse:
    """Corrections, replies and follow-ups, newest first, each with the story it belongs to."""
    notices = Correction.objects.public().select_related("article__section")
    page = cut(request, notices.newest())
    return render(request, "articles/corrections.html", {"page": page, "bars": sidebars(["list"])})
