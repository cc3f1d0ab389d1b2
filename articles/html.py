"""The schema of a story's text: what markup may be stored, and how it is cut to place photos. No ORM."""

import re

import nh3

from .text import UNWANTED

TAGS = {
    "p", "h2", "h3", "strong", "em", "blockquote", "ul", "ol", "li", "a", "hr", "br", "sub", "sup",
    "table", "thead", "tbody", "tr", "th", "td", "caption",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "lang"}, "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
SCHEMES = {"http", "https", "mailto", "tel"}
EMPTY_BLOCK = re.compile(r"<(p|h2|h3|blockquote|li)>(?:\s|<br\s*/?>)*</\1>")
LOOSE_TEXT = re.compile(r"\A\s*(?!<(?:p|h2|h3|ul|ol|blockquote|table|hr)\b)")
BLOCK_START = re.compile(r"<(?P<name>p|h2|h3|blockquote|ul|ol|table)\b[^>]*>|<hr\s*/?>")


def clean_body(markup: str) -> str:
    """Return ``markup`` reduced to the schema; idempotent.

    Words are never lost with the tags around them, except those of script and style. Non-breaking
    spaces become spaces, empty blocks vanish, text without any block becomes paragraphs.
    """
    text = UNWANTED.sub("", (markup or "").replace("\u00a0", " ").replace("&nbsp;", " "))
    if "<" not in text or not BLOCK_START.search(text):
        text = paragraphs(text)
    cleaned = nh3.clean(text, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")
    before = None
    while before != cleaned:
        before, cleaned = cleaned, EMPTY_BLOCK.sub("", cleaned)
    return cleaned.replace("&nbsp;", " ").strip()


def paragraphs(text: str) -> str:
    """Return plain text as ``<p>`` elements, one for each line that is not blank; ``<`` stays text."""
    lines = (line.strip() for line in re.split(r"\r\n|\r|\n", text))
    return "\n".join(f"<p>{line}</p>" for line in lines if line)


def blocks(markup: str) -> list[str]:
    """Return the top-level elements of a cleaned text in order; joined they are the text again."""
    found: list[str] = []
    position = 0
    while match := BLOCK_START.search(markup, position):
        end = element_end(markup, match)
        found.append(markup[position:end].strip())
        position = end
    rest = markup[position:].strip()
    return found + [rest] if rest else found


def element_end(markup: str, start: re.Match) -> int:
    """Return the position behind the element that begins at ``start`` (elements of its name may nest)."""
    name = start["name"]
    if name is None:
        return start.end()
    depth = 0
    for tag in re.finditer(rf"<(/?){name}\b[^>]*>", markup[start.start() :]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return start.start() + tag.end()
    return len(markup)
