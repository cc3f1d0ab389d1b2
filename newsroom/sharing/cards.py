"""What stands on the picture of a link, and the digest that names it."""

import hashlib
import json
from dataclasses import astuple

from django.core.cache import cache
from django.utils import timezone, translation

from articles.models import Article
from articles.states import Origin

from .drawing import Card, draw_card

# Part of every digest: to be raised when the drawing changes, so that messengers fetch the new one.
DESIGN = 1
DIGEST_LENGTH = 12
DAY = 86_400
# Pictures are kept in so many places (of at most 60 KB), whatever is asked for: two that meet in one are drawn
# again. A crawler on its way through the archive does not fill the memory of a small machine.
PLACES = 256


def story_card(article: Article, publication) -> Card:
    """Return the card of a story; needs its section, of an advertisement also its source."""
    published = article.published_at
    return Card(
        name=publication.name,
        accent=publication.accent,
        headline=article.headline,
        label=label_of(article, publication.language),
        date=timezone.localtime(published).date().isoformat() if published else "",
    )


def label_of(article: Article, language: str) -> str:
    """Return section and kicker; an advertisement is called one instead, and says whose it is."""
    if article.origin == Origin.AD:
        with translation.override(language):
            words = [article.get_origin_display()]
        words.append(article.source.name if article.source_id else article.source_name)
    else:
        words = [article.section.name if article.section_id else "", article.kicker]
    return " · ".join(filter(None, words))


def paper_card(publication) -> Card:
    """Return the card of pages that are no story: the nameplate."""
    return Card(name=publication.name, accent=publication.accent, tagline=publication.tagline)


def digest_of(card: Card) -> str:
    """Return twelve hexadecimal digits that change with everything that is drawn."""
    words = json.dumps([DESIGN, *astuple(card)], ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()[:DIGEST_LENGTH]


def picture_of(card: Card) -> bytes:
    """Return the picture of ``card``, kept for a day."""
    digest = digest_of(card)
    place = f"sharing:{int(digest, 16) % PLACES}"
    kept_digest, picture = cache.get(place) or ("", b"")
    if kept_digest != digest:
        picture = draw_card(card)
        cache.set(place, (digest, picture), DAY)
    return picture
