"""Every public surface of the paper that can name a story, for tests that look for leaks and for faults."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import Resolver404, get_resolver, resolve, reverse
from django.utils import timezone

from articles.models import Article


def surfaces(article: Article, *, word: str) -> dict[str, str]:
    """Return the addresses, by name, on which ``article`` stands as soon as it is public.

    The story needs a section under another, a series, a tag, a reporter and a lead photo; ``word`` is
    one from its headline, for the search.
    """
    reporter = article.bylines.first().reporter
    section = article.section
    month = timezone.localtime(article.published_at)
    return {
        "front page": reverse("front:home"),
        "section": section.get_absolute_url(),
        "section above": section.top.get_absolute_url(),
        "latest": reverse("articles:latest"),
        "day": f"{reverse('articles:latest')}?date={month:%Y-%m-%d}",
        "photos": reverse("articles:photos"),
        "series": article.series.get_absolute_url(),
        "tag": reverse("articles:tag", args=[article.tag_list[0]]),
        "reporter": reporter.get_absolute_url(),
        "search": f"{reverse('search:search')}?q={word}",
        "feed": reverse("wire:feed"),
        "section feed": reverse("wire:section_feed", args=[section.top.slug]),
        "reporter feed": reverse("wire:reporter_feed", args=[reporter.slug]),
        "news sitemap": "/news-sitemap.xml",
        "article": article.get_absolute_url(),
        "print": reverse("articles:print", args=[article.pk]),
    }


def beside(article: Article) -> dict[str, str]:
    """Return the addresses of pages that show other stories or none, where the sidebars are looked at."""
    return {
        "beside another story": article.get_absolute_url(),
        "about": reverse("publication:about"),
        "corrections": reverse("articles:corrections"),
        "most read": reverse("readers:most_read"),
        "series index": reverse("articles:series_index"),
        "reporter index": reverse("articles:reporter_index"),
        "not found": "/no-such-page/",
    }


# Readers' addresses that are in neither list, each with the reason.
ELSEWHERE = {
    "publication:page": "a fixed page, made where a test wants one",
    "articles:preview": "behind a secret link",
    "readers:beacon": "counts a read; answers without a word",
    "readers:comment": "takes a comment; shows the page of its story",
    "sharing:card": "a picture of the headline",
    "sharing:paper": "a picture of the nameplate",
    "ops:media": "the files themselves",
    "ops:health": "a sign of life",
    "ops:ready": "a sign of life",
    "ops:favicon": "an icon",
}


def maps(article: Article) -> dict[str, str]:
    """Return the addresses of what search engines read."""
    return {
        "sitemap": reverse("wire:sitemap"),
        "sitemap of lists": reverse("wire:sitemap_lists"),
        "sitemap of stories": reverse("wire:sitemap_stories", args=[article.pk // 1000]),
        "robots": reverse("wire:robots"),
    }


def name_of(address: str) -> str:
    """Return the name of the page at ``address``, «» for an address of nothing."""
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return ""


def unlisted(addresses: Iterable[str]) -> set[str]:
    """Return the names of readers' pages that none of ``addresses`` leads to and ``ELSEWHERE`` does not excuse."""
    listed = {name_of(address) for address in addresses}
    found = {
        f"{space}:{name}"
        for space, (_prefix, resolver) in get_resolver(settings.ROOT_URLCONF).namespace_dict.items()
        if space != "admin"
        for name in resolver.reverse_dict
        if isinstance(name, str)
    }
    return found - listed - set(ELSEWHERE)
