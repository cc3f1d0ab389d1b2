"""Where in a text the words stand that a note is pinned to, after the text has moved. No ORM."""

from dataclasses import dataclass

from articles.html import blocks
from articles.text import clean_line, plain_text

# Share of the pairs of neighbouring characters of a quote that a block must still hold to count as its
# place. Unrelated Korean paragraphs share a third at most.
ENOUGH = 0.6


@dataclass(frozen=True)
class Place:
    """A block of a text, counted from 1; ``is_exact`` while the quoted words still stand in it."""

    number: int
    is_exact: bool


def paragraphs_of(body: str) -> list[str]:
    """Return the words of the top-level blocks of a cleaned text."""
    return [plain_text(block) for block in blocks(body)]


def locate(quote: str, number: int | None, paragraphs: list[str]) -> Place | None:
    """Return where ``quote``, once in block ``number``, stands in ``paragraphs``; None when its place is lost.

    Of several blocks that hold it the nearest to ``number`` counts. Where none does, the block that still
    holds most of it.
    """
    quote = clean_line(quote)
    if not quote:
        return None
    holding = [place for place, words in enumerate(paragraphs, start=1) if quote in words]
    if holding:
        return Place(min(holding, key=lambda place: abs(place - (number or 1))), is_exact=True)
    shares = [
        (share(quote, words), -abs(place - (number or 1)), place)
        for place, words in enumerate(paragraphs, start=1)
    ]
    best = max(shares, default=(0, 0, 0))
    return Place(best[2], is_exact=False) if best[0] >= ENOUGH else None


def share(quote: str, words: str) -> float:
    """Return the share, from 0 to 1, of the pairs of characters of ``quote`` that stand in ``words``."""
    wanted = pairs(quote)
    return len(wanted & pairs(words)) / len(wanted) if wanted else 0.0


def pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring characters of a text, white space aside."""
    letters = "".join(text.split())
    return {letters[place : place + 2] for place in range(len(letters) - 1)}
