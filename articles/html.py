"""The schema of a story's text: what markup may be stored, and how it is cut to place photos. No ORM."""

import re
import unicodedata
from dataclasses import dataclass

import nh3

from .text import UNWANTED

TAGS = {
    "p", "h2", "h3", "strong", "em", "blockquote", "ul", "ol", "li", "a", "hr", "br", "sub", "sup",
    "table", "thead", "tbody", "tr", "th", "td", "caption",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "lang"}, "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
SCHEMES = {"http", "https", "mailto", "tel"}
# Tags of other programs that mean one of ours; what only makes a box or a line becomes a paragraph.
BOXES = (
    "address", "article", "aside", "center", "dd", "details", "div", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "header", "legend", "main", "nav", "pre", "section", "summary", "template",
)  # fmt: skip
MEANT = dict.fromkeys(BOXES, "p") | {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
FOREIGN = re.compile(rf"<(/?)({'|'.join(MEANT)})(?=[\s/>])", re.IGNORECASE)
BLOCK_START = re.compile(r"<(?:p|h2|h3|blockquote|ul|ol|table|hr)\b", re.IGNORECASE)
INLINE = {"strong", "em", "a", "sub", "sup"}
LEAVES = {"p", "h2", "h3"}
LISTS = {"ul", "ol"}
# Where words and inline tags may stand; between other blocks they need a paragraph of their own.
HOLDS_WORDS = LEAVES | {"li", "blockquote", "th", "td", "caption"}
TOKEN = re.compile(r"<(?P<end>/?)(?P<name>[a-z0-9]+)[^>]*>|[^<]+|<")
# Stay though nothing stands in them, as long as something stands in their table.
GRID = {"thead", "tbody", "tr", "th", "td"}
# Deeper nesting is no text; it would cost time and stack in every program that reads it.
MAX_DEPTH = 24
# Every pass over a text makes it simpler; four are more than nested rubbish was ever seen to need.
PASSES = 8


def clean_body(markup: str) -> str:
    """Return ``markup`` reduced to the schema; idempotent.

    At the top stand blocks only, without white space between them. Words are never lost with the tags
    around them, except those of script and style. Non-breaking spaces become spaces, empty elements
    vanish, words outside any block become paragraphs, bold and italic become strong and em.
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


@dataclass
class Element:
    """An element that is being written."""

    found: str  # its tag in the markup that is read; «» for one put in
    made: str
    start: int  # its place among the parts written
    filled: bool = False


class Writer:
    """Writes sanitised markup anew, so that blocks stand where blocks may stand and words in a block.

    An inline tag around blocks is dropped, a block inside a paragraph or heading ends it, words between
    blocks get a paragraph, what stands loose in a list an item; empty elements are left out.
    """

    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: list[Element] = []

    def write(self, markup: str) -> str:
        """Return ``markup`` (well-formed, only tags of the schema) in the stored form."""
        for token in TOKEN.finditer(markup):
            name = token["name"]
            if name is None or name == "br":
                self.words(token[0])
            elif token["end"]:
                self.close(name)
            elif len(self.open) < MAX_DEPTH:
                self.element(name, token[0])
        self.close_down_to(0)
        return "".join(self.out)

    @property
    def parent(self) -> str:
        """What the innermost open element was written as."""
        return self.open[-1].made if self.open else ""

    def element(self, name: str, tag: str) -> None:
        """Write the start of an element."""
        if name not in INLINE:
            self.block(name, tag)
        elif name != "a" or "href=" in tag:  # of a link whose address was refused the words stay
            self.make_room_for_words()
            self.put(name, name, tag)

    def block(self, name: str, tag: str) -> None:
        """Write the start of a block; inline tags, paragraphs and headings end before it."""
        while self.parent in INLINE | LEAVES or (name == "li" and self.open and self.open[-1].found == ""):
            self.close_down_to(len(self.open) - 1)
        if self.parent in LISTS and name != "li":
            self.put("", "li", "<li>")
        if name == "hr":
            self.out.append(tag)
            self.fill()
        elif name == "li" and self.parent not in LISTS:
            self.put("li", "p", "<p>")
        else:
            self.put(name, name, tag)

    def words(self, text: str) -> None:
        """Write words or a line break; white space between blocks and at the edge of one is left out."""
        # Not in the whole markup: an accent behind «>» would make another character of it.
        text = unicodedata.normalize("NFC", text.replace("&nbsp;", " "))
        blank = is_blank(text)
        if blank and self.parent not in INLINE | HOLDS_WORDS:
            return
        self.make_room_for_words()
        if self.parent in LEAVES and len(self.out) == self.open[-1].start + 1:
            text = "" if blank else text.lstrip()
        if text:
            self.out.append(text)
        if not blank:
            self.fill()

    def fill(self) -> None:
        """Mark the innermost element as one that holds something."""
        if self.open:
            self.open[-1].filled = True

    def make_room_for_words(self) -> None:
        """Open a paragraph or a list's item where words cannot stand by themselves."""
        if self.parent in LISTS:
            self.put("", "li", "<li>")
        elif self.parent not in HOLDS_WORDS | INLINE:
            self.put("", "p", "<p>")

    def put(self, found: str, made: str, tag: str) -> None:
        """Write the start of an element that ends later."""
        self.open.append(Element(found, made, len(self.out)))
        self.out.append(tag)

    def close(self, name: str) -> None:
        """End the innermost element that was found as ``name``, and what is open in it."""
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth].found == name:
                self.close_down_to(depth)
                return

    def close_down_to(self, depth: int) -> None:
        """End the elements that are open below ``depth``."""
        while len(self.open) > depth:
            element = self.open.pop()
            if element.made in LEAVES:
                self.trim()
            if element.filled:
                self.fill()
            if element.filled or element.made in GRID:
                self.out.append(f"</{element.made}>")
            else:
                # Of an empty inline element the space or line break between two words stays.
                blanks = self.out[element.start + 1 :] if element.made in INLINE else []
                self.out[element.start :] = [part for part in blanks if is_blank(part)]

    def trim(self) -> None:
        """Take white space and line breaks from the end of what was written."""
        while is_blank(self.out[-1]):
            self.out.pop()
        if not self.out[-1].endswith(">"):
            self.out[-1] = self.out[-1].rstrip()


def is_blank(part: str) -> bool:
    """Tell whether a part of markup shows nothing: white space or a line break."""
    return part == "<br>" or not part.strip()


def blocks(markup: str) -> list[str]:
    """Return the top-level elements of a cleaned text in order; joined they are the text again."""
    found: list[str] = []
    depth = start = 0
    for token in TOKEN.finditer(markup):
        if token["name"] and token["name"] not in {"br", "hr"}:
            depth = max(0, depth + (-1 if token["end"] else 1))
        elif depth == 0 and token["name"] != "hr":
            continue  # words outside every block, which a cleaned text has not: they go with the next one
        if depth == 0:
            found.append(markup[start : token.end()].strip())
            start = token.end()
    rest = markup[start:].strip()
    return [*found, rest] if rest else found
