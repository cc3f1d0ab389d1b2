"""Writing sanitised markup anew: blocks where blocks may stand, figures, galleries and boxes at the top. No ORM."""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .embeds import embed_of

INLINE = {"strong", "em", "a", "sub", "sup"}
# What ends with the paragraph they stand in; another block cannot stand inside.
LEAVES = {"p", "h2", "h3", "figcaption"}
LISTS = {"ul", "ol"}
# Where words and inline tags may stand; between other blocks they need a paragraph of their own.
HOLDS_WORDS = LEAVES | {"li", "blockquote", "th", "td", "caption"}
# Stand at the top of a text and hold no blocks but their own.
PLATES = {"figure", "aside"}
TOKEN = re.compile(r"<(?P<end>/?)(?P<name>[a-z0-9]+)[^>]*>|[^<]+|<")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
# Stay though nothing stands in them, as long as something stands in their table.
GRID = {"thead", "tbody", "tr", "th", "td"}
# Deeper nesting is no text; it would cost time and stack in every program that reads it.
MAX_DEPTH = 24
# Eighteen digits are less than the largest key of a row.
ROW_KEY = re.compile(r"0*([1-9][0-9]{0,17})", re.ASCII)
WIDTHS = {"wide", "small"}
KINDS = {"pull", "source"}
GALLERY, GALLERY_END = '<aside data-kind="gallery">', "</aside>"
# A gallery of one is a photo; of more than these no reader sees the end.
FEWEST_PHOTOS, MOST_PHOTOS = 2, 40
PHOTO = '<figure data-photo="'
WIDTH = re.compile(r'^(<figure data-photo="\d+") data-width="\w+"')
WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)


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
    blocks get a paragraph, what stands loose in a list an item; empty elements are left out. A figure
    or gallery inside a list, a table or a quotation is put behind it. With ``galleries=False`` a gallery is a
    box like any other, and its photos stand by themselves.
    """

    def __init__(self, *, galleries: bool = True) -> None:
        self.galleries = galleries
        self.out: list[str] = []
        self.open: list[Element] = []
        self.around: tuple[list[str], list[Element]] | None = None  # what a figure was found inside of
        self.lifted: list[str] = []

    def write(self, markup: str) -> str:
        """Return ``markup`` (well-formed, only tags of the schema) in the stored form."""
        tokens = TOKEN.finditer(markup)
        for token in tokens:
            name = token["name"]
            if token[0] == GALLERY and self.galleries:
                self.gallery(inside(tokens))
            elif name is None or name == "br":
                self.words(token[0])
            elif token["end"]:
                self.close(name)
            elif len(self.open) < MAX_DEPTH or name == "figure":
                self.element(name, token[0])
        self.close_down_to(0)
        self.close_down_to(0)  # what the figure that was just closed had been found inside of
        return "".join(self.out)

    @property
    def parent(self) -> str:
        """What the innermost open element was written as."""
        return self.open[-1].made if self.open else ""

    @property
    def plate(self) -> str:
        """The figure or box that is open, «» for none."""
        return self.open[0].made if self.open and self.open[0].made in PLATES else ""

    def element(self, name: str, tag: str) -> None:
        """Write the start of an element."""
        if name in INLINE:
            if name != "a" or "href=" in tag:  # of a link whose address was refused the words stay
                self.make_room_for_words()
                self.put(name, name, tag)
            return
        made = plate_of(name, tag) if name in PLATES else ""
        if name == "figure" and made:
            self.figure(made)
        elif self.plate:
            self.part()
        else:
            self.block(name, tag, made)

    def block(self, name: str, tag: str, made: str) -> None:
        """Write the start of a block; inline tags, paragraphs and headings end before it."""
        self.end_leaf()
        while name == "li" and self.open and self.open[-1].found == "":
            self.close_down_to(len(self.open) - 1)
        if made and not self.open:
            self.put(name, "aside", made)
            return
        if self.parent in LISTS and name != "li":
            self.put("", "li", "<li>")
        if name == "hr":
            self.out.append(tag)
            self.fill()
        elif name in PLATES or name == "figcaption" or (name == "li" and self.parent not in LISTS):
            if link := refused_address(tag):
                self.put("", "p", "<p>")
                self.out.append(link)
                self.fill()
                self.end_leaf()
            self.put(name, "p", "<p>")
        else:
            self.put(name, name, tag)

    def figure(self, made: str) -> None:
        """Begin a figure at the top of the text; one inside a list, a table or a quotation is lifted out."""
        self.make_way()
        if self.open:
            self.around = self.out, self.open
            self.out, self.open = [], []
        self.put("figure", "figure", made)
        self.fill()

    def gallery(self, markup: str) -> None:
        """Write a gallery and, behind it, what stood between its photos; lifted out like a figure."""
        found = blocks(Writer(galleries=False).write(markup))
        photos = [block for block in found if block.startswith(PHOTO)]
        self.make_way()
        where = self.lifted if self.open else self.out
        where += [gathered(photos), *(block for block in found if not block.startswith(PHOTO))]

    def make_way(self) -> None:
        """End what cannot stand around a figure; where something stays open, words before and behind are parted."""
        self.end_leaf()
        if self.plate == "figure":
            self.close_down_to(0)
        self.end_leaf()
        if self.open:
            self.words(" ")

    def end_leaf(self) -> None:
        """End the paragraph that is open, and what is open inside it."""
        while self.parent in INLINE | LEAVES:
            self.close_down_to(len(self.open) - 1)

    def part(self) -> None:
        """Part words that stood in blocks: by paragraphs in a box, by a space in the caption of a figure."""
        if self.plate == "aside":
            self.end_leaf()
        elif self.out and not self.out[-1].endswith(" "):
            self.words(" ")

    def words(self, text: str) -> None:
        """Write words or a line break; white space between blocks and at the edge of one is left out."""
        if text == "<br>" and self.plate == "figure":
            self.part()
            return
        # Not in the whole markup: an accent behind «>» would make another character of it.
        text = unicodedata.normalize("NFC", text.replace("&nbsp;", " "))
        blank = is_blank(text)
        if blank and self.parent not in INLINE | HOLDS_WORDS:
            return
        self.make_room_for_words()
        if self.parent in LEAVES and len(self.out) == self.open[-1].start + 1:
            text = "" if blank else text.lstrip()
        if self.plate == "figure" and self.out[-1].endswith(" "):
            text = text.lstrip()
        if text:
            self.out.append(text)
        if not blank:
            self.fill()

    def fill(self) -> None:
        """Mark the innermost element as one that holds something."""
        if self.open:
            self.open[-1].filled = True

    def make_room_for_words(self) -> None:
        """Open a paragraph, a list's item or a caption where words cannot stand by themselves."""
        if self.parent in LISTS:
            self.put("", "li", "<li>")
        elif self.parent == "figure":
            self.put("", "figcaption", "<figcaption>")
        elif self.parent not in HOLDS_WORDS | INLINE:
            self.put("", "p", "<p>")

    def put(self, found: str, made: str, tag: str) -> None:
        """Write the start of an element that ends later."""
        self.open.append(Element(found, made, len(self.out)))
        self.out.append(tag)

    def close(self, name: str) -> None:
        """End the innermost element that was found as ``name``, and what is open in it."""
        if self.plate and name not in PLATES | INLINE:
            self.part()
            return
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
        if not self.open:
            self.settle()

    def settle(self) -> None:
        """Go on around a figure that has ended, or put lifted figures behind the block that has."""
        if self.around:
            self.lifted += self.out
            self.out, self.open = self.around
            self.around = None
        elif self.lifted:
            self.out += self.lifted
            self.lifted = []

    def trim(self) -> None:
        """Take white space and line breaks from the end of what was written."""
        while is_blank(self.out[-1]):
            self.out.pop()
        if not self.out[-1].endswith(">"):
            self.out[-1] = self.out[-1].rstrip()


