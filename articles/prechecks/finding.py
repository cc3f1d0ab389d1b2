"""What a check finds."""

from dataclasses import dataclass

from ..text import excerpt
from .subject import Piece

QUOTE_LENGTH = 60


@dataclass(frozen=True)
class SharedSentence:
    """A sentence of the story beside the one it repeats."""

    here: str
    there: str


@dataclass(frozen=True)
class Finding:
    """One thing that a check found: the sentence for the editor and the place it is about.

    ``field`` is a field of the story form; for the text, ``block`` and ``number`` are those of
    ``subject.Piece`` and ``quote`` the words meant. ``insert`` is a text offered to be put at the end of the
    story. ``percent`` and ``pairs`` show an overlap with the text named by ``address`` (of the desk; may be
    empty). ``rule``, ``label`` and ``severity`` are filled in by ``registry.findings``.
    """

    message: str
    field: str = "headline"
    block: int | None = None
    number: int | None = None
    quote: str = ""
    insert: str = ""
    address: str = ""
    percent: int | None = None
    pairs: tuple[SharedSentence, ...] = ()
    rule: str = ""
    label: str = ""
    severity: str = ""


def found_in(piece: Piece, message: str, quote: str = "", **more) -> Finding:
    """Return a finding at the place of ``piece``; a long quotation is cut."""
    return Finding(message, piece.field, piece.block, piece.number, excerpt(quote, QUOTE_LENGTH), **more)
