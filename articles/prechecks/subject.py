"""What the checks look at: one version of a story, taken apart once. No queries."""

import datetime
import re
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

from django.utils.dateparse import parse_datetime

from ..html import blocks, gallery_figures
from ..text import clean_line, plain_text

PHOTO = re.compile(r'<figure\b[^>]*\bdata-photo="(\d+)"', re.IGNORECASE)
CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.IGNORECASE | re.DOTALL)
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.IGNORECASE | re.DOTALL)
TAG_NAME = re.compile(r"<([a-z0-9]+)")
SENTENCE_END = re.compile(r"(?<=[.?!])\s+|(?<=[.?!][”’\"')\]])\s+|\n+")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, parted behind full stops and the marks that close over them."""
    return [part.strip() for part in SENTENCE_END.split(text) if part.strip()]


@dataclass(frozen=True)
class Piece:
    """Some words of a story and where they stand.

    ``field`` is the field of the form. In the text, ``block`` is the place among all top-level elements
    (from 0, for finding it on the screen) and ``number`` the place among those with words of their own
    (from 1, as people count paragraphs); a caption has no number.
    """

    field: str
    words: str
    block: int | None = None
    number: int | None = None
    tag: str = ""

    @property
    def sentences(self) -> list[str]:
        """The sentences of the words."""
        return sentences(self.words)


@dataclass(frozen=True)
class Figure:
    """A photo of the story and its caption here; ``block`` is None for the lead photo."""

    photo_id: int
    caption: str
    block: int | None = None


@dataclass(frozen=True)
class Hyperlink:
    """A link of the text."""

    address: str
    words: str
    piece: Piece


@dataclass(frozen=True)
class Person:
    """A name of the byline."""

    name: str
    is_guest: bool = False


@dataclass(frozen=True)
class Neighbour:
    """A text that the story may have been copied from; ``address`` is where the desk can read it."""

    label: str
    words: str
    address: str = ""


@dataclass(frozen=True)
class Known:
    """What the database knows beside the snapshot; every check works, with less to say, when it is empty.

    ``photos`` maps a key to an object with ``alt``, ``caption`` and ``credit_line``; ``rights`` maps it to the
    row of the photo, which knows when it may be shown, and ``uses`` to the headline of another public story
    that shows it. ``reporters`` maps the key of a reporter to the name; ``hosts`` and ``desk_paths`` tell
    addresses of the desk.
    """

    photos: dict = field(default_factory=dict)
    rights: dict = field(default_factory=dict)
    uses: dict[int, str] = field(default_factory=dict)
    reporters: dict[int, str] = field(default_factory=dict)
    neighbours: tuple[Neighbour, ...] = ()
    hosts: tuple[str, ...] = ()
    desk_paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """One version of a story as the checks see it; made from a snapshot by ``of``.

    ``now`` is the moment of the check, ``published_at`` the time set for readers (None: with approval).
    """

    headline: str = ""
    list_title: str = ""
    deck: str = ""
    section: int | None = None
    origin: str = "own"
    ai_use: str = ""
    published_at: datetime.datetime | None = None
    tags: tuple[str, ...] = ()
    bylines: tuple[Person, ...] = ()
    lead: Figure | None = None
    body: str = ""
    now: datetime.datetime | None = None
    known: Known = field(default_factory=Known)

    @classmethod
    def of(
        cls, snapshot: dict, known: Known | None = None, now: datetime.datetime | None = None
    ) -> "Subject":
        """Return the subject of a snapshot in its JSON form; keys that are missing count as empty."""
        known, lead = known or Known(), snapshot.get("lead_photo")
        names = (
            Person(
                row.get("guest_name") or known.reporters.get(row.get("reporter"), ""), not row.get("reporter")
            )
            for row in snapshot.get("bylines") or ()
        )
        published_at = snapshot.get("published_at") or None
        return cls(
            **{
                name: snapshot.get(name) or ""
                for name in ("headline", "list_title", "deck", "ai_use", "body")
            },
            section=snapshot.get("section"),
            origin=snapshot.get("origin") or "own",
            published_at=parse_datetime(published_at) if isinstance(published_at, str) else published_at,
            tags=tuple(snapshot.get("tags") or ()),
            bylines=tuple(names),
            lead=Figure(lead, snapshot.get("lead_caption") or "") if lead else None,
            known=known,
            now=now,
        )

    @cached_property
    def parts(self) -> tuple[tuple[Piece, ...], tuple[Figure, ...], tuple[Hyperlink, ...]]:
        """The body taken apart: pieces of words in order (captions among them), photos, links."""
        pieces, figures, links, number = [], [], [], 0
        units = (
            (block, unit)
            for block, markup in enumerate(blocks(self.body))
            for unit in gallery_figures(markup) or [markup]
        )
        for block, markup in units:
            tag = found[1] if (found := TAG_NAME.match(markup)) else ""
            photo = PHOTO.match(markup)
            if tag == "figure":
                caption = plain_text("".join(CAPTION.findall(markup)))
                piece = Piece("body", caption, block, None, "figcaption")
                if photo:
                    figures.append(Figure(int(photo[1]), caption, block))
            else:
                words = plain_text(markup)
                number += bool(words)
                piece = Piece("body", words, block, number, tag)
            if piece.words:
                pieces.append(piece)
            links += [Hyperlink(unescape(to), plain_text(shown), piece) for to, shown in LINK.findall(markup)]
        return tuple(pieces), tuple(figures), tuple(links)

    @property
    def paragraphs(self) -> list[Piece]:
        """The pieces of the text that are no captions."""
        return [piece for piece in self.parts[0] if piece.number is not None]

    @property
    def figures(self) -> list[Figure]:
        """The lead photo and the photos of the text, in order."""
        return [*filter(None, [self.lead]), *self.parts[1]]

    @property
    def links(self) -> tuple[Hyperlink, ...]:
        """The links of the text."""
        return self.parts[2]

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """All words that readers see: headline, deck, caption of the lead photo, text with captions."""
        head = [
            Piece("headline", self.headline),
            Piece("list_title", self.list_title),
            Piece("deck", clean_line(self.deck)),
            Piece("lead_caption", self.lead.caption if self.lead else ""),
        ]
        return (*(piece for piece in head if piece.words), *self.parts[0])

    @cached_property
    def plain(self) -> str:
        """The words of the text, one line a paragraph, without captions."""
        return "\n".join(piece.words for piece in self.paragraphs)

    @cached_property
    def everything(self) -> str:
        """All words of the story, one line a piece."""
        return "\n".join(piece.words for piece in self.pieces)

    @property
    def goes_out_at(self) -> datetime.datetime | None:
        """When readers see the story at the earliest: the time set, or now."""
        moments = [moment for moment in (self.published_at, self.now) if moment]
        return max(moments) if moments else None
