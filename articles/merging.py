"""Two people changed one story: what both did, put together. Pure work on snapshots, no ORM.

Nothing is dropped: where both changed the same paragraph both stand in the result, where both changed
the same field the other's value is reported as a conflict.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from .aligning import align, kind_of
from .html import blocks, gallery_figures, gathered

# Fields that say something only together: a caption belongs to its photo, a name to its kind of source.
TOGETHER = [("lead_photo", "lead_caption"), ("origin", "source", "source_name")]
LISTS = ("bylines", "related", "tags")
UNIT = re.compile(r"<[^>]+>|[^\s<]+\s*|\s+")
TAG = re.compile(r"<(/?)([a-z0-9]+)")
VOID = {"br", "hr"}
# A paragraph is put together from both only while each side left at least this share of it alone.
LEFT_ALONE = 0.5


@dataclass(frozen=True)
class Conflict:
    """A place that both changed differently.

    ``field`` is a key of the snapshot. In the text ``mine`` and ``theirs`` are markup, «» for a deletion, and
    both stand in the result; elsewhere ``mine`` stands in it and ``theirs`` does not.
    """

    field: str
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merged:
    """A snapshot that holds the changes of both, and where they met."""

    content: dict
    conflicts: list[Conflict] = field(default_factory=list)


def merge(base: dict, mine: dict, theirs: dict) -> Merged:
    """Return ``mine`` with what ``theirs`` changed since ``base`` put in; all three are snapshots as JSON."""
    content: dict = {}
    conflicts: list[Conflict] = []
    for name in dict.fromkeys([*base, *mine, *theirs]):
        three = base.get(name), mine.get(name), theirs.get(name)
        if name == "body":
            content[name], found = merge_body(*(value or "" for value in three))
        elif name in LISTS:
            content[name], found = merge_list(name, *(value or [] for value in three))
        else:
            content[name], found = merge_value(name, *three)
        conflicts += found
    for names in TOGETHER:
        conflicts = keep_together(names, (base, mine, theirs), content, conflicts)
    return Merged(content, conflicts)


def merge_value(name: str, base: Any, mine: Any, theirs: Any) -> tuple[Any, list[Conflict]]:
    """Return a single value: the one that was changed; mine where both changed it."""
    if mine == theirs or theirs == base:
        return mine, []
    if mine == base:
        return theirs, []
    return mine, [Conflict(name, mine, theirs)]


def keep_together(
    names: tuple[str, ...], three: tuple[dict, dict, dict], content: dict, conflicts: list[Conflict]
) -> list[Conflict]:
    """Bring fields that belong together to one side where both sides changed some of them.

    The first of ``names`` is the one the others depend on; as long as it is the same on both sides, they are
    free to differ. Changes ``content`` and returns the conflicts.
    """
    base, mine, theirs = three
    if not all(name in content for name in names) or mine.get(names[0]) == theirs.get(names[0]):
        return conflicts
    if any(all(side.get(name) == base.get(name) for name in names) for side in (mine, theirs)):
        return conflicts
    content |= {name: mine.get(name) for name in names}
    others = [one for one in conflicts if one.field not in names]
    return others + [
        Conflict(name, mine.get(name), theirs.get(name))
        for name in names
        if theirs.get(name) not in {base.get(name), mine.get(name)}
    ]


# Lists.


def identity(name: str, row: Any) -> Any:
    """Return what tells a row of a list from the others: a byline's person, else the row itself."""
    if name != "bylines":
        return row
    return ("reporter", row["reporter"]) if row.get("reporter") else ("guest", row.get("guest_name", ""))


