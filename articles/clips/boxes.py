"""The boxes of an MP4 or QuickTime file (ISO/IEC 14496-12, 4.2): a size, four letters, a payload.

Only headers and small payloads are read, wherever they lie; pictures and sound never are.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from .errors import damaged

HEADER, LARGE_HEADER = 8, 16
# A phone writes about ten boxes into a container, a dashcam one for each second into the file.
MOST_CHILDREN, MOST_AT_TOP = 1_000, 50_000
# Bytes of a payload that is read at once; tables have a limit of their own.
MOST_BYTES = 1 << 20
# Samples or chunks of a track: four hours at 240 pictures a second are 3.5 million.
MOST_ENTRIES = 4_000_000
ITEMS = {4: "I", 8: "Q"}


class Box(NamedTuple):
    """A box: its four letters, and the places in the file where it, its payload and what follows begin."""

    kind: bytes
    start: int
    body: int
    end: int


def box_at(file: BinaryIO, start: int, end: int) -> Box | None:
    """Return the box at ``start`` as it describes itself, None where ``end`` leaves no room for one.

    A size of 0 means «up to the end», 1 that the size follows in 64 bits. The box may reach beyond ``end``.
    """
    file.seek(start)
    head = file.read(min(LARGE_HEADER, end - start))
    if len(head) < HEADER:
        return None
    size, body = int.from_bytes(head[:4], "big"), start + HEADER
    if size == 0:
        size = end - start
    elif size == 1 and len(head) == LARGE_HEADER:
        size, body = int.from_bytes(head[8:], "big"), start + LARGE_HEADER
    return Box(head[4:8], start, body, start + size) if start + size >= body else None


def walk(file: BinaryIO, start: int, end: int, most: int) -> Iterator[Box]:
    """Yield the boxes that lie one after another from ``start``; stop at what is none or reaches beyond ``end``."""
    for _number in range(most):
        box = box_at(file, start, end)
        if box is None or box.end > end:
            return
        yield box
        start = box.end
    raise damaged()


def boxes_in(file: BinaryIO, start: int, end: int) -> list[Box]:
    """Return the boxes that fill a container; a rest that is too short for a box is let pass (QuickTime, «0»)."""
    found = list(walk(file, start, end, MOST_CHILDREN))
    if end - (found[-1].end if found else start) >= HEADER:
        raise damaged()
    return found


def children(file: BinaryIO, box: Box) -> list[Box]:
    """Return the boxes in a box that holds nothing else."""
    return boxes_in(file, box.body, box.end)


def every(boxes: Iterable[Box], *kinds: bytes) -> list[Box]:
    """Return the boxes of these kinds."""
    return [box for box in boxes if box.kind in kinds]


def only(boxes: list[Box], *kinds: bytes) -> Box:
    """Return the one box of these kinds: with two, our reading and a browser's could differ."""
    found = every(boxes, *kinds)
    if len(found) != 1:
        raise damaged()
    return found[0]


def payload(file: BinaryIO, box: Box, most: int = MOST_BYTES) -> bytes:
    """Return the first ``most`` bytes of what a box holds."""
    file.seek(box.body)
    return file.read(min(box.end - box.body, most))


def number(data: bytes, at: int, length: int) -> int:
    """Return the unsigned number of ``length`` bytes at ``at``."""
    piece = data[at : at + length]
    if len(piece) < length:
        raise damaged()
    return int.from_bytes(piece, "big")


def table(file: BinaryIO, box: Box, at: int, count: int, width: int) -> array:
    """Return ``count`` unsigned numbers of ``width`` (4 or 8) bytes, from ``at`` bytes into the payload."""
    start = box.body + at
    if count > MOST_ENTRIES or start + count * width > box.end:
        raise damaged()
    file.seek(start)
    numbers = array(ITEMS[width])
    numbers.frombytes(file.read(count * width))
    if len(numbers) != count:
        raise damaged()
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
