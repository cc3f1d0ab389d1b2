"""What a hit shows: its title and a passage of its text, the words of the search marked. Pure functions."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.text import ELLIPSIS, excerpt

from .analysis import Word
from .words import Query

PASSAGE, BEFORE_HIT = 130, 24


def spellings(word: Word) -> list[str]:
    """Return the patterns under which a word stands in a text, the longest first.

    Numbers may have commas. A single syllable, and words of Latin letters, are marked at the beginning of a
    word only: «art» is not meant in «party».
    """
    forms = {word.text, word.stem, *(term for term in word.terms if term.isascii() and len(term) > 2)}
    if not word.is_open:
        forms = {form for form in forms if len(form) > 1} or forms
    return [pattern_of(form) for form in sorted(forms, key=len, reverse=True)]


def pattern_of(form: str) -> str:
    """Return the pattern of one spelling."""
    start = r"(?<!\w)" if len(form) == 1 else r"(?<![a-zA-Z0-9])" if form[0].isascii() else ""
    return start + re.sub(r"(?<=\d)(?=\d)", ",?", re.escape(form))


def finder(words: tuple[Word, ...]) -> re.Pattern:
    """Return what finds any of ``words``, longer spellings before shorter ones."""
    found = {pattern for word in words for pattern in spellings(word)}
    return re.compile("|".join(sorted(found, key=len, reverse=True)) or r"(?!)", re.IGNORECASE)


def marked(text: str, query: Query) -> SafeString:
    """Return ``text`` as HTML with the words in ``<mark>``; everything in it is escaped."""
    pieces, last = [], 0
    for hit in finder(query.words).finditer(text):
        pieces += [text[last : hit.start()], format_html("<mark>{}</mark>", hit[0])]
        last = hit.end()
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[last:]]))


def passage(text: str, query: Query) -> str:
    """Return the part of ``text`` that holds most of the words, else its beginning; cut at words."""
    first = best_place(text, query)
    if first is None or first < PASSAGE - 2 * BEFORE_HIT:
        return excerpt(text, PASSAGE)
    start = text.find(" ", max(0, first - BEFORE_HIT), first) + 1 or first
    return f"{ELLIPSIS} {excerpt(text[start:], PASSAGE)}"


def best_place(text: str, query: Query) -> int | None:
    """Return where the passage with most different words has the first of them, the earliest of equals."""
    hits = sorted(
        (hit.start(), number)
        for number, word in enumerate(query.words)
        for hit in finder((word,)).finditer(text)
    )
    best, most = None, 0
    for place, _number in hits:
        reach = place + PASSAGE - BEFORE_HIT
        held = len({number for at, number in hits if place <= at < reach})
        if held > most:
            best, most = place, held
    return best
