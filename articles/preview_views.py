"""The page behind a secret link: a story before it is published, for whoever was given the link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .actions import newest
from .blocks import sidebars
from .previewing import open_link, preview

# A link is secret: it is not told to the pages that the story links to, nor kept by any search engine.
SECRET_PAGE = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Referrer-Policy": "no-referrer"}


@require_safe
@never_cache
def linked(request: HttpRequest, token: str) -> HttpResponse:
    """The newest stored version of a story; 404 in plain words for a link that is closed, expired or none."""
    link = open_link(token)
    if link is None:
        return secret(render(request, "articles/preview_closed.html", {"staff": False}, status=404))
    article = preview(link.article, newest(link.article))
    context = {
        "article": article,
        "bars": sidebars(["article", "below"], article=article),
        "until": link.expires_at,
        "staff": False,
    }
    return secret(render(request, "articles/preview.html", context))


def secret(response: HttpResponse) -> HttpResponse:
    """Return ``response`` marked as a page that nobody else is to learn of."""
    for name, value in SECRET_PAGE.items():
        response[name] = value
    return response
