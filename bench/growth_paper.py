"""One paper for ``growth.py``: says which pages it has, then measures those it is asked for.

Reads lines ``[page, repeat]`` and answers ``{"ms": […], "queries": n}``, all JSON.
"""

import json
import sys
import time

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402  (after django.setup)
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from taggit.models import Tag  # noqa: E402

from articles.keyset import Position  # noqa: E402
from articles.models import Article, Reporter, Section, Series  # noqa: E402

reader = Client(headers={"host": "127.0.0.1"})
editor = Client(headers={"host": "127.0.0.1"})
PAGE = 20
WARM_UP = 3


def deepest(stories) -> str:
    """Return the query string of the last page of a list."""
    last = list(stories.reverse()[: PAGE + 1])
    return f"?before={Position(last[-1].published_at, last[-1].pk)}" if len(last) > PAGE else ""


def addresses() -> dict[str, str]:
    """Return the address of every kind of page by its name; lists twice, first and last page."""
    public = Article.objects.public()
    story = public.filter(lead_photo__isnull=False, series__isnull=False).newest()[:1].get()
    section = Section.objects.get(slug="society")
    # The fullest lists: in the small archive, too, they have to fill a page.
    reporter, series, tag = (
        model.objects.annotate(stories=Count(path)).order_by("-stories", "pk").first()
        for model, path in (
            (Reporter, "bylines"),
            (Series, "articles"),
            (Tag, "articles_taggedarticle_items"),
        )
    )
    lists = {
        "latest": (reverse("articles:latest"), public.newest()),
        "section": (section.get_absolute_url(), public.in_section(section)),
        "reporter": (reporter.get_absolute_url(), public.by_reporter(reporter)),
        "series": (series.get_absolute_url(), public.in_series(series)),
        "tag": (reverse("articles:tag", args=[tag.name]), public.tagged(tag)),
        "photos": (reverse("articles:photos"), public.with_photo().newest()),
    }
    pages = {
        "article": story.get_absolute_url(),
        "print": reverse("articles:print", args=[story.pk]),
        "front": reverse("front:home"),
        "most read": reverse("readers:most_read"),
        "feed": reverse("wire:feed"),
        "news sitemap": "/news-sitemap.xml",
    }
    for name, (address, stories) in lists.items():
        pages[name] = address
        pages[f"{name}, last page"] = address + deepest(stories)
    user = get_user_model().objects.get(username="editor-in-chief")
    editor.force_login(user)
    pages["desk: list"] = reverse("admin:articles_article_changelist")
    pages["desk: story form"] = reverse("admin:articles_article_change", args=[story.pk])
    return pages


def request(address: str) -> None:
    """Ask for a page as a reader, or as an editor where it belongs to the desk; anything but 200 is an error."""
    client = editor if address.startswith("/admin/") else reader
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")


def query_count(address: str) -> int:
    """Return how many queries a page asks."""
    with CaptureQueriesContext(connection) as context:
        request(address)
    return len(context)


def measure(address: str, repeat: int) -> dict:
    """Return the milliseconds of ``repeat`` requests, and the queries of one."""
    for _ in range(WARM_UP):
        request(address)
    times = []
    for _ in range(repeat):
        begun = time.perf_counter()
        request(address)
        times.append((time.perf_counter() - begun) * 1000)
    return {"ms": times, "queries": query_count(address)}


def main() -> None:
    """Name the pages, then answer until there is nothing more to read."""
    pages = addresses()
    print(json.dumps(pages), flush=True)
    for line in sys.stdin:
        page, repeat = json.loads(line)
        print(json.dumps(measure(pages[page], repeat)), flush=True)


if __name__ == "__main__":
    main()
