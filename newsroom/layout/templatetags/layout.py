"""Tags of the chrome: what the head of a page tells machines, and the way to the next page of a list."""

import datetime
import json
from urllib.parse import urlencode

from django import template
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.lists import Page
from articles.models import Article, Photo, Reporter, Section
from articles.text import excerpt

from .. import structured

register = template.Library()

DESCRIPTION_LENGTH = 155
# Keys of an address that name a part of a list; every other key is dropped from canonical addresses.
POSITION_KEYS = ("before", "date")
# In a data block, what could end the element or be read as markup is written as an escape of JSON.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def site_of(context: template.Context) -> structured.Site:
    """Return the site of the page that is being rendered."""
    return structured.site_of(context.get("request"), context["publication"])


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, address: str) -> str:
    """Return ``address`` with scheme and host: those of the publication's settings, else those asked for."""
    return site_of(context).absolute(address)


@register.simple_tag(takes_context=True)
def shared_picture(context: template.Context, photo: Photo | None) -> structured.Picture | None:
    """Return the rendition of ``photo`` that other sites are offered, None where there is nothing to show."""
    return structured.picture_of(photo, site_of(context))


@register.filter
def iso_time(moment: datetime.datetime | None) -> str:
    """Return a time in the paper's zone, to the second, with its offset; «» for none."""
    return structured.iso(moment) if moment else ""


@register.inclusion_tag("newsroom/layout/_meta.html", takes_context=True)
def meta(
    context: template.Context,
    *,
    title: str = "",
    description: str = "",
    article: Article | None = None,
    page: Page | None = None,
    photo: Photo | None = None,
    section: Section | None = None,
    reporter: Reporter | None = None,
    noindex: bool = False,
    keep: str = "",
) -> dict:
    """Print what the head of a page tells search engines and shared links.

    ``article`` makes it the page of a story, and gives title, description, picture and canonical
    address. ``page`` (of a list) keeps the position in the canonical address, names the next page, and
    keeps an empty list out of search engines, as ``noindex`` does for any page. ``photo`` is the picture;
    without one that may be shown it is drawn. ``section`` and ``reporter`` add their feeds. ``keep`` names
    further keys of the address that make another page.
    """
    site = site_of(context)
    picture = structured.shared_picture(article.shown_photo if article else photo, site)
    return {
        "site": site,
        "article": article,
        "title": title or (article.headline if article else site.publication.name),
        "description": description or description_of(article, site),
        "canonical": canonical(context, site, article, page, keep),
        "picture": picture or structured.drawn_picture(site, article),
        "modified": structured.modified_at(article) if article else None,
        "noindex": noindex or (page is not None and not page.items),
        "next": next_address(context, site, page),
        "feeds": feeds(site, section, reporter),
    }


def description_of(article: Article | None, site: structured.Site) -> str:
    """Return the beginning of the story, else what the paper says of itself."""
    if article:
        return excerpt(article.excerpt or " ".join(article.deck_lines), DESCRIPTION_LENGTH)
    return site.publication.description or site.publication.tagline


def canonical(context: template.Context, site: structured.Site, article, page, keep: str) -> str:
    """Return the one address of the page; of a story it is the story's own, on its print page, too."""
    if article:
        return site.absolute(article.get_absolute_url())
    request = context["request"]
    keys = [*keep.split(), *(POSITION_KEYS if page else ())]
    query = urlencode([(key, request.GET[key]) for key in keys if request.GET.get(key)])
    return site.absolute(escape_uri_path(request.path)) + (f"?{query}" if query else "")


def next_address(context: template.Context, site: structured.Site, page: Page | None) -> str:
    """Return the absolute address of the next page of the list, «» at its end."""
    return site.absolute(escape_uri_path(context["request"].path)) + page.next if page and page.next else ""


def feeds(site: structured.Site, section: Section | None, reporter: Reporter | None) -> list[tuple[str, str]]:
    """Return the feeds of a page as title and address, the most special one first."""
    found = [(_("All stories"), site.page("wire:feed"))]
    if section:
        found.insert(0, (section.name, site.page("wire:section_feed", section.slug)))
    if reporter:
        found.insert(0, (str(reporter), site.page("wire:reporter_feed", reporter.slug)))
    return [(f"{site.publication.name} · {title}", address) for title, address in found]


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context, *, article: Article | None = None) -> SafeString:
    """Print schema.org descriptions as JSON-LD: of ``article`` and the way to it, else of paper and site."""
    site = site_of(context)
    if article:
        found = [structured.story(article, site), structured.breadcrumb(article, site)]
    else:
        found = [structured.paper(site), structured.website(site)]
    return format_html_join(
        "\n", '<script type="application/ld+json">{}</script>', ((data_block(one),) for one in found)
    )


def data_block(facts: dict) -> SafeString:
    """Return ``facts`` as JSON that cannot end the element it stands in, whatever its texts hold."""
    return SafeString(json.dumps(facts, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES))


@register.inclusion_tag("newsroom/layout/_list_navigation.html", takes_context=True)
def list_navigation(context: template.Context, page: Page) -> dict:
    """Print the ways from a page of a list: back to its beginning, and on to older rows."""
    request = context["request"]
    query = request.GET.copy()
    for key in POSITION_KEYS:
        query.pop(key, None)
    return {"page": page, "first": f"?{query.urlencode()}" if query else escape_uri_path(request.path)}