def merge_list(name: str, base: list, mine: list, theirs: list) -> tuple[list, list[Conflict]]:
    """Return the rows of both without those that one of them took out, in my order unless only theirs is new."""
    if mine == theirs or theirs == base:
        return mine, []
    if mine == base:
        return theirs, []
    sides = [{identity(name, row): row for row in rows} for rows in (base, mine, theirs)]
    was, ours, others = sides
    common = [key for key in was if key in ours and key in others]
    orders = [[key for key in side if key in common] for side in sides]
    swapped = orders[1] == orders[0] != orders[2]
    first, second = (others, ours) if swapped else (ours, others)
    keys = [key for key in first if key not in was or key in second]
    insert_new(keys, list(second), was)
    rows, conflicts = [], []
    for key in keys:
        row, clash = merge_row(name, was.get(key), ours.get(key), others.get(key))
        rows.append(row)
        conflicts += clash
    if orders[1] != orders[0] and orders[2] not in (orders[0], orders[1]):
        conflicts.append(Conflict(name, mine, theirs))
    lost = [key for key in was if key not in keys and changed_in(key, sides)]
    return rows, conflicts + [Conflict(name, ours.get(key), others.get(key)) for key in lost]


def insert_new(keys: list, rows: list, was: dict) -> None:
    """Put into ``keys`` what is new in ``rows``, each behind the row it follows there; what ends there, at the end."""
    place = 0
    for number, key in enumerate(rows):
        if key in keys:
            rest = any(later in keys for later in rows[number + 1 :])
            place = keys.index(key) + 1 if rest else len(keys)
        elif key not in was:
            keys.insert(place, key)
            place += 1


def merge_row(name: str, was: Any, mine: Any, theirs: Any) -> tuple[Any, list[Conflict]]:
    """Return one row of a list from both."""
    if mine is None or theirs is None:
        return mine if theirs is None else theirs, []
    return merge_value(name, was, mine, theirs)


def changed_in(key: Any, sides: list[dict]) -> bool:
    """Tell whether a row that one side took out was changed by the other."""
    was, mine, theirs = (side.get(key) for side in sides)
    return any(row is not None and row != was for row in (mine, theirs))


# The text.


def merge_body(base: str, mine: str, theirs: str) -> tuple[str, list[Conflict]]:
    """Return a text with the changes of both, block by block and word by word."""
    body, conflicts = merge_value("body", base, mine, theirs)
    if not conflicts:
        return body, []
    return BodyMerge(blocks(base), blocks(mine), blocks(theirs)).result()


