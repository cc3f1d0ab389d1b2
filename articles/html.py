"""The schema of a story's text: what markup may be stored, and the figures in it. No ORM."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

import nh3

from .embeds import Embed, embed_of
from .markup import (
    FEWEST_PHOTOS,
    GALLERY,
    GALLERY_END,
    MAX_DEPTH,
    MOST_PHOTOS,
    Writer,
    attributes,
    blocks,
    gathered,
)
from .text import UNWANTED, plain_text

__all__ = [
    "FEWEST_PHOTOS", "MAX_DEPTH", "MOST_PHOTOS", "TAGS", "Figure", "blocks", "clean_body", "embeds", "figures",
    "gallery_figures", "gathered", "paragraphs", "photo_ids", "running_text", "spread", "taken_apart",
    "video_ids", "with_figures", "without_figures",
]  # fmt: skip

TAGS = {
    "p", "h2", "h3", "strong", "em", "blockquote", "ul", "ol", "li", "a", "hr", "br", "sub", "sup",
    "table", "thead", "tbody", "tr", "th", "td", "caption", "figure", "figcaption", "aside",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "lang"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "figure": {"data-photo", "data-width", "data-video", "data-embed"},
    "aside": {"data-kind"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
# Tags of other programs that mean one of ours; what only makes a box or a line becomes a paragraph.
BOXES = (
    "address", "article", "center", "dd", "details", "div", "dt", "fieldset", "footer", "form", "header", "legend",
    "main", "nav", "pre", "section", "summary", "template",
)  # fmt: skip
MEANT = dict.fromkeys(BOXES, "p") | {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
FOREIGN = re.compile(rf"<(/?)({'|'.join(MEANT)})(?=[\s/>])", re.IGNORECASE)
BLOCK_START = re.compile(r"<(?:p|h2|h3|blockquote|ul|ol|table|hr|figure|aside)\b", re.IGNORECASE)
# Every pass over a text makes it simpler; four are more than nested rubbish was ever seen to need.
PASSES = 8
START = re.compile(r"<[^>]*>")
CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)


def clean_body(markup: str) -> str:
    """Return ``markup`` reduced to the schema; idempotent.

    At the top stand blocks only, without white space between them. Words are never lost with the tags
    around them, except those of script and style. Non-breaking spaces become spaces, empty elements
    vanish, words outside any block become paragraphs, bold and italic become strong and em. Figures of
    photos (``data-photo``), of uploaded videos (``data-video``) and of pages that can be framed
    (``data-embed``, see ``embeds``), galleries, pull quotes and source boxes stand at the top; of a foreign
    figure the caption stays as a paragraph. A gallery
    holds ``FEWEST_PHOTOS`` to ``MOST_PHOTOS`` photos and nothing else: one alone is no gallery, further ones
    make another, other blocks go behind it.
    """
    text = markup or ""
    for _ in range(PASSES):
        before, text = text, clean_once(text)
        if text == before:
            break
    return text


def clean_once(markup: str) -> str:
    """Return ``markup`` after one pass.

    A second one is needed where a tag hid another, or an entity a character that is not wanted; sanitising
    comes after its removal each time, so that no address is put together from harmless pieces.
    """
    text = UNWANTED.sub("", markup.replace("\u00a0", " ").replace("&nbsp;", " "))
    text = FOREIGN.sub(lambda found: f"<{found[1]}{MEANT[found[2].lower()]}", text)
    if not BLOCK_START.search(text):
        text = paragraphs(text)
    text = nh3.clean(text, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")
    return Writer().write(text)


def paragraphs(text: str) -> str:
    """Return plain text as ``<p>`` elements, one for each line that is not blank; ``<`` stays text."""
    lines = (line.strip() for line in re.split(r"\r\n|\r|\n", text))
    return "\n".join(f"<p>{line}</p>" for line in lines if line)


@dataclass(frozen=True)
class Figure:
    """A photo in a text. ``caption`` is plain words, ``markup`` the same with its links; «» for the photo's own.

    ``width`` is «» (as wide as the text), ``wide`` or ``small``.
    """

    photo_id: int
    caption: str = ""
    width: str = ""
    markup: str = ""


def figure_of(block: str) -> Figure | None:
    """Return the photo that a block of a cleaned text is; None for another block."""
    given = attributes(START.match(block)[0]) if block.startswith("<figure ") else {}
    if "data-photo" not in given:
        return None
    markup = caption_of(block)
    return Figure(int(given["data-photo"]), plain_text(markup), given.get("data-width", ""), markup)


def embed_in(block: str) -> Embed | None:
    """Return the page of another site that a block of a cleaned text is; None for another block."""
    given = attributes(START.match(block)[0]) if block.startswith("<figure ") else {}
    return embed_of(given.get("data-embed", ""))


def video_in(block: str) -> int | None:
    """Return the key of the uploaded video that a block of a cleaned text is; None for another block."""
    given = attributes(START.match(block)[0]) if block.startswith("<figure ") else {}
    return int(given["data-video"]) if "data-video" in given else None


def caption_of(block: str) -> str:
    """Return the markup inside the caption of a figure, «» without one."""
    found = CAPTION.search(block)
    return found[1] if found else ""


def gallery_figures(block: str) -> list[str]:
    """Return the figures of a gallery of a cleaned text, as blocks; none for another block."""
    return blocks(block[len(GALLERY) : -len(GALLERY_END)]) if block.startswith(GALLERY) else []


def taken_apart(body: str) -> list[str]:
    """Return the blocks of a cleaned text with the photos of galleries among them instead of the galleries."""
    return [part for block in blocks(body or "") for part in gallery_figures(block) or [block]]


def figures(body: str) -> list[Figure]:
    """Return the photos of a cleaned text in order, those of galleries among them."""
    return [figure for block in taken_apart(body) if (figure := figure_of(block))]


def embeds(body: str) -> list[Embed]:
    """Return the videos and maps of a cleaned text in order."""
    return [embed for block in blocks(body or "") if (embed := embed_in(block))]


def photo_ids(body: str) -> list[int]:
    """Return the keys of the photos of a cleaned text in order, each once."""
    return list(dict.fromkeys(figure.photo_id for figure in figures(body)))


def video_ids(body: str) -> list[int]:
    """Return the keys of the uploaded videos of a cleaned text in order, each once."""
    found = map(video_in, blocks(body)) if body and "data-video=" in body else ()
    return list(dict.fromkeys(key for key in found if key is not None))


def is_paragraph(block: str) -> bool:
    """Tell whether a top-level element is a paragraph, the unit that editors count."""
    return block.startswith("<p>")


def with_figures(body: str, photos: Iterable[tuple[int, str, int | None]]) -> str:
    """Return a cleaned text with figures put into it: for imports, which know photos and no markup.

    ``photos`` are the key of a photo, its caption in this story (plain, «» for the photo's own) and the
    number of the paragraph it stands behind (0: before the text; None: spread evenly).
    """
    found = blocks(body or "")
    waiting = placed(list(photos), sum(map(is_paragraph, found)))
    parts, count = waiting.pop(0, []), 0
    for block in found:
        parts.append(block)
        count += is_paragraph(block)
        if is_paragraph(block):
            parts += waiting.pop(count, [])
    return clean_body("".join(parts))


def placed(photos: list[tuple[int, str, int | None]], count: int) -> dict[int, list[str]]:
    """Return the figures by the number of the paragraph (of ``count``) they stand behind, in their order."""
    free = iter(spread(sum(after is None for *_rest, after in photos), count))
    places: dict[int, list[str]] = {}
    for key, caption, after in photos:
        words = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""
        place = next(free) if after is None else min(after, count)
        places.setdefault(place, []).append(f'<figure data-photo="{key}">{words}</figure>')
    return places


def spread(photos: int, count: int) -> list[int]:
    """Return the numbers of the paragraphs behind which ``photos`` stand when they are spread evenly over ``count``.

    The last paragraph is left to end the text, unless it is the only one.
    """
    last = max(count - 1, min(count, 1))
    return [
        min(max((2 * number * count + photos + 1) // (2 * (photos + 1)), min(last, 1)), last)
        for number in range(1, photos + 1)
    ]


def without_figures(body: str) -> str:
    """Return a cleaned text without its photos, galleries, videos and maps and their captions."""
    return "".join(block for block in blocks(body or "") if not block.startswith(("<figure ", GALLERY)))


def running_text(body: str) -> str:
    """Return the words that a reader reads one after another: without figures, galleries, pull quotes and boxes."""
    return plain_text(
        "".join(block for block in blocks(body or "") if not block.startswith(("<figure ", "<aside ")))
    )
