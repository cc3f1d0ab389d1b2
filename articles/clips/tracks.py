"""The tracks of a movie: what each holds, how it is stored, how large it is shown (ISO/IEC 14496-12, 8.3 to 8.5)."""

from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from .boxes import Box, boxes_in, children, every, number, only, payload
from .codecs import H264, PLAIN_PROFILES, PROTECTED, SOUND, VIDEO
from .errors import VideoFileError, damaged

VIDEO_HANDLER, SOUND_HANDLER = b"vide", b"soun"
# Bytes of a sample entry in front of its own boxes (12.1.3, 12.2.3), and what QuickTime puts in between.
VISUAL_FIELDS, SOUND_FIELDS = 78, 28
QUICKTIME_FIELDS = {1: 16, 2: 36}
MOST_ENTRIES = 16
SELF_CONTAINED = 1
FIXED_POINT = 1 << 16


class Entry(NamedTuple):
    """How samples of a track are stored: the codec's box, the boxes in it, the pixels it has, the H.264 profile."""

    box: Box
    boxes: list[Box]
    size: tuple[int, int] = (0, 0)
    profile: int = 0

    @property
    def codec(self) -> str:
        """Return the four letters."""
        return self.box.kind.decode("latin-1")


@dataclass(frozen=True)
class Track:
    """A track; of one that holds neither pictures nor sound, only the box and the handler are known."""

    box: Box
    handler: bytes
    entries: tuple[Entry, ...] = ()
    stbl: Box | None = None
    size: tuple[int, int] = (0, 0)
    seconds: float = 0.0

    @property
    def codec(self) -> str:
        """Return the four letters of the first sample entry."""
        return self.entries[0].codec

    @property
    def is_protected(self) -> bool:
        """Tell whether samples are encrypted."""
        return any(entry.codec in PROTECTED or every(entry.boxes, b"sinf", b"crpt") for entry in self.entries)

    @property
    def plays(self) -> bool:
        """Tell whether browsers play the track, though perhaps not every one of them."""
        known = VIDEO if self.handler == VIDEO_HANDLER else SOUND
        return (
            bool(self.entries)
            and all(entry.codec in known for entry in self.entries)
            and not self.is_protected
            and self.has_plain_profile
        )

    @property
    def has_plain_profile(self) -> bool:
        """Tell whether H.264 is of a profile that browsers play; True for other codecs."""
        return all(entry.profile in PLAIN_PROFILES for entry in self.entries if entry.codec in H264)


def read_track(file: BinaryIO, trak: Box) -> Track:
    """Return the track that a box describes; raise ``VideoFileError`` for one that cannot be read."""
    boxes = children(file, trak)
    mdia = every(boxes, b"mdia")
    inside = children(file, mdia[0]) if mdia else []
    handlers = every(inside, b"hdlr")
    handler = payload(file, handlers[0], 12)[8:12] if handlers else b""
    if handler not in {VIDEO_HANDLER, SOUND_HANDLER}:
        return Track(trak, handler)
    only(boxes, b"mdia")
    only(inside, b"hdlr")
    minf = children(file, only(inside, b"minf"))
    require_own_data(file, minf)
    stbl = only(minf, b"stbl")
    entries = read_entries(file, only(children(file, stbl), b"stsd"), handler)
    return Track(
        box=trak,
        handler=handler,
        entries=entries,
        stbl=stbl,
        size=shown_size(payload(file, only(boxes, b"tkhd")), entries) if handler == VIDEO_HANDLER else (0, 0),
        seconds=length(payload(file, only(inside, b"mdhd"))),
    )


def require_own_data(file: BinaryIO, minf: list[Box]) -> None:
    """Raise ``VideoFileError`` when the samples of a track lie in another file."""
    for dinf in every(minf, b"dinf"):
        for dref in every(children(file, dinf), b"dref"):
            for reference in boxes_in(file, min(dref.body + 8, dref.end), dref.end):
                if not number(payload(file, reference, 4), 0, 4) & SELF_CONTAINED:
                    raise VideoFileError(
                        _("The video refers to another file. Export it as one file that holds everything.")
                    )


def read_entries(file: BinaryIO, stsd: Box, handler: bytes) -> tuple[Entry, ...]:
    """Return the sample entries of a track."""
    head = payload(file, stsd, 8)
    count, version = number(head, 4, 4), number(head, 0, 1)
    found = boxes_in(file, stsd.body + 8, stsd.end)
    if not 0 < count == len(found) <= MOST_ENTRIES:
        raise damaged()
    if handler == VIDEO_HANDLER:
        return tuple(read_visual_entry(file, box) for box in found)
    return tuple(read_sound_entry(file, box, version) for box in found)


def read_visual_entry(file: BinaryIO, box: Box) -> Entry:
    """Return a sample entry of pictures."""
    fields = payload(file, box, VISUAL_FIELDS)
    entry = Entry(box, inner_boxes(file, box, VISUAL_FIELDS), (number(fields, 24, 2), number(fields, 26, 2)))
    if entry.codec not in H264:
        return entry
    return entry._replace(profile=number(payload(file, only(entry.boxes, b"avcC"), 2), 1, 1))


def read_sound_entry(file: BinaryIO, box: Box, version: int) -> Entry:
    """Return a sample entry of sound from a table of ``version``."""
    fields = payload(file, box, SOUND_FIELDS)
    # ISO files have a version 1 without QuickTime's fields; they say so in the table, too (12.2.3).
    more = 0 if version else QUICKTIME_FIELDS.get(number(fields, 8, 2), 0)
    return Entry(box, inner_boxes(file, box, SOUND_FIELDS + more))


def inner_boxes(file: BinaryIO, box: Box, fields: int) -> list[Box]:
    """Return the boxes of a sample entry; of a codec that is refused or dropped anyway, they may be anything."""
    codec = box.kind.decode("latin-1")
    if box.body + fields > box.end:
        raise damaged()
    if codec in VIDEO or codec in SOUND:
        return boxes_in(file, box.body + fields, box.end)
    return []


def length(data: bytes) -> float:
    """Return the seconds that an ``mvhd`` or ``mdhd`` says; 0 when it does not know."""
    at, width = (20, 8) if number(data, 0, 1) == 1 else (12, 4)
    scale, duration = number(data, at, 4), number(data, at + 4, width)
    if scale == 0:
        raise damaged()
    return 0.0 if duration == (1 << 8 * width) - 1 else duration / scale


def shown_size(tkhd: bytes, entries: tuple[Entry, ...]) -> tuple[int, int]:
    """Return width and height as shown upright, before the matrix of the movie; the stored ones where none are said."""
    at = 88 if number(tkhd, 0, 1) == 1 else 76
    width, height = (round(number(tkhd, place, 4) / FIXED_POINT) for place in (at, at + 4))
    if not width or not height:
        width, height = entries[0].size
    return (height, width) if is_sideways(tkhd, at - 36) else (width, height)


def is_sideways(data: bytes, at: int) -> bool:
    """Tell whether the matrix at ``at`` (a b u, c d v, x y w) turns by a quarter."""
    a, b, c, d = (number(data, at + place, 4) for place in (0, 4, 12, 16))
    return not a and not d and bool(b and c)
