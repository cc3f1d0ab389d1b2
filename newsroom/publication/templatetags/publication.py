"""Tags of the newspaper itself: what stands before and behind every text, and at the foot of every page."""

import re

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from articles.models import Article, Byline
from articles.states import Origin
from articles.text import fill

from ..models import PARTICULARS, Publication

register = template.Library()

# A name that a template asks for and the story has not leaves its sign behind: «[한결통신=]».
LOOSE_SIGN = re.compile(r"[\s=·|/,-]+(?=[\])])|(?<=[\[(])[\s=·|/,-]+")
EMPTY_BRACKETS = re.compile(r"\[\s*\]|\(\s*\)")

# Customary, or asked for by other laws.
FURTHER = ("privacy_officer", "grievance_officer", "email")


def paper(context: Context) -> Publication:
    """Return the newspaper: the page's own, else loaded."""
    return context.get("publication") or Publication.objects.current()


def names_for(article: Article, publication: Publication) -> dict[str, str]:
    """Return the words that the templates of the settings may ask for."""
    writers = (row for row in article.bylines.all() if row.role == Byline.Role.WRITER)
    first = next(writers, None)
    return {
        "publication": publication.name,
        "reporter": first.display_name if first else "",
        "section": article.section.name if article.section_id else "",
        "source": source_name(article),
    }


def filled(template: str, names: dict[str, str]) -> str:
    """Return a template of the settings with ``names`` filled in and nothing left of what is missing."""
    return EMPTY_BRACKETS.sub("", LOOSE_SIGN.sub("", fill(template, **names))).strip()


def source_name(article: Article) -> str:
    """Return who a story from outside comes from, «» for one of the paper's own."""
    return article.source.name if article.source_id else article.source_name


@register.simple_tag(takes_context=True)
def dateline(context: Context, article: Article) -> SafeString | str:
    """Return the tag in front of the text: the story's own, else its source's, else the paper's.

    An advertisement has none: it is the paper's mark on reporting.
    """
    if article.origin == Origin.AD:
        return ""
    publication = paper(context)
    of_source = article.source.dateline if article.source_id else ""
    words = filled(article.dateline or of_source or publication.dateline, names_for(article, publication))
    return format_html('<span class="dateline">{}</span> ', words) if words else ""


@register.simple_tag(takes_context=True)
def copyright_line(context: Context, article: Article | None = None) -> str:
    """Return the copyright line of a story (its source's where that has one), or the paper's without a story.

    An advertisement has none: its words are the advertiser's.
    """
    publication = paper(context)
    if article is None:
        return filled(publication.copyright_line, {"publication": publication.name})
    if article.origin == Origin.AD:
        return ""
    of_source = article.source.copyright_line if article.source_id else ""
    return filled(of_source or publication.copyright_line, names_for(article, publication))


@register.inclusion_tag("partials/_footer_links.html", takes_context=True)
def footer_links(context: Context) -> dict:
    """Print links to the fixed pages, which were loaded with the newspaper."""
    return {"pages": paper(context).pages_at_foot}


@register.inclusion_tag("partials/_particulars.html", takes_context=True)
def particulars(context: Context) -> dict:
    """Print what the law asks a newspaper to show (see ``PARTICULARS``); empty ones are left out."""
    publication = paper(context)
    rows = [
        (capfirst(Publication._meta.get_field(name).verbose_name), getattr(publication, name))
        for name in (*PARTICULARS, *FURTHER)
    ]
    return {"rows": [(label, value) for label, value in rows if value]}
