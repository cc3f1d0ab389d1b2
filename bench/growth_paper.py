"""One paper for ``growth.py``: says which pages it has, then measures those it is asked for.

With ``--desk`` they are the desk's, else readers'. Reads lines ``[page, repeat]`` and answers
``{"ms": […], "queries": n}``, all JSON.
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
from bench import growth_desk_pages  # noqa: E402

HOST = {"host": "127.0.0.1"}
Page = tuple[Client, str]
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
    return pages


def readers_pages() -> dict[str, Page]:
    """Return by its name who asks for each page of readers, and where."""
    reader = Client(headers=HOST)
    return {name: (reader, address) for name, address in addresses().items()}


def desk_pages() -> dict[str, Page]:
    """Return by its name who asks for each page of the desk, and where; everybody is signed in."""
    pages = growth_desk_pages.pages()
    clients = {username: Client(headers=HOST) for username, _address in pages.values()}
    for username, client in clients.items():
        client.force_login(get_user_model().objects.get(username=username))
    return {name: (clients[username], address) for name, (username, address) in pages.items()}


def request(page: Page) -> None:
    """Ask for a page; anything but 200 is an error."""
    client, address = page
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")


def query_count(page: Page) -> int:
    """Return how many queries a page asks."""
    with CaptureQueriesContext(connection) as context:
        request(page)
    return len(context)


def measure(page: Page, repeat: int) -> dict:
    """Return the milliseconds of ``repeat`` requests, and the queries of one."""
    for _ in range(WARM_UP):
        request(page)
    times = []
    for _ in range(repeat):
        begun = time.perf_counter()
        request(page)
        times.append((time.perf_counter() - begun) * 1000)
    return {"ms": times, "queries": query_count(page)}


def main() -> None:
    """Name the pages, then answer until there is nothing more to read."""
    pages = desk_pages() if "--desk" in sys.argv else readers_pages()
    print(json.dumps(list(pages)), flush=True)
    for line in sys.stdin:
        page, repeat = json.loads(line)
        print(json.dumps(measure(pages[page], repeat)), flush=True)


if __name__ == "__main__":
    main()
