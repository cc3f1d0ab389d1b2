"""Search in the stories of the paper: all words must occur, newest first.

The words are compared with the rows themselves, so a search costs what it looks at. ``search`` looks
at everything; ``reach`` cuts that into stretches of the archive, one to a page.
"""

import datetime
import re
from html import escape

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from taggit.models import Tag

from articles.keyset import Position
from articles.models import Article, Reporter, Section, Series
from articles.text import ELLIPSIS, clean_line, excerpt, plain_text

MAX_WORDS, MAX_LENGTH = 8, 100
# Stories that one page looks at. Measured with 100,000 stories of 1,700 characters on two cores: a word
# that occurs nowhere, the dearest, takes 0.1 s in SQLite and 0.3 s in PostgreSQL for these.
STRETCH = 5_000
OFFERS = 5
PASSAGE, BEFORE_HIT = 130, 24
QUOTES = "\"'“”‘’«»„,"
# What stands in the markup of texts; a word inside this is looked for in the plain fields only.
MARKUP = (
    "p h2 h3 strong em blockquote ul ol li a href lang hr br sub sup table thead tbody tr th td caption "
    "scope colspan rowspan rel noopener http:// https:// mailto: tel: &amp; &lt; &gt; &quot; col row "
    "figure figcaption aside data-photo data-width data-embed data-kind wide small pull source gallery"
)


def split_words(typed: str) -> list[str]:
    """Return the words in ``typed`` in order, each once, without quotation marks around them."""
    words = (word.strip(QUOTES) for word in clean_line(typed).split())
    return list({word.casefold(): word for word in words if word}.values())


def stories(*, section: Section | None = None, since: datetime.datetime | None = None) -> QuerySet:
    """Return the public stories of a section (of all) since a moment (since ever), newest first."""
    found = Article.objects.public()
    found = found.in_section(section) if section else found.newest()
    return found.filter(published_at__gte=since) if since else found


def search(
    words: list[str], *, section: Section | None = None, since: datetime.datetime | None = None
) -> QuerySet:
    """Return the public stories that hold all ``words``, newest first (with ``listed_at``, for pages)."""
    found = stories(section=section, since=since)
    for word in words:
        found = found.filter(holds(word))
    return found


def holds(word: str) -> Q:
    """Return the condition that a story holds ``word``, in any case of letters."""
    # Hangul has no cases; a comparison without cases costs PostgreSQL several times as much.
    lookup = "contains" if word.upper() == word.lower() else "icontains"
    condition = Q()
    for field in ("headline", "list_title", "deck", "tag_names", "excerpt"):
        condition |= Q(**{f"{field}__{lookup}": word})
    if word.casefold() not in MARKUP:
        condition |= Q(**{f"body__{lookup}": escape(word, quote=False)})
    return condition


def reach(looked_at: QuerySet, position: Position | None) -> Position | None:
    """Return the last story of the stretch that begins behind ``position``, None when the archive ends in it."""
    rows = looked_at.before(position).values_list("published_at", "pk")[STRETCH - 1 : STRETCH + 1]
    ends = [Position(*row) for row in rows]
    return ends[0] if len(ends) > 1 else None


def down_to(found: QuerySet, end: Position | None) -> QuerySet:
    """Keep the stories that stand before ``end`` in the list, itself included."""
    if end is None:
        return found
    return found.filter(Q(published_at__gte=end.at) & (Q(published_at__gt=end.at) | Q(pk__gte=end.pk)))


def offers(words: list[str]) -> list[tuple[str, str, str]]:
    """Return (kind, name, key) of reporters, series and tags whose names hold a word: one query, few rows.

    Only names under which readers find a story are offered.
    """
    condition = Q()
    for word in words:
        if len(word) > 1:
            condition |= Q(name__icontains=word)
    if not condition:
        return []
    public = Article.objects.public()
    parts = [
        named(
            "reporter", Reporter, "slug", condition & Exists(public.filter(bylines__reporter=OuterRef("pk")))
        ),
        named("series", Series, "slug", condition & Exists(public.filter(series=OuterRef("pk")))),
        named("tag", Tag, "name", condition & Exists(public.filter(tagged_items__tag=OuterRef("pk")))),
    ]
    return list(parts[0].union(*parts[1:], all=True))


def named(kind: str, model, key: str, condition) -> QuerySet:
    """Return (kind, name, key) of the first rows that fit; the cut stands in a subquery, as SQLite wants it."""
    first = model.objects.filter(condition).order_by("name", "pk").values("pk")[:OFFERS]
    rows = model.objects.filter(pk__in=first).order_by()
    kind_of = Value(kind, output_field=CharField())
    return rows.annotate(offer=kind_of, key=F(key)).values_list("offer", "name", "key")


def pattern(words: list[str]) -> re.Pattern:
    """Return what finds any of ``words``, the longest first."""
    return re.compile(
        "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE
    )


def marked(text: str, words: list[str]) -> SafeString:
    """Return ``text`` as HTML with ``words`` in ``<mark>``; everything in it is escaped."""
    pieces, last = [], 0
    for hit in pattern(words).finditer(text):
        pieces += [text[last : hit.start()], format_html("<mark>{}</mark>", hit[0])]
        last = hit.end()
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[last:]]))


def passage(article: Article, words: list[str]) -> str:
    """Return the part of the text where the first of ``words`` stands, else its beginning; cut at words."""
    text = plain_text(article.body)
    hit = pattern(words).search(text)
    if hit is None or hit.end() < PASSAGE - BEFORE_HIT:
        return excerpt(text, PASSAGE)
    start = text.find(" ", max(0, hit.start() - BEFORE_HIT), hit.start()) + 1 or hit.start()
    return f"{ELLIPSIS} {excerpt(text[start:], PASSAGE)}"
