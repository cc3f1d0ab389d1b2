"""Every public surface of the paper that can name a story, for tests that look for leaks and for faults."""

from django.urls import reverse
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
