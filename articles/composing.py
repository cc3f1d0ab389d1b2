"""How a story's text is put together for readers: photos and stubs for their figures, tables that scroll. No ORM."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from .embeds import Embed
from .html import blocks, caption_of, embed_in, figure_of, is_paragraph
from .text import plain_text

CAPTION = re.compile(r"<caption\b[^>]*>(.*?)</caption>", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A piece of a text: markup, or a photo or a page of another site with its caption (markup, too).

    ``width`` is that of ``html.Figure``. ``opens`` marks the first paragraph, whose ``<p>`` is left to the
    template, so that the dateline tag can stand inside it.
    """

    markup: str = ""
    photo: Any = None
    embed: Embed | None = None
    caption: str = ""
    width: str = ""
    opens: bool = False


def compose(body: str, photos: Iterable[Any], table_name: str) -> list[Part]:
    """Return the parts of a cleaned text in order.

    ``photos`` are those that its figures may show; a figure of another one is left out with its caption.
    ``table_name`` names, to a screen reader, a table without a caption.
    """
    known = {photo.pk: photo for photo in photos}
    parts: list[Part] = []
    opened = False
    for block in blocks(body):
        if block.startswith("<figure "):
            parts += figure_part(block, known)
        else:
            opens = not opened and is_paragraph(block)
            opened = opened or opens
            parts.append(block_part(block, opens, table_name))
    return parts


def figure_part(block: str, known: dict[int, Any]) -> list[Part]:
    """Return the part for a figure of a cleaned text; none for a photo that is not ``known``."""
    caption = mark_safe(caption_of(block))  # noqa: S308  (cleaned by articles.html when it was stored)
    figure = figure_of(block)
    if figure is None:
        return [Part(embed=embed_in(block), caption=caption)]
    if figure.photo_id not in known:
        return []
    return [Part(photo=known[figure.photo_id], caption=caption, width=figure.width)]


def block_part(block: str, opens: bool, table_name: str) -> Part:
    """Return the part for another element of a cleaned text."""
    if opens:
        block = block.removeprefix("<p>")
    markup = mark_safe(block)  # noqa: S308  (cleaned by articles.html when it was stored)
    if block.startswith("<table"):
        caption = CAPTION.search(block)
        name = plain_text(caption[1]) if caption else table_name
        markup = format_html(
            '<div class="scroll" role="region" tabindex="0" aria-label="{}">{}</div>', name, markup
        )
    return Part(markup=markup, opens=opens)