class BodyMerge:
    """Puts three lists of blocks together.

    A key names a block of the result: a number for one of the base, ("mine", n) or ("theirs", n) for one that
    a side added. The order is mine, with what I deleted still in its place, changed by what they moved and added.
    """

    def __init__(self, base: list[str], mine: list[str], theirs: list[str]) -> None:
        self.base, self.mine, self.theirs = base, mine, theirs
        self.of_mine, self.of_theirs = align(base, mine), align(base, theirs)
        self.my_places, self.their_places = self.of_mine.places, self.of_theirs.places
        self.conflicts: list[Conflict] = []

    def result(self) -> tuple[str, list[Conflict]]:
        """Return the markup and the conflicts, in the order of the text."""
        order = self.my_order()
        replaced = self.add_theirs(order)
        found: list[str] = []
        for key in order:
            found += self.content(key)
            if key in replaced:
                self.conflicts.append(Conflict("body", *("".join(side) for side in replaced[key])))
        return "".join(found), self.conflicts

    def my_order(self) -> list:
        """Return the keys in my order; what I deleted stands before the next block that I left in its place."""
        order = [
            ("mine", place) if source is None else source for place, source in enumerate(self.of_mine.origin)
        ]
        settled = [index for index in order if isinstance(index, int) and index not in self.of_mine.moved]
        for gone in range(len(self.base)):
            if gone not in self.my_places:
                following = next((index for index in settled if index > gone), None)
                order.insert(len(order) if following is None else order.index(following), gone)
        return order

    def add_theirs(self, order: list) -> dict[int, tuple[list[str], list[str]]]:
        """Put what they moved and added into ``order``.

        Returns, for a block of the base that both replaced, what mine and theirs put in its place.
        """
        replaced: dict[int, tuple[list[str], list[str]]] = {}
        place = 0
        for number, source in enumerate(self.of_theirs.origin):
            if source is not None:
                if source in self.of_theirs.moved - self.of_mine.moved:
                    order.remove(source)
                    order.insert(min(place, len(order)), source)
                place = order.index(source) + 1
                continue
            while place < len(order) and is_added(order[place], "mine"):
                place += 1
            twin = next((key for key in order if self.is_twin(key, number)), None)
            if twin is None:
                order.insert(place, ("theirs", number))
                self.note_replaced(order, place, replaced)
                place += 1
            else:
                place = order.index(twin) + 1
        return replaced

    def is_twin(self, key: Any, number: int) -> bool:
        """Tell whether ``key`` is a block that I added just as they did."""
        return is_added(key, "mine") and self.mine[key[1]] == self.theirs[number]

    def note_replaced(self, order: list, place: int, replaced: dict) -> None:
        """Note what stands at ``place`` when both put something there instead of the same block."""
        gone = next((key for key in order[place + 1 : place + 2] if isinstance(key, int)), None)
        if gone is None or gone in self.my_places or gone in self.their_places:
            return
        start = place
        while start and not isinstance(order[start - 1], int):
            start -= 1
        run = order[start : place + 1]
        mine = [self.mine[key[1]] for key in run if is_added(key, "mine")]
        if mine:
            replaced[gone] = mine, [self.theirs[key[1]] for key in run if is_added(key, "theirs")]

    def content(self, key: Any) -> list[str]:
        """Return the blocks of the result for a key: none, one, or both where words could not be put together."""
        if not isinstance(key, int):
            return [(self.mine if key[0] == "mine" else self.theirs)[key[1]]]
        was = self.base[key]
        mine = self.mine[self.my_places[key]] if key in self.my_places else ""
        theirs = self.theirs[self.their_places[key]] if key in self.their_places else ""
        if mine == theirs or theirs == was:
            return [mine] if mine else []
        if mine == was:
            return [theirs] if theirs else []
        if all(map(gallery_figures, (was, mine, theirs))):
            return [self.gallery(was, mine, theirs)]
        both = merge_words(was, mine, theirs) if mine and theirs else None
        if both is not None:
            return [both]
        self.conflicts.append(Conflict("body", mine, theirs))
        return [block for block in (mine, theirs) if block]

    def gallery(self, was: str, mine: str, theirs: str) -> str:
        """Return a gallery with the changes of both, photo by photo as a text is put together block by block."""
        found, conflicts = BodyMerge(*map(gallery_figures, (was, mine, theirs))).result()
        self.conflicts += conflicts
        return gathered(blocks(found))


def is_added(key: Any, side: str) -> bool:
    """Tell whether ``key`` is a block that ``side`` added."""
    return not isinstance(key, int) and key[0] == side


# The words of one block.


def merge_words(base: str, mine: str, theirs: str) -> str | None:
    """Return a block with the changes of both to its words; None where they touch, or too little was left alone."""
    units = UNIT.findall(base)
    ours, others = changes(units, UNIT.findall(mine)), changes(units, UNIT.findall(theirs))
    if kind_of(base) == "table" and shape(mine) != shape(base) != shape(theirs):
        return None
    for edits in (ours, others):
        if sum(end - start for start, end, _new in edits) > LEFT_ALONE * len(units):
            return None
    if any(touch(one, two) for one in ours for two in others):
        return None
    for start, end, new in sorted({*ours, *others}, reverse=True):
        units[start:end] = new
    markup = "".join(units)
    return markup if is_balanced(markup) else None


def changes(base: list[str], new: list[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return what was changed: start and end in ``base``, and what stands there now."""
    codes = SequenceMatcher(None, base, new, autojunk=False).get_opcodes()
    return [(a0, a1, tuple(new[b0:b1])) for code, a0, a1, b0, b1 in codes if code != "equal"]


def touch(one: tuple, two: tuple) -> bool:
    """Tell whether two different changes overlap or have no word left between them."""
    return one != two and one[0] <= two[1] and two[0] <= one[1]


def shape(markup: str) -> list[tuple[str, str]]:
    """Return the tags of a block in order."""
    return TAG.findall(markup)


def is_balanced(markup: str) -> bool:
    """Tell whether every tag is closed in order and none stands inside its like, lists apart."""
    opened: list[str] = []
    for end, name in shape(markup):
        if end:
            if not opened or opened.pop() != name:
                return False
        elif name not in VOID:
            if name in opened and name not in {"ul", "ol", "li"}:
                return False
            opened.append(name)
    return not opened
