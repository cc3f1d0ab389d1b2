"""MP4 and QuickTime files for tests, written box by box (ISO/IEC 14496-12)."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass, replace

SCALE = 1_000
CREATED = 3_800_000_000
SAMPLE_MILLISECONDS = 500
UPRIGHT = (1, 0, 0, 1)
# How a phone that is held upright turns the picture of its sensor (a, b, c, d of the matrix).
QUARTER_TURN = (0, 1, -1, 0)
HIGH, HIGH_10 = 100, 110
# The first bytes of an H.264 slice, then what stands for its pictures.
SLICE = b"\0\0\0\x14\x65\x88\x84"


def box(kind: bytes, *parts: bytes) -> bytes:
    """Return a box of the usual header, its kind and what is in it."""
    content = b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + kind + content


def large_box(kind: bytes, *parts: bytes) -> bytes:
    """Return a box whose size is written in 64 bits."""
    content = b"".join(parts)
    return struct.pack(">I4sQ", 1, kind, 16 + len(content)) + content


def full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """Return a box with version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def numbers(*values: int) -> bytes:
    """Return numbers of 32 bits."""
    return struct.pack(f">{len(values)}I", *values)


def matrix(turn: tuple[int, int, int, int]) -> bytes:
    """Return the nine numbers of a matrix (a b u, c d v, x y w)."""
    a, b, c, d = (value << 16 for value in turn)
    return struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)


@dataclass(frozen=True)
class Plan:
    """A track that is to be written: one chunk for each of its samples."""

    handler: bytes
    codec: bytes
    samples: tuple[bytes, ...]
    size: tuple[int, int] = (0, 0)
    turn: tuple[int, int, int, int] = UPRIGHT
    profile: int = HIGH
    name: bytes = b"Core Media Video\0"
    wide_offsets: bool = False
    wide_times: bool = False
    # Of the sample entry of sound, and of the table that it stands in.
    entry_version: int = 0
    table_version: int = 0
    last_first: bool = False
    in_trak: bytes = b""
    in_entry: bytes = b""
    in_minf: bytes = b""
    reference: bytes = full(b"url ", flags=1)

    def changed(self, **fields) -> "Plan":
        """Return the plan with other fields."""
        return replace(self, **fields)


def video(**fields) -> Plan:
    """Return a track of four pictures, 640 × 360."""
    samples = tuple(SLICE + bytes([65 + place]) * (60 + place) for place in range(4))
    return Plan(b"vide", b"avc1", samples, size=(640, 360)).changed(**fields)


def sound(**fields) -> Plan:
    """Return a track of four pieces of sound."""
    samples = tuple(b"\x21\x10" + bytes([97 + place]) * 20 for place in range(4))
    return Plan(b"soun", b"mp4a", samples, name=b"Core Media Audio\0").changed(**fields)


def positions(**fields) -> Plan:
    """Return a track as phones and action cameras write one, with a position for each second."""
    samples = tuple(b"GPS5 37.566%d,126.978 " % place for place in range(4))
    return Plan(b"meta", b"mebx", samples, name=b"GoPro MET\0").changed(**fields)


def clip_bytes(
    *plans: Plan,
    brand: bytes = b"isom",
    before: bytes = b"",
    in_moov: bytes = b"",
    in_mdat: bytes = b"",
    behind: bytes = b"",
    moov_first: bool = True,
    milliseconds: int | None = None,
    movie_turn: tuple[int, int, int, int] = UPRIGHT,
    mdat_box=box,
) -> bytes:
    """Return a file with these tracks (a picture and a sound track when none is named), samples interleaved.

    ``before`` and ``behind`` stand around ``moov`` and ``mdat``, ``in_moov`` after the tracks, ``in_mdat``
    in front of each sample.
    """
    plans = plans or (video(), sound())
    ftyp = box(b"ftyp", brand, numbers(512), brand, b"mp42") + before
    length = max(len(plan.samples) for plan in plans) * SAMPLE_MILLISECONDS
    header = mvhd(length if milliseconds is None else milliseconds, movie_turn, plans[0].wide_times)

    def moov(places: list[list[int]]) -> bytes:
        traks = [trak(number, plan, places[number - 1]) for number, plan in enumerate(plans, start=1)]
        return box(b"moov", header, *traks, in_moov)

    offsets, content = interleaved(plans, in_mdat)
    mdat = mdat_box(b"mdat", content)
    start = len(ftyp) + len(mdat) - len(content) + (len(moov(offsets)) if moov_first else 0)
    described = moov([[start + place for place in row] for row in offsets])
    return b"".join([ftyp, *((described, mdat) if moov_first else (mdat, described)), behind])


