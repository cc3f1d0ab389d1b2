"""A copy of a video without what phones and cameras write about places, devices and people.

Nothing is moved: what goes is overwritten with zeros where it stands, so that every offset stays true.
What may stay is listed; makers invent new boxes for positions faster than a list of them could grow.
"""

from collections.abc import Iterator
from heapq import merge
from typing import BinaryIO, NamedTuple

from .boxes import HEADER, Box, boxes_in, children
from .errors import unfinished
from .mp4 import Movie, open_movie
from .tracks import VIDEO_HANDLER, Entry

STEP = 1 << 20
KEPT_AT_TOP = {b"ftyp", b"moov", b"mdat"}
# What stays in each container; a box that is itself a key is looked into.
KEPT = {
    b"moov": {b"mvhd", b"iods", b"trak"},
    b"trak": {b"tkhd", b"tapt", b"edts", b"mdia"},
    b"tapt": {b"clef", b"prof", b"enof"},
    b"edts": {b"elst"},
    b"mdia": {b"mdhd", b"hdlr", b"elng", b"minf"},
    b"minf": {b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl"},
    b"dinf": {b"dref"},
    b"stbl": {
        b"stsd", b"stts", b"ctts", b"cslg", b"stss", b"stps", b"stsc", b"stsz", b"stco", b"co64", b"sdtp",
        b"sgpd", b"sbgp",
    },
}  # fmt: skip
# Boxes of a sample entry that a decoder or a player needs: set-up of the codec, colour, shape, sound channels.
KEPT_IN_ENTRY = {
    b"avcC", b"av1C", b"vpcC", b"esds", b"dOps", b"dfLa", b"wave", b"chan", b"chnl", b"srat", b"btrt",
    b"colr", b"pasp", b"clap", b"fiel", b"gama", b"mdcv", b"clli", b"SmDm", b"CoLL", b"st3d", b"sv3d",
}  # fmt: skip
# Behind version, flags, predefined and handler type: reserved bytes (QuickTime's maker) and a free name.
HANDLER_NAME = 12
VENDOR = (12, 16)
COMPRESSOR_NAME = (42, 74)


class Patch(NamedTuple):
    """What stands from ``start`` to ``end`` becomes ``content``, filled up with zeros."""

    start: int
    end: int
    content: bytes = b""


def cleaned(source: BinaryIO, target: BinaryIO) -> None:
    """Copy the video in ``source`` to ``target`` without what is not for readers.

    Of the file stay the tracks of pictures and sound that browsers play, and of their samples every byte;
    times of creation stay, too. Raises ``VideoFileError`` for a file that ``inspect`` would not take
    for its structure or codecs, before anything is written. Leaves ``source`` at its beginning.
    """
    try:
        movie = open_movie(source)
        patches = sorted(box_patches(source, movie))
        position = 0
        for patch in merge(patches, gap_patches(source, movie)):
            copy(source, target, position, patch.start)
            overwrite(target, patch)
            position = patch.end
        copy(source, target, position, movie.size)
    finally:
        source.seek(0)


def copy(source: BinaryIO, target: BinaryIO, start: int, end: int) -> None:
    """Copy a stretch of the file, 1 MB at a time."""
    source.seek(start)
    while start < end:
        data = source.read(min(STEP, end - start))
        if not data:
            raise unfinished()
        target.write(data)
        start += len(data)


def overwrite(target: BinaryIO, patch: Patch) -> None:
    """Write what a patch says, 1 MB at a time."""
    target.write(patch.content)
    for start in range(patch.start + len(patch.content), patch.end, STEP):
        target.write(bytes(min(STEP, patch.end - start)))


def gap_patches(source: BinaryIO, movie: Movie) -> Iterator[Patch]:
    """Yield the bytes among the samples that belong to no track that stays: positions, pictures, notes."""
    spans = movie.spans(source)
    span = next(spans, None)
    for mdat in movie.mdats:
        position = mdat.body
        while span and span[0] < mdat.end:
            if span[0] > position:
                yield Patch(position, span[0])
            position = max(position, span[1])
            span = next(spans, None)
        if position < mdat.end:
            yield Patch(position, mdat.end)


def box_patches(source: BinaryIO, movie: Movie) -> Iterator[Patch]:
    """Yield the patches outside of the samples."""
    for box in movie.boxes:
        if box.kind not in KEPT_AT_TOP:
            yield from freed(box)
    left = movie.size - movie.end
    if left >= HEADER:
        yield Patch(movie.end, movie.size, (left if left < 1 << 32 else 0).to_bytes(4, "big") + b"free")
    elif left:
        yield Patch(movie.end, movie.size)
    yield from container_patches(source, movie.moov, {track.box for track in movie.tracks})
    for track in movie.tracks:
        for entry in track.entries:
            yield from entry_patches(entry, is_visual=track.handler == VIDEO_HANDLER)


def freed(box: Box) -> Iterator[Patch]:
    """Yield what makes a box one that every player skips, with nothing in it."""
    yield Patch(box.start + 4, box.start + HEADER, b"free")
    if box.body < box.end:
        yield Patch(box.body, box.end)


def container_patches(source: BinaryIO, container: Box, kept: set[Box]) -> Iterator[Patch]:
    """Yield the patches in a box that holds boxes, and in those; of the tracks, those in ``kept`` stay."""
    end = container.body
    for box in children(source, container):
        end = box.end
        if box.kind not in KEPT[container.kind] or (box.kind == b"trak" and box not in kept):
            yield from freed(box)
        elif box.kind in KEPT:
            yield from container_patches(source, box, kept)
        elif box.kind == b"hdlr" and box.body + HANDLER_NAME < box.end:
            yield Patch(box.body + HANDLER_NAME, box.end)
        elif box.kind == b"dref":
            yield from reference_patches(source, box)
    if end < container.end:
        yield Patch(end, container.end)


def reference_patches(source: BinaryIO, dref: Box) -> Iterator[Patch]:
    """Yield the addresses of files that an editing program left."""
    for reference in boxes_in(source, min(dref.body + 8, dref.end), dref.end):
        if reference.body + 4 < reference.end:
            yield Patch(reference.body + 4, reference.end)


def entry_patches(entry: Entry, is_visual: bool) -> Iterator[Patch]:
    """Yield the names of the maker and of its encoder, and boxes that no decoder needs."""
    for first, last in (VENDOR, COMPRESSOR_NAME) if is_visual else (VENDOR,):
        yield Patch(entry.box.body + first, entry.box.body + last)
    for box in entry.boxes:
        if box.kind not in KEPT_IN_ENTRY:
            yield from freed(box)
    rest = max((box.end for box in entry.boxes), default=entry.box.end)
    if rest < entry.box.end:
        yield Patch(rest, entry.box.end)
