"""How a story's text is put together for readers: photos, videos, galleries, stubs, tables that scroll. No ORM."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from .embeds import Embed
from .html import (
    FEWEST_PHOTOS,
    blocks,
    caption_of,
    embed_in,
    figure_of,
    figures,
    gallery_figures,
    is_paragraph,
    video_in,
    without_figures,
)
from .text import plain_text

CAPTION = re.compile(r"<caption\b[^>]*>(.*?)</caption>", re.DOTALL)
# What makes a photo story: a gallery or this many photos, and fewer characters of words beside their captions.
STORY_PHOTOS, STORY_WORDS = 4, 400


@dataclass(frozen=True)
class Part:
    """A piece of a text: markup, or a photo, video or page of another site with its caption (markup, too).

    ``width`` is that of ``html.Figure``. ``photos`` are those of a gallery. ``full`` is the width
    of a photo story. ``opens`` marks the first paragraph, whose ``<p>`` is left to the template, so that the
    dateline tag can stand inside it, and the first gallery, which brings the script for all.
    """

    markup: str = ""
    photo: Any = None
    video: Any = None
    embed: Embed | None = None
    caption: str = ""
    width: str = ""
    photos: tuple["Part", ...] = ()
    full: bool = False
    opens: bool = False


def is_photo_story(body: str) -> bool:
    """Tell whether a cleaned text is told in photos, with few words beside them."""
    has_gallery = any(map(gallery_figures, blocks(body or "")))
    if not has_gallery and len(figures(body)) < STORY_PHOTOS:
        return False
    return len(plain_text(without_figures(body))) < STORY_WORDS


def compose(
    body: str, photos: Iterable[Any], table_name: str, *, videos: Iterable[Any] = (), full: bool = False
) -> list[Part]:
    """Return the parts of a cleaned text in order.

    ``photos`` and ``videos`` are those that its figures may show; that of another one is left out with its caption.
    ``table_name`` names, to a screen reader, a table without a caption. With ``full`` photos take the width
    of a photo story, except small ones.
    """
    known = {photo.pk: photo for photo in photos}
    clips = {video.pk: video for video in videos}
    parts: list[Part] = []
    opened = has_gallery = False
    for block in blocks(body):
        if found := gallery_figures(block):
            gallery = gallery_part(found, known, opens=not has_gallery)
            parts += widened(gallery) if full else gallery
            has_gallery = has_gallery or bool(gallery and gallery[0].photos)
        elif block.startswith("<figure "):
            figure = figure_part(block, known, clips)
            parts += widened(figure) if full else figure
        else:
            opens = not opened and is_paragraph(block)
            opened = opened or opens
            parts.append(block_part(block, opens, table_name))
    return parts


def figure_part(block: str, known: dict[int, Any], clips: dict[int, Any]) -> list[Part]:
    """Return the part for a figure of a cleaned text; none for a photo not ``known`` or a video not in ``clips``."""
    caption = mark_safe(caption_of(block))  # noqa: S308  (cleaned by articles.html when it was stored)
    key = video_in(block)
    if key is not None:
        return [Part(video=clips[key], caption=caption)] if key in clips else []
    figure = figure_of(block)
    if figure is None:
        return [Part(embed=embed_in(block), caption=caption)]
    if figure.photo_id not in known:
        return []
    return [Part(photo=known[figure.photo_id], caption=caption, width=figure.width)]


def gallery_part(found: list[str], known: dict[int, Any], opens: bool) -> list[Part]:
    """Return the part for the figures of a gallery; one that may be shown is a photo like any other."""
    parts = [part for block in found for part in figure_part(block, known, {}) if part.photo.is_usable()]
    if len(parts) < FEWEST_PHOTOS:
        return parts
    return [Part(photos=tuple(parts), opens=opens)]


def widened(parts: list[Part]) -> list[Part]:
    """Return photos and galleries as wide as a photo story."""
    return [
        part if part.video or part.embed or part.width == "small" else replace(part, full=True)
        for part in parts
    ]


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