def interleaved(plans: Iterable[Plan], between: bytes) -> tuple[list[list[int]], bytes]:
    """Return where the samples of each track begin, and all of them as they lie in the file."""
    plans = list(plans)
    offsets = [[0] * len(plan.samples) for plan in plans]
    content = b""
    for place in range(max(len(plan.samples) for plan in plans)):
        for row, plan in zip(offsets, plans, strict=True):
            if place < len(plan.samples):
                content += between
                number = len(plan.samples) - 1 - place if plan.last_first else place
                row[number] = len(content)
                content += plan.samples[number]
    return offsets, content


def mvhd(milliseconds: int, turn: tuple[int, int, int, int], wide: bool = False) -> bytes:
    """Return the header of a movie, with times of 64 bits when ``wide``."""
    times = struct.pack(">2QIQ" if wide else ">4I", CREATED, CREATED, SCALE, milliseconds)
    rest = numbers(1 << 16) + b"\1\0" + bytes(10) + matrix(turn) + bytes(24) + numbers(9)
    return full(b"mvhd", times, rest, version=int(wide))


def trak(number: int, plan: Plan, places: list[int]) -> bytes:
    """Return the description of a track whose samples begin at ``places``."""
    length = len(plan.samples) * SAMPLE_MILLISECONDS
    width, height = plan.size
    times = struct.pack(">2QIIQ" if plan.wide_times else ">5I", CREATED, CREATED, number, 0, length)
    place = bytes(16) + matrix(plan.turn) + numbers(width << 16, height << 16)
    tkhd = full(b"tkhd", times, place, version=int(plan.wide_times), flags=3)
    times = struct.pack(">2QIQ" if plan.wide_times else ">4I", CREATED, CREATED, SCALE, length)
    mdhd = full(b"mdhd", times, b"\x55\xc4\0\0", version=int(plan.wide_times))
    hdlr = full(b"hdlr", bytes(4), plan.handler, b"appl" + bytes(8), plan.name)
    dinf = box(b"dinf", full(b"dref", numbers(1), plan.reference))
    stbl = box(
        b"stbl", full(b"stsd", numbers(1), entry(plan), version=plan.table_version), *tables(plan, places)
    )
    minf = box(b"minf", full(b"vmhd", bytes(8), flags=1), dinf, stbl, plan.in_minf)
    return box(b"trak", tkhd, box(b"mdia", mdhd, hdlr, minf), plan.in_trak)


def entry(plan: Plan) -> bytes:
    """Return the sample entry of a track."""
    start = bytes(6) + b"\0\1"
    if plan.handler == b"vide":
        fields = start + bytes(4) + b"appl" + bytes(8) + struct.pack(">2H", *plan.size)
        fields += (
            numbers(72 << 16, 72 << 16, 0) + b"\0\1" + b"\x0bGoPro H.264".ljust(32, b"\0") + b"\0\x18\xff\xff"
        )
        setup = (
            box(b"avcC", bytes([1, plan.profile, 0, 30, 255, 225, 0, 0])) if plan.codec[:3] == b"avc" else b""
        )
        return box(plan.codec, fields, setup, plan.in_entry)
    if plan.handler == b"soun":
        fields = start + struct.pack(">2H4s4HI", plan.entry_version, 0, b"appl", 2, 16, 0, 0, 48_000 << 16)
        if not plan.table_version:  # QuickTime's
            fields += bytes({0: 0, 1: 16, 2: 36}[plan.entry_version])
        return box(plan.codec, fields, full(b"esds", b"\3\5AAC"), plan.in_entry)
    return box(plan.codec, start, plan.in_entry)


def tables(plan: Plan, places: list[int]) -> list[bytes]:
    """Return the tables of samples: time, chunks, lengths, offsets."""
    count = len(plan.samples)
    if plan.wide_offsets:
        offsets = full(b"co64", numbers(count), struct.pack(f">{count}Q", *places))
    else:
        offsets = full(b"stco", numbers(count), numbers(*places))
    return [
        full(b"stts", numbers(1, count, SAMPLE_MILLISECONDS)),
        full(b"stsc", numbers(1, 1, 1, 1)),
        full(b"stsz", numbers(0, count, *map(len, plan.samples))),
        offsets,
    ]
