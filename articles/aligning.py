"""Which block of one version of a text is which of another: kept, changed, moved, new or gone. No ORM."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from .html import gallery_figures
from .text import plain_text

OPENING = re.compile(r"<([a-z0-9]+)([^>]*)>")
PICTURE = re.compile(r'data-(photo|embed|video)="([^"]*)"')
# A video and a photo may have the same key.
VIDEO = "video:"
# Blocks of words may become one another: a paragraph a subhead, a quotation a paragraph.
WORDS = {"p", "h2", "h3", "blockquote"}
# Share of common words from which two blocks count as one that was changed: at its place, and elsewhere.
ALIKE = 0.34
ALIKE_ELSEWHERE = 0.6
# Korean words carry their particles at the end: the first syllables tell the word.
STEM = 2


@dataclass(frozen=True)
class Alignment:
    """Where the blocks of a new version come from.

    ``origin`` has for each new block the index of the old one, or None for one that was added;
    ``moved`` holds the old indices of blocks that stand in another order now.
    """

    origin: list[int | None]
    moved: frozenset[int]

    @property
    def places(self) -> dict[int, int]:
        """The index of the new block for each old one that still stands."""
        return {old: new for new, old in enumerate(self.origin) if old is not None}


def kind_of(block: str) -> str:
    """Return the tag of a block: "p", "figure" …; «» for words without one."""
    found = OPENING.match(block)
    return found[1] if found else ""


def picture_of(block: str) -> str:
    """Return what a figure shows: the key of a photo, an address, «video:» and a key; «» for any other block."""
    found = OPENING.match(block)
    shown = PICTURE.search(found[2]) if found and found[1] == "figure" else None
    if shown is None:
        return ""
    return f"{VIDEO}{shown[2]}" if shown[1] == "video" else shown[2]


def pictures_of(block: str) -> list[str]:
    """Return what a figure or the figures of a gallery show, in order; none for any other block."""
    return [shown for figure in gallery_figures(block) or [block] if (shown := picture_of(figure))]


@dataclass(frozen=True)
class Look:
    """What one block is recognised by: its tag, what it shows, the beginnings of its words."""

    kind: str
    pictures: frozenset[str]
    stems: frozenset[str]


@lru_cache(maxsize=2048)
def look(block: str) -> Look:
    """Return what a block is recognised by."""
    stems = frozenset(word[:STEM] for word in re.findall(r"\w+", plain_text(block)))
    return Look(kind_of(block), frozenset(pictures_of(block)), stems)


def likeness(old: Look, new: Look) -> float:
    """Return how much of two blocks is common, 0 to 1; blocks of different kinds have nothing in common."""
    if old.kind != new.kind and not (old.kind in WORDS and new.kind in WORDS):
        return 0.0
    if old.pictures or new.pictures:
        return share(old.pictures, new.pictures)
    return share(old.stems, new.stems)


def share(old: frozenset[str], new: frozenset[str]) -> float:
    """Return how much two sets have in common, 0 to 1; nothing where one of them is empty."""
    return 2 * len(old & new) / (len(old) + len(new)) if old and new else 0.0


def align(old: list[str], new: list[str]) -> Alignment:
    """Return where the blocks of ``new`` come from in ``old``.

    First equal blocks in the same order, then, between those, similar ones in the same order, last equal
    and similar ones anywhere: these were moved.
    """
    origin: list[int | None] = [None] * len(new)
    for code, a0, a1, b0, b1 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if code == "equal":
            origin[b0:b1] = range(a0, a1)
        elif code == "replace":
            for a, b in pairs(old[a0:a1], new[b0:b1]):
                origin[b0 + b] = a0 + a
    moved = find_moved(old, new, origin)
    return Alignment(origin, frozenset(moved))


def pairs(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Return the pairs of similar blocks, in order and without crossing, with the most in common altogether."""
    wide = len(new) + 1
    best = [[0.0] * wide for _ in range(len(old) + 1)]
    looks = [look(block) for block in new]
    near = [[likeness(mine, other) for other in looks] for mine in map(look, old)]
    for a in range(len(old) - 1, -1, -1):
        for b in range(len(new) - 1, -1, -1):
            paired = best[a + 1][b + 1] + near[a][b] if near[a][b] >= ALIKE else 0.0
            best[a][b] = max(paired, best[a + 1][b], best[a][b + 1])
    found, a, b = [], 0, 0
    while a < len(old) and b < len(new):
        if near[a][b] >= ALIKE and best[a][b] == best[a + 1][b + 1] + near[a][b]:
            found.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return found


def find_moved(old: list[str], new: list[str], origin: list[int | None]) -> set[int]:
    """Fill ``origin`` for blocks that were moved, most alike first; return their old indices."""
    taken = set(origin)
    gone = [index for index in range(len(old)) if index not in taken and says_something(old[index])]
    added = [index for index, source in enumerate(origin) if source is None]
    looks = [(place, look(new[place])) for place in added]
    candidates = [
        (near + (old[index] == new[place]), index, place)
        for index, mine in ((index, look(old[index])) for index in gone)
        for place, other in looks
        if (near := likeness(mine, other)) >= ALIKE_ELSEWHERE
    ]
    moved: set[int] = set()
    for _near, index, place in sorted(candidates, key=lambda one: (-one[0], one[1], one[2])):
        if index not in moved and origin[place] is None:
            origin[place] = index
            moved.add(index)
    return moved


def says_something(block: str) -> bool:
    """Tell whether a block has words or a picture, so that one can speak of its having been moved."""
    return bool(look(block).stems or look(block).pictures)