def inside(tokens: Iterator[re.Match]) -> str:
    """Take from ``tokens`` what stands in the box that has just begun, and its end; return it without that."""
    found, depth = [], 1
    for token in tokens:
        if token["name"] == "aside":
            depth += -1 if token["end"] else 1
        if not depth:
            break
        found.append(token[0])
    return "".join(found)


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


def gathered(photos: list[str]) -> str:
    """Return figures of photos as one gallery: a single one as it is, more than fit in further galleries."""
    groups = (photos[start : start + MOST_PHOTOS] for start in range(0, len(photos), MOST_PHOTOS))
    return "".join(group[0] if len(group) < FEWEST_PHOTOS else gallery_of(group) for group in groups)


def gallery_of(photos: list[str]) -> str:
    """Return figures in a gallery, where none has a width of its own."""
    return GALLERY + "".join(WIDTH.sub(r"\1", photo, count=1) for photo in photos) + GALLERY_END


def is_blank(part: str) -> bool:
    """Tell whether a part of markup shows nothing: white space or a line break."""
    return part == "<br>" or not part.strip()


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag as ``nh3`` writes it, entities resolved."""
    return {name: html.unescape(value) for name, value in ATTRIBUTE.findall(tag)}


def plate_of(name: str, tag: str) -> str:
    """Return the stored start of a figure or a box; «» for one that is none of ours."""
    given = attributes(tag)
    if name == "aside":
        kind = given.get("data-kind", "")
        return f'<aside data-kind="{kind}">' if kind in KINDS else ""
    if key := ROW_KEY.fullmatch(given.get("data-photo", "")):
        width = given.get("data-width", "")
        return f'<figure data-photo="{key[1]}"' + (f' data-width="{width}">' if width in WIDTHS else ">")
    if key := ROW_KEY.fullmatch(given.get("data-video", "")):
        return f'<figure data-video="{key[1]}">'
    embed = embed_of(given.get("data-embed", ""))
    return f'<figure data-embed="{html.escape(embed.address)}">' if embed else ""


def refused_address(tag: str) -> str:
    """Return a link to the page that a figure was to show and that cannot be framed; «» without one."""
    address = attributes(tag).get("data-embed", "").strip()
    if not WEB.match(address):
        return ""
    words = html.escape(address)
    return f'<a href="{words}" rel="noopener">{words}</a>'
