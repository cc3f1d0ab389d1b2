"""How a story's text is put together for readers: photos between paragraphs, tables that scroll. No ORM."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from .html import blocks
from .text import plain_text

PARAGRAPH = re.compile(r"<p\b[^>]*>")
CAPTION = re.compile(r"<caption\b[^>]*>(.*?)</caption>", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A piece of a text: an element, or a photo between elements.

    ``opens`` marks the first paragraph, whose ``<p>`` is left to the template, so that the dateline
    tag can stand inside it.
    """

    markup: str = ""
    photo: Any = None
    opens: bool = False


def compose(body: str, photos: list[tuple[Any, int | None]], table_name: str) -> list[Part]:
    """Return the parts of a cleaned text in order.

    ``photos`` are pairs of a photo and the paragraph it stands behind (0: before the text, None: spread
    evenly). ``table_name`` names, to a screen reader, a table without a caption.
    """
    elements = blocks(body)
    paragraphs = sum(map(is_paragraph, elements))
    waiting = placed(photos, paragraphs)
    parts = [Part(photo=photo) for photo in waiting.pop(0, [])]
    count = 0
    for element in elements:
        count += is_paragraph(element)
        parts.append(element_part(element, is_paragraph(element) and count == 1, table_name))
        if is_paragraph(element):
            parts += [Part(photo=photo) for photo in waiting.pop(count, [])]
    return parts


def placed(photos: list[tuple[Any, int | None]], paragraphs: int) -> dict[int, list]:
    """Return photos by the number of the paragraph they stand behind, in their order."""
    free = iter(spread(sum(after is None for _photo, after in photos), paragraphs))
    places: dict[int, list] = {}
    for photo, after in photos:
        places.setdefault(next(free) if after is None else min(after, paragraphs), []).append(photo)
    return places


def spread(photos: int, paragraphs: int) -> list[int]:
    """Return the numbers of the paragraphs behind which ``photos`` stand when they are spread evenly.

    The last paragraph is left to end the text, unless it is the only one.
    """
    last = max(paragraphs - 1, min(paragraphs, 1))
    return [
        min(max((2 * number * paragraphs + photos + 1) // (2 * (photos + 1)), min(last, 1)), last)
        for number in range(1, photos + 1)
    ]


def is_paragraph(element: str) -> bool:
    """Tell whether a top-level element is a paragraph, the unit that editors count."""
    return PARAGRAPH.match(element) is not None


def element_part(element: str, opens: bool, table_name: str) -> Part:
    """Return the part for one element of a cleaned text."""
    if opens:
        element = PARAGRAPH.sub("", element, count=1)
    markup = mark_safe(element)  # noqa: S308  (cleaned by articles.html when it was stored)
    if element.startswith("<table"):
        caption = CAPTION.search(element)
        name = plain_text(caption[1]) if caption else table_name
        markup = format_html(
            '<div class="scroll" role="region" tabindex="0" aria-label="{}">{}</div>', name, markup
        )
    return Part(markup=markup, opens=opens)
