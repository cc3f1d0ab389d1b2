"""Where in the file the pictures and the sound of a track lie (ISO/IEC 14496-12, 8.7)."""

from array import array
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from .boxes import Box, children, number, only, payload, table
from .errors import damaged

Span = tuple[int, int]
# Chunks of a track: four hours with one for each picture are 864,000.
MOST_CHUNKS = 1_000_000


class Sizes(NamedTuple):
    """How many samples there are and how long each is: all ``same`` bytes, or as ``each`` says."""

    same: int
    count: int
    each: array

    def together(self, first: int, count: int) -> int:
        """Return the bytes of ``count`` samples from the ``first``."""
        return self.same * count if self.same else sum(self.each[first : first + count])


def spans_of(file: BinaryIO, stbl: Box) -> Iterator[Span]:
    """Yield where each chunk of samples begins and ends, in the order of the file.

    Raises ``VideoFileError`` when the tables contradict each other.
    """
    boxes = children(file, stbl)
    offsets = read_offsets(file, only(boxes, b"stco", b"co64"))
    lengths = read_lengths(read_runs(file, only(boxes, b"stsc")), read_sizes(file, boxes), len(offsets))
    spans = zip(
        offsets, (start + length for start, length in zip(offsets, lengths, strict=True)), strict=True
    )
    in_order = all(offsets[place] <= offsets[place + 1] for place in range(len(offsets) - 1))
    yield from spans if in_order else sorted(spans)


def read_offsets(file: BinaryIO, box: Box) -> array:
    """Return where the chunks begin."""
    count = number(payload(file, box, 8), 4, 4)
    if count > MOST_CHUNKS:
        raise damaged()
    return table(file, box, 8, count, 8 if box.kind == b"co64" else 4)


def read_sizes(file: BinaryIO, boxes: list[Box]) -> Sizes:
    """Return the lengths of the samples."""
    box = only(boxes, b"stsz")
    head = payload(file, box, 12)
    same, count = number(head, 4, 4), number(head, 8, 4)
    return Sizes(same, count, array("I") if same else table(file, box, 12, count, 4))


def read_runs(file: BinaryIO, box: Box) -> list[Span]:
    """Return the first chunk of each run of chunks alike, counted from 1, and how many samples each of them has."""
    count = number(payload(file, box, 8), 4, 4)
    numbers = table(file, box, 8, count * 3, 4)
    firsts = numbers[::3]
    if any(firsts[place] >= firsts[place + 1] for place in range(count - 1)):
        raise damaged()
    return list(zip(firsts, numbers[1::3], strict=True))


def read_lengths(runs: list[Span], sizes: Sizes, chunks: int) -> array:
    """Return the bytes of each chunk; raise ``VideoFileError`` when chunks or samples are left over."""
    lengths, sample = array("Q"), 0
    for place, (first, samples) in enumerate(runs):
        following = runs[place + 1][0] if place + 1 < len(runs) else chunks + 1
        for _chunk in range(first, min(following, chunks + 1)):
            taken = min(samples, sizes.count - sample)
            lengths.append(sizes.together(sample, taken))
            sample += taken
    if len(lengths) != chunks or sample < sizes.count:
        raise damaged()
    return lengths
